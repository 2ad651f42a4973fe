import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import type { Labels } from '@/api/framework'
import { deliveredItem } from '@/test/fixtures'
import { renderApp, stubApi } from '@/test/render'

import type { Preview } from './api'
import { stagesFor } from './context'
import { keyState } from './keyState'
import { explainProblem, sayEmpty, sayReason } from './reasons'

const LABELS: Labels = { concept: (_, notation) => `“${notation}”`, brand: String, type: String, kind: String, market: String, locale: String }
const VOCABULARIES = {
  schemes: [
    {
      scheme: 'audiences',
      version: '1',
      concepts: [
        { notation: 'hcp', label: 'Healthcare professionals', broader: [] },
        { notation: 'hcp.nurse', label: 'Nurses', broader: ['hcp'] },
        { notation: 'patient', label: 'Patients', broader: [] },
      ],
    },
    {
      scheme: 'stages',
      version: '1',
      concepts: [
        { notation: 'trying', label: 'Trying', order: 4, audience: ['hcp'] },
        { notation: 'aware', label: 'Aware', order: 2, audience: ['hcp'] },
        { notation: 'patient.starting', label: 'Starting', order: 1, audience: ['patient'] },
      ],
    },
    { scheme: 'needs', version: '1', concepts: [{ notation: 'dosing', label: 'Dosing' }] },
  ],
}

test('reasons are words first, and a code that nobody knows stands for itself', () => {
  const objectives = new Map([['obj_31', 'A safe first month']])
  expect(sayReason('need-exact', LABELS, objectives)).toEqual({ words: 'Need matches', tone: 'fits' })
  expect(sayReason('objective:obj_31', LABELS, objectives).words).toBe('Serves A safe first month')
  expect(sayReason('objective:obj_99', LABELS, objectives).words).toBe('Serves obj_99')
  expect(sayReason('advances:trying', LABELS, objectives).words).toBe('Leads to “trying”')
  expect(sayReason('pairing:CLM-204', LABELS, objectives).words).toBe('Paired with CLM-204')
  expect(sayReason('need-broader:treatment-decision', LABELS, objectives).tone).toBe('stretched')
  expect(sayReason('quite-new:x', LABELS, objectives)).toEqual({ words: 'quite-new:x', tone: 'fact' })
  expect(sayEmpty('no-approved-content').why).toBe('No approved content')
  expect(sayEmpty('quite-new').why).toBe('quite-new')
  expect(explainProblem('mandatory-slot-empty')).toMatch(/never served without its safety information/)
})

test('a narrower audience walks the journey of the broader one, in its order', () => {
  expect(stagesFor(VOCABULARIES, 'hcp.nurse').map((it) => it.value)).toEqual(['aware', 'trying'])
  expect(stagesFor(VOCABULARIES, 'patient').map((it) => it.value)).toEqual(['patient.starting'])
  expect(stagesFor(undefined, 'hcp')).toEqual([])
})

const PREVIEW: Preview = {
  request: { path: '/v1/content-sets?audience=hcp', curl: 'curl https://example.com' },
  status: 200,
  set: {
    id: 'cs_1',
    context: { channel: 'web', audience: 'hcp', market: 'GB', locale: 'en-GB' },
    relaxed: [{ slot: 'lead', dimension: 'need', from: 'dosing', to: 'near' }],
    slots: [
      { name: 'lead', items: [{ id: 'itm_1', version: 4, reasons: ['need-exact', 'not-seen'], score: 0.83 }] },
      { name: 'proof', items: [], emptyReason: 'no-approved-content' },
      { name: 'safety', mandatory: true, items: [{ id: 'itm_2', version: 3, reasons: ['pairing:MOD-118'] }] },
    ],
    items: { itm_1: deliveredItem('itm_1', 'MOD-118'), itm_2: deliveredItem('itm_2', 'SAF-17') },
    receipt: 'rcp_1',
    validUntil: '2026-11-22T17:00:00Z',
  },
  headers: { etag: '"cs-1"', contentSequence: 7, cacheControl: 'public, max-age=60' },
  excluded: [{ id: 'itm_9', key: 'ART-3', title: 'Dosing card', rule: 'expired', detail: 'It was expired on 2026-10-31T00:00:00Z.' }],
  excludedOmitted: 0,
  scoreParts: { itm_1: { need: 0.3, stage: 0.2, objective: 0.2, unseen: 0.1, evidence: 0.027, freshness: 0.014 } },
  tookMs: 11.4,
}
const KEY = { id: 'key_1', name: 'Website', prefix: 'tlk_8fQ2', markets: ['GB'], locales: ['en-GB'], kinds: ['promotional'], brands: ['*'], mayExplain: true, mayTimeTravel: false, expiresAt: '2099-11-01T00:00:00Z' }
const MOMENTS = {
  moments: [
    { at: '2026-11-14T10:00:00Z', sequence: 9, type: 'published', count: 4, items: [{ id: 'itm_4', key: 'ART-4', title: 'Fourth' }] },
    { at: '2026-11-02T09:30:00.000002Z', sequence: 5, type: 'withdrawn', count: 1, items: [{ id: 'itm_22', key: 'SAF-22', title: 'Old safety' }] },
    { at: '2026-10-12T08:00:00Z', sequence: 4, type: 'strategy-activated', count: 1, items: [], strategy: { id: 'str_1', name: 'Portfolio', version: 14, ended: false } },
  ],
  older: false,
}
const API = {
  'GET /manage/v1/session': { id: 'per_1', username: 'c', displayName: 'C', initials: 'C', roles: ['channel-manager'], brands: ['*'], markets: ['*'], signingEnabled: false },
  'GET /manage/v1/about': { name: 'Throughline', demo: false, signIns: [] },
  'GET /manage/v1/my-work': { reviewsDue: [], toCertify: [], sentBack: [], drafts: [], toPublish: [], expiring: [], withdrawals: [], recalls: [] },
  'GET /manage/v1/vocabularies': VOCABULARIES,
  'GET /manage/v1/brands': { brands: [] },
  'GET /manage/v1/markets': { markets: [{ market: 'GB', name: 'United Kingdom', locales: ['en-GB'], localeFallback: {}, disciplines: {}, signatory: { registrationNumberRequired: true, registrationName: 'GMC' }, approvalMaxMonths: 24, promotionToPublicAllowed: false }] },
  'GET /manage/v1/content-types': { types: [] },
  'GET /manage/v1/channels/chn_1/content-set': PREVIEW,
  'GET /manage/v1/catalogue-changes': MOMENTS,
  'GET /manage/v1/strategies': { strategies: [] },
  'GET /manage/v1/channels': { channels: [{ id: 'chn_1', key: 'web', name: 'heartline.example', kind: 'web', keys: [KEY] }] },
}

