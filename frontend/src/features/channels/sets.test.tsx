import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import { deliveredItem } from '@/test/fixtures'
import { renderApp, stubApi } from '@/test/render'

import type { ContentSet } from './api'
import { compareSets, sayComparison } from './compare'
import { earlier, later, momentAt, sayChange, sayNames, type Moment } from './moments'

const NOW = new Date('2026-11-21T12:00:00Z')
const moment = (at: string, over: Partial<Moment> = {}): Moment => ({ at, sequence: Date.parse(at), type: 'published', count: 1, items: [{ id: 'itm_1', key: 'ART-1', title: 'First' }], ...over })
const MOMENTS = [
  moment('2026-11-14T10:00:00Z', { count: 4 }),
  moment('2026-11-02T09:30:00.000002Z', { type: 'withdrawn', items: [{ id: 'itm_22', key: 'SAF-22', title: 'Old safety' }] }),
  moment('2026-10-12T08:00:00Z', { type: 'strategy-activated', items: [], strategy: { id: 'str_1', name: 'Portfolio', version: 14, ended: false } }),
]

test('a change is told in a few words, and its names in the tooltip', () => {
  const words = (it: Moment) => Object.values(sayChange(it, NOW)).join(' ')
  expect(MOMENTS.map(words)).toEqual(['4 published, Sat 14 Nov', 'SAF-22 withdrawn, 2 Nov 2026', 'Portfolio v14 active, 12 Oct 2026'])
  expect(words(moment('2026-10-12T08:00:00Z', { items: [], type: 'strategy-activated', strategy: { id: 's', name: 'Brand', version: 2, ended: true } }))).toBe('Brand v2 ended, 12 Oct 2026')
  expect(sayNames(MOMENTS[0] as Moment)).toBe('ART-1 First\nand 3 more')
})

test('stepping goes from change to change and ends at now, to the microsecond', () => {
  const [third, second, first] = MOMENTS.map((it) => it.at)
  expect(earlier(MOMENTS, undefined)).toBe(third)
  expect(earlier(MOMENTS, third)).toBe(second)
  expect(earlier(MOMENTS, first)).toBe(first)
  expect(earlier(MOMENTS, '2026-11-02T09:30:00.000001Z')).toBe(first)
  expect(later(MOMENTS, '2026-11-02T09:30:00.000001Z')).toBe(second)
  expect(later(MOMENTS, second)).toBe(third)
  expect(later(MOMENTS, third)).toBeUndefined()
  expect(later(MOMENTS, undefined)).toBeUndefined()
})

test('a set stands on the newest change that is not after its instant', () => {
  expect(momentAt(MOMENTS, '2026-11-02T09:30:00.000002Z')).toBe(MOMENTS[1])
  expect(momentAt(MOMENTS, '2026-11-02T09:30:00.000001Z')).toBe(MOMENTS[2])
  expect(momentAt(MOMENTS, '2020-01-01T00:00:00Z')).toBeUndefined()
  expect(momentAt(MOMENTS, undefined)).toBeUndefined()
})

type Placed = readonly (readonly [slot: string, id: string, version: number])[]
const setOf = (placed: Placed): ContentSet => ({
  id: 'cs_1',
  context: { channel: 'web', audience: 'hcp', market: 'GB', locale: 'en-GB' },
  relaxed: [],
  slots: ['lead', 'proof'].map((name) => ({ name: name as 'lead', items: placed.filter((it) => it[0] === name).map(([, id, version]) => ({ id, version, reasons: [], score: 0.5 })) })),
  items: Object.fromEntries(placed.map(([, id, version]) => [id, deliveredItem(id, id.toUpperCase(), { version })])),
  receipt: 'rcp_1',
  validUntil: '2026-11-22T17:00:00Z',
})

test('two sets differ in what only one has, in versions and in slots', () => {
  const comparison = compareSets(setOf([['lead', 'a', 1], ['lead', 'b', 1], ['proof', 'c', 1], ['proof', 'd', 1]]), setOf([['lead', 'b', 2], ['lead', 'c', 1], ['proof', 'd', 1], ['proof', 'e', 1]]))
  expect(comparison.slots[0]?.left.map((it) => it.fate)).toEqual([{ is: 'only' }, { is: 'version', other: 2 }])
  expect(comparison.slots[0]?.right.map((it) => it.fate)).toEqual([{ is: 'version', other: 1 }, { is: 'slot', other: 'proof' }])
  expect(sayComparison(comparison)).toBe('1 only in A, 1 only in B, 2 in another version or slot, 1 in both')
  expect(sayComparison(compareSets(setOf([['lead', 'a', 1]]), setOf([['lead', 'a', 1]])))).toBe('Both have the same item')
  expect(sayComparison(compareSets(undefined, undefined))).toBe('Both sets are empty')
  expect(compareSets(undefined, setOf([['lead', 'a', 1]])).onlyRight).toBe(1)
})

