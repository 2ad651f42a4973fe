import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import type { Schema } from '@/api/types'
import { SIGNED_IN, WRITER } from '@/test/fixtures'
import { json, renderApp, stubApi } from '@/test/render'

const concept = (notation: string, label: string, more: object = {}) => ({ notation, label, ...more })
const OBJECTIVE: Schema<'Objective'> = {
  id: 'obj_start',
  name: 'A safe first month',
  audience: 'hcp',
  fromStage: 'considering',
  toStage: 'trying',
  needs: ['dosing', 'safety'],
  brands: [],
  markets: ['GB'],
  engagementModel: 'service-oriented',
  channelMix: { email: 0.2, web: 0.8 },
  valueExchange: ['education'],
  weight: 0.9,
  from: '2026-12-08',
  plan: [{ stage: 'trying', need: 'dosing', items: 4 }],
}
const VERSION: Schema<'StrategyVersion'> = {
  strategyId: 'str_1',
  name: 'Portfolio',
  number: 2,
  sha256: 'ab'.repeat(32),
  document: { summary: 'Fewer, better contacts.', objectives: [OBJECTIVE] },
  state: 'draft',
  permissions: { approve: true, activate: false, end: false },
  createdBy: { id: 'per_9', displayName: 'A. Brandt' },
  createdAt: '2026-10-10T09:14:00Z',
  activations: [],
}
const row = (number: number, state: Schema<'StrategyState'>) => ({ number, state, objectives: 1, createdBy: { id: 'per_9', displayName: 'A. Brandt' }, createdAt: '2026-10-10T09:14:00Z' })
const API = {
  ...SIGNED_IN,
  'GET /manage/v1/session': { ...WRITER, roles: ['strategist'] },
  'GET /manage/v1/vocabularies': {
    schemes: [
      { scheme: 'audiences', version: '1', concepts: [concept('hcp', 'HCP')] },
      { scheme: 'stages', version: '1', concepts: [concept('considering', 'Considering', { order: 3, audience: ['hcp'] }), concept('trying', 'Trying', { order: 4, audience: ['hcp'] })] },
      { scheme: 'needs', version: '1', concepts: [concept('dosing', 'Dosing', { example: 'How do I start it?' }), concept('safety', 'Safety')] },
      { scheme: 'channels', version: '1', concepts: [concept('web', 'Website'), concept('email', 'E-mail'), concept('portal', 'Portal')] },
      { scheme: 'value-exchange', version: '1', concepts: [concept('education', 'Education')] },
    ],
  },
  'GET /manage/v1/engagement-models': {
    models: [
      { notation: 'service-oriented', label: 'Service-oriented', leadChannels: ['portal'], humanContact: 0.3, channelMix: { portal: 0.6, web: 0.4 }, contactPolicy: { contacts: 6, perDays: 30, itemRepeats: 3, itemPerDays: 30 } },
      { notation: 'account-based', label: 'Account-based', leadChannels: ['email'], humanContact: 0.5, channelMix: { email: 1 }, contactPolicy: { contacts: 2, perDays: 14, itemRepeats: 1, itemPerDays: 30 } },
    ],
  },
  'GET /manage/v1/briefs': { briefs: [] },
  'GET /manage/v1/strategies': { strategies: [{ id: 'str_1', name: 'Portfolio', scope: 'portfolio', latest: 2, latestState: 'draft', active: { number: 1, from: '2026-10-12T00:00:00Z' } }] },
  'GET /manage/v1/strategies/str_1': { id: 'str_1', name: 'Portfolio', scope: 'portfolio', versions: [row(2, 'draft'), row(1, 'active')] },
  'GET /manage/v1/strategies/str_1/versions/2': VERSION,
}

test('every strategy says what is in force, and its versions stand beside it with their state', async () => {
  stubApi(API)
  renderApp('/strategy/strategies')

  expect(await screen.findByRole('option', { name: /Portfolio.*v2.*Draft.*v1 since 12 Oct 2026/ })).toBeVisible()
  const panel = within(screen.getByRole('complementary', { name: 'Chosen strategy' }))
  expect(await panel.findByRole('link', { name: 'v1' })).toBeVisible()
  expect(panel.getByText('Active')).toBeVisible()
  expect(panel.getByRole('link', { name: 'What changed since v1' })).toBeVisible()
})

test('a strategy for a brand is created and its first version is written at once', async () => {
  const { calls } = stubApi({ ...API, 'POST /manage/v1/strategies': () => json({ id: 'str_2', name: 'Launch', scope: 'brand', brand: 'velorix', latest: 0 }, 201) })
  const { router } = renderApp('/strategy/strategies')

  await userEvent.click(await screen.findByRole('button', { name: 'New strategy' }))
  await userEvent.type(await screen.findByLabelText('Name'), 'Launch')
  await userEvent.click(screen.getByRole('radio', { name: 'one brand' }))
  await userEvent.click(screen.getByRole('combobox', { name: 'Brand' }))
  await userEvent.click(await screen.findByRole('option', { name: /Velorix/ }))
  await userEvent.click(screen.getByRole('button', { name: 'Create and write v1' }))

  await waitFor(() => expect(router.state.location).toMatchObject({ pathname: '/strategy/edit', search: { strategy: 'str_2' } }))
  expect(calls.find((it) => it.method === 'POST')?.body).toEqual({ name: 'Launch', brand: 'velorix' })
})