test('a set stands there as the channel shows it, with reasons, what was left out, and what promotion must carry', async () => {
  const { calls } = stubApi(API)
  renderApp('/channels?need=dosing')

  expect(await screen.findByRole('heading', { name: '2 of 3 slots filled' })).toBeVisible()
  expect(calls.find((it) => it.url.pathname.endsWith('/content-set'))?.url.search).toBe('?audience=hcp&need=dosing&market=GB&locale=en-GB')
  expect(screen.getByText('Need matches')).toBeVisible()
  expect(screen.getByText('Lead: neighbouring need')).toBeVisible()
  expect(screen.getByText('Nothing approved fits; the space closes.')).toBeVisible()
  expect(within(screen.getByRole('region', { name: 'Left out' })).getByText(/It was expired on 31 Oct 2026/)).toBeVisible()
  // UK-5, UK-6, UK-7
  expect(screen.getByRole('link', { name: 'Prescribing information' })).toHaveAttribute('href', 'https://example.com/pi')
  expect(screen.getByText('Adverse events should be reported.')).toBeVisible()
  expect(screen.getByText('GB-2026-0398, prepared November 2026')).toBeVisible()
})

test('an address of prescribing information that is no https address is never a link', async () => {
  const odd = deliveredItem('itm_1', 'MOD-118', { prescribingInformation: { html: '<p>PI</p>', url: 'javascript:alert(1)' } })
  stubApi({ ...API, 'GET /manage/v1/channels/chn_1/content-set': { ...PREVIEW, set: { ...PREVIEW.set, items: { itm_1: odd } } } })
  renderApp('/channels')

  expect(await screen.findByText('Prescribing information')).toBeVisible()
  expect(screen.queryByRole('link', { name: 'Prescribing information' })).not.toBeInTheDocument()
})

test('a problem is shown as the channel gets it, with what to do about it', async () => {
  const problem = { type: '/problems/mandatory-slot-empty', title: 'A mandatory slot is empty', status: 409, detail: 'Show nothing.', code: 'mandatory-slot-empty', errors: [], traceId: 't1' }
  stubApi({ ...API, 'GET /manage/v1/channels/chn_1/content-set': { ...PREVIEW, status: 409, set: undefined, problem, headers: { contentSequence: 7 }, excluded: [] } })
  renderApp('/channels')

  expect(await screen.findByRole('heading', { name: 'The channel shows nothing here' })).toBeVisible()
  expect(screen.getByText('Show nothing.')).toBeVisible()
  expect(screen.getByText(/Publish the safety or prescribing information for this market/)).toBeVisible()
})

test('an item treated as seen goes into the context and its address', async () => {
  stubApi(API)
  const { router } = renderApp('/channels')

  await userEvent.click(await screen.findByRole('button', { name: 'Treat as seen' }))

  expect(await screen.findByRole('button', { name: /Seen before: 1 item/ })).toBeVisible()
  expect(router.state.location.search).toMatchObject({ seen: 'itm_1' })
})

test('a score shows its parts, and what was cut from the list is told', async () => {
  stubApi({ ...API, 'GET /manage/v1/channels/chn_1/content-set': { ...PREVIEW, excludedOmitted: 12 } })
  renderApp('/channels')

  await userEvent.click(await screen.findByText('Score in parts'))

  expect(screen.getByText('0.027')).toBeVisible()
  expect(screen.getByText('0.830')).toBeVisible()
  expect(screen.getByText('13 candidates')).toBeVisible()
  expect(screen.getByText(/12 more were left out and are not listed/)).toBeVisible()
})

