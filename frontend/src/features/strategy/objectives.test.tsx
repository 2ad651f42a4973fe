import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import { renderApp, stubApi } from '@/test/render'

import type { Objective, StrategyVersion } from './api'
import { sortMix } from './ChannelMix'

const OBJECTIVE: Objective = {
  id: 'obj_start',
  name: 'A safe first month',
  audience: 'hcp',
  fromStage: 'considering',
  toStage: 'trying',
  needs: ['dosing'],
  brands: [],
  markets: ['GB'],
  engagementModel: 'service-oriented',
  channelMix: { email: 0.2, web: 0.8 },
  valueExchange: ['education'],
  weight: 0.9,
  from: '2026-12-08',
  plan: [{ stage: 'trying', need: 'dosing', items: 4 }],
  measurementPlan: { kpi: 'First titration visits', baseline: 34, target: 45, unit: '%', smallestSample: 180, from: '2026-12-08', until: '2027-08-18' },
}
const version = (number: number, objectives: Objective[]): StrategyVersion => ({
  strategyId: 'str_1',
  name: 'Portfolio',
  number,
  sha256: 'ab'.repeat(32),
  document: { summary: 'Fewer, better contacts.', objectives },
  createdBy: { id: 'per_1', displayName: 'S. Varga' },
  createdAt: '2026-10-10T09:14:00Z',
  state: 'approved',
  permissions: { approve: false, activate: true, end: false },
  activations: [],
})
const { measurementPlan: _, ...UNMEASURED } = OBJECTIVE
const API = {
  'GET /manage/v1/session': { id: 'per_1', username: 's', displayName: 'S', initials: 'S', roles: ['strategist'], brands: ['*'], markets: ['*'], signingEnabled: false },
  'GET /manage/v1/about': { name: 'Throughline', demo: false, signIns: [] },
  'GET /manage/v1/my-work': { reviewsDue: [], toCertify: [], sentBack: [], drafts: [], toPublish: [], expiring: [], withdrawals: [], recalls: [] },
  'GET /manage/v1/vocabularies': { schemes: [{ scheme: 'channels', version: '1', concepts: [{ notation: 'web', label: 'Website' }, { notation: 'email', label: 'E-mail' }] }] },
  'GET /manage/v1/brands': { brands: [] },
  'GET /manage/v1/markets': { markets: [] },
  'GET /manage/v1/content-types': { types: [] },
  'GET /manage/v1/briefs': { briefs: [] },
  'GET /manage/v1/strategies': { strategies: [{ id: 'str_1', name: 'Portfolio', scope: 'portfolio', latest: 2, active: { number: 1, from: '2026-10-12T00:00:00Z' } }] },
  'GET /manage/v1/strategies/str_1/versions/1': version(1, [OBJECTIVE]),
  'GET /manage/v1/strategies/str_1/versions/2': version(2, [UNMEASURED]),
}

test('channels stand in the order of their share', () => {
  expect(sortMix({ email: 0.2, web: 0.5, chat: 0.3 }).map(([channel]) => channel)).toEqual(['web', 'chat', 'email'])
})

test('the active version stands there first, each objective with how it is measured', async () => {
  stubApi(API)
  renderApp('/strategy/objectives')

  expect(await screen.findByRole('heading', { name: '1 objective, each with a measurement plan' })).toBeVisible()
  const panel = within(screen.getByRole('complementary', { name: 'Chosen objective' }))
  expect(panel.getByText('First titration visits')).toBeVisible()
  expect(panel.getByText(/Read from 180 observations on, 8 Dec 2026 to 18 Aug 2027/)).toBeVisible()
  expect(await panel.findByText('Website')).toBeVisible()
})

test('an objective without a measurement plan says so, and keeps its version from being activated', async () => {
  const { calls } = stubApi(API)
  renderApp('/strategy/objectives?version=2')

  expect(await screen.findByText('No measurement plan.')).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'Activate v2…' }))
  await userEvent.type(await screen.findByLabelText('Reason'), 'Autumn plan')
  await userEvent.click(screen.getByRole('button', { name: /^Activate v2(?!…)/ }))

  expect(screen.getByText('has no measurement plan.')).toBeVisible()
  expect(calls.some((it) => it.method === 'POST')).toBe(false)
})

test('a version is activated with its reason', async () => {
  const { calls } = stubApi({
    ...API,
    'GET /manage/v1/strategies/str_1/versions/2': version(2, [OBJECTIVE]),
    'POST /manage/v1/strategies/str_1/versions/2/activation': version(2, [OBJECTIVE]),
  })
  renderApp('/strategy/objectives?version=2')

  await userEvent.click(await screen.findByRole('button', { name: 'Activate v2…' }))
  await userEvent.type(await screen.findByLabelText('Reason'), 'Autumn plan')
  await userEvent.click(screen.getByRole('button', { name: 'Activate v2' }))

  expect(await screen.findByText('Portfolio v2 is active')).toBeVisible()
  expect(calls.find((it) => it.method === 'POST')?.body).toEqual({ reason: 'Autumn plan' })
})