const preview = (set: ContentSet) => ({ request: { path: '/v1/content-sets?audience=hcp', curl: 'curl' }, status: 200, set, headers: { etag: '"cs-1"', contentSequence: 7 }, excluded: [], excludedOmitted: 0, scoreParts: {}, tookMs: 3 })
const API = {
  'GET /manage/v1/session': { id: 'per_1', username: 'c', displayName: 'C', initials: 'C', roles: ['channel-manager'], brands: ['*'], markets: ['*'], signingEnabled: false },
  'GET /manage/v1/about': { name: 'Throughline', demo: false, signIns: [] },
  'GET /manage/v1/my-work': { reviewsDue: [], toCertify: [], sentBack: [], drafts: [], toPublish: [], expiring: [], withdrawals: [], recalls: [] },
  'GET /manage/v1/vocabularies': {
    schemes: [
      { scheme: 'audiences', version: '1', concepts: [{ notation: 'hcp', label: 'Healthcare professionals', broader: [] }] },
      { scheme: 'stages', version: '1', concepts: [] },
      { scheme: 'needs', version: '1', concepts: [{ notation: 'dosing', label: 'Dosing' }, { notation: 'safety', label: 'Safety' }] },
    ],
  },
  'GET /manage/v1/brands': { brands: [] },
  'GET /manage/v1/markets': { markets: [{ market: 'GB', name: 'United Kingdom', locales: ['en-GB'], localeFallback: {}, disciplines: {}, signatory: { registrationNumberRequired: true, registrationName: 'GMC' }, approvalMaxMonths: 24, promotionToPublicAllowed: false }] },
  'GET /manage/v1/content-types': { types: [] },
  'GET /manage/v1/strategies': { strategies: [] },
  'GET /manage/v1/catalogue-changes': { moments: MOMENTS, older: true },
  'GET /manage/v1/channels/chn_1/content-set': preview(setOf([['lead', 'a', 1]])),
  'GET /manage/v1/channels': { channels: [{ id: 'chn_1', key: 'web', name: 'heartline.example', kind: 'web', keys: [] }] },
}

test('the comma and the full stop step through the changes, and the address keeps the instant', async () => {
  stubApi(API)
  const { router } = renderApp('/channels')
  const strip = await screen.findByRole('region', { name: 'Changes' })
  expect(await within(strip).findByRole('button', { name: 'Now, 7' })).toHaveAttribute('aria-current', 'true')

  await userEvent.keyboard(',,')
  expect(router.state.location.search).toMatchObject({ at: '2026-11-02T09:30:00.000002Z' })
  expect(within(strip).getByRole('button', { name: /SAF-22 withdrawn/ })).toHaveAttribute('aria-current', 'true')
  await userEvent.keyboard('..')
  expect(router.state.location.search).not.toHaveProperty('at', expect.anything())
  expect(within(strip).getByText(/older ones/)).toBeVisible()
})

test('changes that can not be loaded leave the set in its place', async () => {
  stubApi({ ...API, 'GET /manage/v1/catalogue-changes': () => new Response('{}', { status: 503, headers: { 'Content-Type': 'application/problem+json' } }) })
  renderApp('/channels')

  expect(await screen.findByText(/What changed could not be loaded; the set below is complete/)).toBeVisible()
  expect(await screen.findByRole('heading', { name: '1 of 2 slots filled' })).toBeVisible()
})

test('a second context begins as the first, and what only one of them gets stands out', async () => {
  const second = preview(setOf([['lead', 'a', 1], ['lead', 'b', 3]]))
  stubApi({ ...API, 'GET /manage/v1/channels/chn_1/content-set': (it: { url: URL }) => Response.json(it.url.searchParams.get('need') === 'safety' ? second : API['GET /manage/v1/channels/chn_1/content-set']) })
  const { router } = renderApp('/channels?need=dosing')

  await userEvent.click(await screen.findByRole('button', { name: /Compare two contexts/ }))
  expect(await screen.findByRole('heading', { name: 'Both have the same item' })).toBeVisible()
  await userEvent.click(within(screen.getByRole('group', { name: 'Context B' })).getByRole('button', { name: 'Need: Dosing' }))
  await userEvent.click(await screen.findByRole('option', { name: 'Safety' }))

  expect(await screen.findByRole('heading', { name: '1 only in B, 1 in both' })).toBeVisible()
  expect(screen.getByText('Not in A')).toBeVisible()
  expect(router.state.location.search).toMatchObject({ need: 'dosing', with: { need: 'safety', audience: 'hcp', market: 'GB', locale: 'en-GB', channel: 'web' } })
  await userEvent.click(screen.getByRole('button', { name: /End the comparison/ }))
  expect(await screen.findByRole('heading', { name: '1 of 2 slots filled' })).toBeVisible()
})