test("a reader's history is asked for, replaces what was seen, and stays out of the address", async () => {
  const { calls } = stubApi(API)
  const { router } = renderApp('/channels?seen=itm_1')

  await userEvent.click(await screen.findByRole('button', { name: 'Seen before: 1 item' }))
  await userEvent.type(await screen.findByLabelText("Reader's key"), 'hcp-8f2c51d0')
  await userEvent.click(screen.getByRole('button', { name: 'Use history' }))

  expect(await screen.findByRole('button', { name: "Seen before: By the reader's history" })).toBeVisible()
  const asked = calls.filter((it) => it.url.pathname.endsWith('/content-set')).at(-1)
  expect(asked?.url.searchParams.get('seenBy')).toBe('hcp-8f2c51d0')
  expect(asked?.url.searchParams.has('seen')).toBe(false)
  expect(JSON.stringify(router.state.location)).not.toContain('hcp-8f2c51d0')
})

test('a key that is an address is not sent', async () => {
  stubApi(API)
  renderApp('/channels')

  await userEvent.click(await screen.findByRole('button', { name: 'Seen before: Nothing' }))
  await userEvent.type(await screen.findByLabelText("Reader's key"), 'jane@example.org')

  expect(screen.getByText(/no name and no address/)).toBeVisible()
  expect(screen.getByRole('button', { name: /Use history/ })).toHaveAttribute('aria-disabled', 'true')
})

test('the past is asked for as of a UTC moment that the address keeps', async () => {
  const { calls } = stubApi(API)
  const { router } = renderApp('/channels?at=2026-11-02T09:30:15Z')

  expect(await screen.findByRole('heading', { name: '2 of 3 slots filled' })).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: /^As of: 2 Nov 2026/ }))
  expect(await screen.findByLabelText('As of (UTC)')).toHaveValue('2026-11-02T09:30:15')
  expect(calls.find((it) => it.url.pathname.endsWith('/content-set'))?.url.searchParams.get('at')).toBe('2026-11-02T09:30:15Z')
  await userEvent.click(screen.getByRole('button', { name: 'Back to now' }))
  expect(router.state.location.search).not.toMatchObject({ at: '2026-11-02T09:30:15Z' })
})

test('a key works until its end, warns a month before, and a revoked one says so', () => {
  const now = new Date('2026-11-21T12:00:00Z')
  const state = (expiresAt: string, revokedAt?: string) => keyState({ ...KEY, kinds: ['promotional'], expiresAt, ...(revokedAt === undefined ? {} : { revokedAt }) }, now)
  expect(state('2026-12-31T12:00:00Z').tone).toBe('ok')
  expect(state('2026-12-21T12:00:00Z')).toEqual({ words: 'Ends in 30 days', tone: 'warn' })
  expect(state('2026-11-21T12:00:00Z')).toEqual({ words: 'Expired 21 Nov 2026', tone: 'block' })
  expect(state('2027-12-21T12:00:00Z', '2026-08-01T10:00:00Z').words).toBe('Revoked 1 Aug 2026')
})

test('the secret of a new key is shown once, and is gone when the window closes', async () => {
  const { calls } = stubApi({ ...API, 'POST /manage/v1/channels/chn_1/keys': { ...KEY, secret: 'tlk_only_here' } })
  renderApp('/channels/keys')

  await userEvent.click(await screen.findByRole('button', { name: /Issue a key/ }))
  await userEvent.type(await screen.findByLabelText('Name'), 'Heartline app')
  await userEvent.click(await screen.findByLabelText(/United Kingdom/))
  await userEvent.click(screen.getByLabelText('Promotional'))
  await userEvent.click(screen.getByRole('button', { name: 'Issue the key' }))

  expect(await screen.findByText('tlk_only_here')).toBeVisible()
  expect(calls.find((it) => it.method === 'POST')?.body).toMatchObject({ name: 'Heartline app', markets: ['GB'], locales: ['en-GB'], kinds: ['promotional'], mayExplain: false })
  await userEvent.click(screen.getByRole('button', { name: 'I have kept it' }))
  expect(screen.queryByText('tlk_only_here')).not.toBeInTheDocument()
})

test('a key is revoked with its reason', async () => {
  const { calls } = stubApi({ ...API, 'POST /manage/v1/keys/key_1/revocation': KEY })
  renderApp('/channels/keys?key=key_1')

  await userEvent.click(await screen.findByRole('button', { name: 'Revoke…' }))
  await userEvent.type(await screen.findByLabelText('Reason'), 'Laptop lost')
  await userEvent.click(screen.getByRole('button', { name: 'Revoke the key' }))

  expect(await screen.findByText('Website was revoked')).toBeVisible()
  expect(calls.find((it) => it.method === 'POST')?.body).toEqual({ reason: 'Laptop lost' })
})
