import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import type { Schema } from '@/api/types'
import { SIGNED_IN } from '@/test/fixtures'
import { renderApp, stubApi } from '@/test/render'

const competing = (objectiveId: string, name: string, strategyName: string): Schema<'CompetingObjective'> => ({
  strategyId: `str_${strategyName}`,
  strategyName,
  number: 1,
  objectiveId,
  name,
  audience: 'hcp',
  brands: [],
  engagementModel: 'service-oriented',
  weight: 0.9,
})
const PAIR: Schema<'StrategyOverlap'> = {
  severity: 'conflict',
  reasons: [{ code: 'over-contact-budget', text: 'Together they ask for 9 contacts; a person has 6 to give.' }],
  first: competing('obj_a', 'Titrate', 'Launch'),
  second: competing('obj_b', 'A safe start', 'Portfolio'),
  audience: 'hcp',
  stages: ['trying'],
  needs: ['dosing'],
  markets: ['GB'],
  brands: [],
  from: '2026-12-08',
  contacts: 9,
  contactBudget: 6,
}
const demand = { requests: 200, relaxed: 20, empty: 30, share: 0.5 }
const API = {
  ...SIGNED_IN,
  'GET /manage/v1/briefs': { briefs: [] },
  'GET /manage/v1/strategies': { strategies: [{ id: 'str_1', name: 'Portfolio', scope: 'portfolio', latest: 2 }] },
  'GET /manage/v1/strategies/str_1': {
    id: 'str_1',
    name: 'Portfolio',
    scope: 'portfolio',
    versions: [2, 1].map((number) => ({ number, state: number === 1 ? 'active' : 'draft', objectives: 2, createdBy: { id: 'p', displayName: 'S. Varga' }, createdAt: '2026-10-10T09:14:00Z' })),
  },
  'GET /manage/v1/strategies/str_1/comparison': {
    strategyId: 'str_1',
    from: 1,
    to: 2,
    same: false,
    changes: [],
    added: [{ id: 'obj_nurse', name: 'Nurses keep patients well' }],
    removed: [],
    changed: [{ id: 'obj_start', name: 'A safe first month', changes: [{ field: 'weight', label: 'Weight', old: '0.9', new: '0.7', text: 'Weight went from 0.9 to 0.7.' }] }],
  },
  'GET /manage/v1/strategy-overlaps': { pairs: [PAIR, { ...PAIR, severity: 'overlap', reasons: [], first: competing('obj_c', 'Follow up', 'Launch'), contacts: 3 }], conflicts: 1, complete: true },
  'GET /manage/v1/need-coverage': {
    need: 'dosing',
    needs: ['dosing'],
    days: 30,
    objectives: [{ strategyId: 'str_1', number: 1, id: 'obj_a', name: 'Titrate', weight: 0.9, engagementModel: 'service-oriented', fromStage: 'aware', toStage: 'trying', audience: 'hcp', brands: ['velorix'], markets: ['GB'] }],
    rows: [
      { brand: 'velorix', audience: 'hcp', stage: 'trying', planned: 4, weight: 0.9, approved: 1, inProgress: 1, missing: 3, demand, served: 12, gap: { rank: 1, score: 1.01 } },
      { audience: 'hcp', stage: 'aware', planned: 0, weight: 0, approved: 2, inProgress: 0, missing: 0, demand: { requests: 0, relaxed: 0, empty: 0, share: 0 }, served: 0 },
    ],
    totals: { planned: 4, approved: 3, inProgress: 1, requests: 200, relaxed: 20, empty: 30, gaps: 1 },
    complete: true,
  },
}

test('two versions: the newest against the one before, each change in a sentence with both values', async () => {
  stubApi(API)
  const { router } = renderApp('/strategy/compare')

  expect(await screen.findByRole('heading', { name: 'From v1 to v2, 1 objective changed and 1 is new' })).toBeVisible()
  const changed = within(screen.getByRole('region', { name: 'A safe first month' }))
  expect(changed.getByRole('rowheader', { name: 'Weight went from 0.9 to 0.7.' })).toBeVisible()
  expect(changed.getAllByRole('cell').map((it) => it.textContent)).toEqual(['0.9', '0.7'])
  expect(screen.getByText('New in v2.')).toBeVisible()

  await userEvent.keyboard('s')
  await waitFor(() => expect(router.state.location.search).toMatchObject({ from: 2, to: 1 }))
})

test('conflicts say why, open both objectives, and can be asked for alone', async () => {
  stubApi(API)
  renderApp('/strategy/overlaps')

  expect(await screen.findByRole('heading', { name: '1 conflict among 2 overlaps' })).toBeVisible()
  const panel = within(screen.getByRole('complementary', { name: 'Chosen pair' }))
  expect(panel.getByText('Together they ask for 9 contacts; a person has 6 to give.')).toBeVisible()
  expect(panel.getByRole('link', { name: 'Titrate' })).toHaveAttribute('href', expect.stringContaining('objective=obj_a'))
  expect(panel.getByRole('link', { name: 'A safe start' })).toHaveAttribute('href', expect.stringContaining('objective=obj_b'))

  expect(screen.getAllByRole('option')).toHaveLength(2)
  await userEvent.click(screen.getByRole('radio', { name: 'Conflicts' }))
  await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1))
})

test('a filter of the overlaps goes into the question', async () => {
  const { calls } = stubApi(API)
  renderApp('/strategy/overlaps?market=GB&brand=velorix')

  await screen.findAllByRole('option')
  expect(calls.find((it) => it.url.pathname.endsWith('strategy-overlaps'))?.url.search).toBe('?brand=velorix&market=GB')
})

test('from a need one sees over all brands who wants it, what there is and what is missing, and gets to the cell', async () => {
  stubApi(API)
  renderApp('/strategy/needs?need=dosing&market=GB')

  const rows = await screen.findAllByRole('row')
  expect(rows[1]).toHaveTextContent(/1velorix.*trying1 of 4120025%12/i)
  expect(rows[2]).toHaveTextContent(/No brand.*2, no plan/)
  expect(within(rows[1]!).getByRole('link')).toHaveAttribute('href', expect.stringMatching(/brand=velorix.*market=GB/))
  expect(within(screen.getByRole('complementary', { name: 'Objectives' })).getByText('Titrate')).toBeVisible()
  expect(screen.getByText('of it unmet')).toBeVisible()
})
