import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import { renderApp, stubApi } from '@/test/render'

import type { RecallDetail } from './recallApi'
import type { Delivery, Webhook } from './webhookApi'
import { deliveryState, sayWait, webhookState } from './webhookWords'

const NOW = new Date('2026-11-22T12:00:00Z')
const HOOK: Webhook = {
  id: 'whk_1',
  channelId: 'chn_1',
  name: 'Portal app',
  url: 'https://hooks.example.com/in',
  events: ['content.published', 'content.withdrawn'],
  only: {},
  state: 'active',
  stateAt: '2026-11-20T10:00:00Z',
  createdAt: '2026-11-20T10:00:00Z',
  secrets: [{ createdAt: '2026-11-20T10:00:00Z' }],
  lastAttempt: { at: '2026-11-22T11:55:00Z', outcome: 'rejected', status: 500 },
  failingSince: '2026-11-22T09:00:00Z',
  waiting: 2,
  failed: 0,
}
const DELIVERY: Delivery = { id: 'evt_1', type: 'content.withdrawn', sequence: 12, reminder: 0, state: 'waiting', createdAt: '2026-11-22T11:00:00Z', dueAt: '2026-11-22T13:00:00Z', failures: 2, attempts: 2 }
const DETAIL: RecallDetail = {
  recall: {
    id: 'rcl_1',
    item: { id: 'itm_1', key: 'ART-93', title: 'Starting in primary care' },
    reason: 'A new safety signal.',
    withdrawnAt: '2026-11-22T09:00:00Z',
    withdrawnBy: { id: 'usr_1', displayName: 'Dr Okonjo' },
    openedAt: '2026-11-22T09:00:01Z',
    sequence: 12,
    markets: ['GB'],
    state: 'open',
    channels: 2,
    confirmed: 1,
  },
  parts: [{ publicationId: 'pub_1', market: 'GB', locale: 'en-GB', version: 7, jobCode: 'GB-2026-0412' }],
  channels: [
    { channel: { id: 'chn_2', key: 'email', name: 'Campaign e-mail' }, publications: ['pub_1'], reminders: 1, remindedAt: '2026-11-22T10:00:00Z', remindAt: '2099-11-22T13:00:00Z', served: { sets: 12, shown: 3, lastOn: '2026-11-21' }, endpoints: [{ id: 'whk_2', name: 'Mailer', state: 'active' }] },
    {
      channel: { id: 'chn_1', key: 'web', name: 'Website' },
      publications: ['pub_1'],
      toldAt: '2026-11-22T09:00:00.400Z',
      reminders: 0,
      served: { sets: 0, shown: 0 },
      endpoints: [],
      confirmation: { confirmedAt: '2026-11-22T09:04:00Z', removedAt: '2026-11-22T09:03:00Z', copiesRemoved: 3, note: 'CDN purged' },
    },
  ],
  mayConfirm: true,
  mayClose: true,
}
const API = {
  'GET /manage/v1/session': { id: 'per_1', username: 'c', displayName: 'C', initials: 'C', roles: ['channel-manager'], brands: ['*'], markets: ['*'], signingEnabled: false },
  'GET /manage/v1/about': { name: 'Throughline', demo: false, signIns: [] },
  'GET /manage/v1/vocabularies': { schemes: [] },
  'GET /manage/v1/brands': { brands: [] },
  'GET /manage/v1/markets': { markets: [] },
  'GET /manage/v1/content-types': { types: [] },
  'GET /manage/v1/my-work': { reviewsDue: [], toCertify: [], sentBack: [], drafts: [], toPublish: [], expiring: [], withdrawals: [], recalls: [] },
  'GET /manage/v1/channels': { channels: [{ id: 'chn_1', key: 'web', name: 'Website', kind: 'web', keys: [] }, { id: 'chn_2', key: 'email', name: 'Campaign e-mail', kind: 'email', keys: [] }] },
  'GET /manage/v1/webhooks': { webhooks: [HOOK] },
  'GET /manage/v1/webhooks/whk_1': HOOK,
  'GET /manage/v1/webhooks/whk_1/deliveries': { deliveries: [DELIVERY] },
  'GET /manage/v1/webhooks/whk_1/deliveries/evt_1': {
    delivery: DELIVERY,
    payload: '{"type":"content.withdrawn"}',
    attempts: [{ number: 2, startedAt: '2026-11-22T11:55:00Z', tookMs: 31, outcome: 'rejected', status: 500, detail: 'The receiver answered 500; any answer from 200 to 299 counts as received.', response: 'oops' }],
  },
  'GET /manage/v1/recalls': { recalls: [DETAIL.recall] },
  'GET /manage/v1/recalls/rcl_1': DETAIL,
}