test('an engagement model fills mix and budget, needs are put in order, and the version is stored', async () => {
  const { calls } = stubApi({ ...API, 'POST /manage/v1/strategies/str_1/versions': () => json({ ...VERSION, number: 3 }, 201), 'GET /manage/v1/strategies/str_1/versions/3': { ...VERSION, number: 3 } })
  renderApp('/strategy/edit?strategy=str_1&objective=obj_start')

  await userEvent.click(await screen.findByRole('radio', { name: 'Service-oriented' }))
  await userEvent.click(screen.getByRole('radio', { name: 'Account-based' }))
  expect(screen.getByLabelText('Share of E-mail')).toHaveValue('100%')
  expect(screen.getByLabelText('Contacts, at most')).toHaveValue('2')
  await userEvent.click(screen.getByRole('button', { name: 'Move Safety up' }))
  await userEvent.click(screen.getByRole('button', { name: /^Store v3/ }))

  expect(await screen.findByText('Portfolio v3 is stored.')).toBeVisible()
  expect(calls.find((it) => it.method === 'POST')?.body).toMatchObject({
    document: { objectives: [{ id: 'obj_start', needs: ['safety', 'dosing'], engagementModel: 'account-based', channelMix: { email: 1 }, contactPolicy: { contacts: 2, perDays: 14, itemRepeats: 1, itemPerDays: 30 } }] },
  })
  expect(window.localStorage.getItem('throughline-kept-form/strategy/str_1/v2')).toBeNull()
})

test('a refusal stands beside its field, and what was typed is there again after the tab was closed', async () => {
  stubApi({
    ...API,
    'POST /manage/v1/strategies/str_1/versions': () =>
      json({ type: '/problems/validation-failed', status: 422, code: 'validation-failed', title: 'The version was not stored', errors: [{ code: 'stage-order', path: '/document/objectives/0/toStage', message: 'An objective leads forward.' }] }, 422, {
        'Content-Type': 'application/problem+json',
      }),
  })
  renderApp('/strategy/edit?strategy=str_1&objective=obj_start')

  await userEvent.type(await screen.findByLabelText('Objective', { selector: 'input' }), ' and a second')
  await userEvent.click(screen.getByRole('button', { name: /^Store v3/ }))
  expect(await screen.findByText('An objective leads forward.')).toBeVisible()
  expect(screen.getByRole('combobox', { name: 'To stage' })).toBeInvalid()

  renderApp('/strategy/edit?strategy=str_1&objective=obj_start')
  expect(await screen.findByText(/never stored is here again/)).toBeVisible()
  expect(screen.getAllByDisplayValue('A safe first month and a second').length).toBeGreaterThan(0)
})

test('a mix that is not 100% is told before anything is sent', async () => {
  const { calls } = stubApi(API)
  renderApp('/strategy/edit?strategy=str_1&objective=obj_start')

  await userEvent.clear(await screen.findByLabelText('Share of Website'))
  await userEvent.type(screen.getByLabelText('Share of Website'), '60')
  await userEvent.click(screen.getByRole('button', { name: /^Store v3/ }))

  expect(await screen.findByText('The shares add up to 80%; make it 100%.', { selector: 'p:not([role])' })).toBeVisible()
  expect(calls.some((it) => it.method === 'POST')).toBe(false)
})

test('a draft is approved with a signature bound to what was read, and the refusal for the author is told plainly', async () => {
  const measured = { ...VERSION, document: { objectives: [{ ...OBJECTIVE, measurementPlan: { kpi: 'K', baseline: 1, target: 2, smallestSample: 5, from: '2026-12-08', until: '2027-01-08' } }] } }
  const { calls } = stubApi({
    ...API,
    'GET /manage/v1/strategies/str_1/versions/2': measured,
    'POST /manage/v1/strategies/str_1/versions/2/approval': () => json({ type: 't', status: 409, code: 'author-may-not-approve', title: 'You stored this version', detail: 'Ask another strategist to approve it.', errors: [] }, 409),
  })
  renderApp('/strategy/objectives?version=2')

  await userEvent.click(await screen.findByRole('button', { name: 'Approve v2…' }))
  await userEvent.type(await screen.findByLabelText('Reason'), 'The board agreed')
  await userEvent.type(screen.getByLabelText('User ID'), 's.varga')
  await userEvent.type(screen.getByLabelText('Password'), 'secret')
  await userEvent.click(screen.getByRole('button', { name: 'Sign and approve v2' }))

  expect(await screen.findByText('Ask another strategist to approve it.')).toBeVisible()
  expect(calls.find((it) => it.method === 'POST')?.body).toEqual({ reason: 'The board agreed', sha256: 'ab'.repeat(32), signature: { password: 'secret', userId: 's.varga' } })
})