test('states and waits are said in plain words, worst first', () => {
  expect(webhookState(HOOK, NOW)).toEqual({ words: 'Failing for 3 h', tone: 'block' })
  expect(webhookState({ ...HOOK, state: 'disabled' }, NOW).words).toBe('Disabled')
  expect(deliveryState(DELIVERY)).toEqual({ words: 'Failed 2×, tries again', tone: 'warn' })
  expect(sayWait(new Date('2026-11-22T11:59:30Z'), NOW)).toBe('under a minute')
  expect(sayWait(new Date('2026-11-22T08:48:00Z'), NOW)).toBe('3 h 12 min')
  expect(sayWait(new Date('2026-11-20T07:00:00Z'), NOW)).toBe('2 d 5 h')
})

test('an endpoint shows how it does, and its new secret once', async () => {
  const { calls } = stubApi({ ...API, 'POST /manage/v1/webhooks/whk_1/secrets': { ...HOOK, secret: 'whsec_only_here' } })
  renderApp('/channels/webhooks?webhook=whk_1')
  const panel = await screen.findByRole('complementary', { name: 'Chosen endpoint' })
  expect(await within(panel).findByText(/^Failing for/)).toBeVisible()
  expect(screen.getByText('This channel is told of nothing.')).toBeVisible()
  await userEvent.click(within(panel).getByRole('button', { name: 'Rotate the secret…' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Make a new secret' }))
  expect(await screen.findByText('whsec_only_here')).toBeVisible()
  expect(calls.find((it) => it.method === 'POST')?.body).toEqual({ overlapHours: 24 })
  await userEvent.click(screen.getByRole('button', { name: 'I have kept it' }))
  expect(screen.queryByText('whsec_only_here')).not.toBeInTheDocument()
})

test('an endpoint with a filter says so, and a change of its name keeps the filter', async () => {
  const filtered = { ...HOOK, only: { types: ['article'], markets: ['GB'] } }
  const { calls } = stubApi({ ...API, 'GET /manage/v1/webhooks': { webhooks: [filtered] }, 'PUT /manage/v1/webhooks/whk_1': filtered })
  renderApp('/channels/webhooks?webhook=whk_1')
  const panel = await screen.findByRole('complementary', { name: 'Chosen endpoint' })
  expect(await within(panel).findByText('Only of: article; GB.')).toBeVisible()
  await userEvent.click(within(panel).getByRole('button', { name: /^Change/ }))
  await userEvent.click(await screen.findByRole('button', { name: 'Save' }))
  await screen.findByRole('complementary', { name: 'Chosen endpoint' })
  expect(calls.find((it) => it.method === 'PUT')?.body).toMatchObject({ only: { types: ['article'], markets: ['GB'] } })
})

test('the log shows each try with its reason', async () => {
  stubApi(API)
  renderApp('/channels/webhooks/whk_1?delivery=evt_1')
  const panel = await screen.findByRole('complementary', { name: 'Chosen delivery' })
  expect(await within(panel).findByText(/The receiver answered 500/)).toBeVisible()
  expect(within(panel).getByText('oops')).toBeVisible()
  expect(within(panel).getByText(/One try has no result/)).toBeVisible()
})

test('a recall says who has not confirmed, and a person confirms for that channel with a reason', async () => {
  const { calls } = stubApi({ ...API, 'POST /manage/v1/recalls/rcl_1/channels/chn_2/confirmation': DETAIL, 'POST /manage/v1/recalls/rcl_1/reminders': { channels: 1, recently: 1 } })
  renderApp('/channels/recalls/rcl_1')
  expect(await screen.findByText('1 of 2')).toBeVisible()
  const rows = screen.getAllByRole('row')
  expect(rows[1]).toHaveTextContent(/Campaign e-mail.*Not confirmed/)
  expect(rows[2]).toHaveTextContent(/Website.*Confirmed after 4 min.*3 copies removed.*CDN purged.*0\.4 s/)
  await userEvent.click(screen.getByRole('button', { name: 'Remind Campaign e-mail' }))
  expect(await screen.findByText('One channel was reminded; one was within the last hour')).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'Confirm for Campaign e-mail' }))
  await userEvent.type(await screen.findByLabelText('Reason'), 'The sender said so by telephone')
  await userEvent.click(screen.getByRole('button', { name: 'Confirm for the channel' }))
  expect(await screen.findByText('Confirmed for Campaign e-mail')).toBeVisible()
  expect(calls.filter((it) => it.method === 'POST').map((it) => it.body)).toEqual([{ channelId: 'chn_2' }, { reason: 'The sender said so by telephone' }])
})

test('open recalls stand before those that ended', async () => {
  stubApi(API)
  renderApp('/channels/recalls')
  expect(await screen.findByText('1 of 2 not confirmed')).toBeVisible()
  expect(screen.getByText('Starting in primary care')).toBeVisible()
})
