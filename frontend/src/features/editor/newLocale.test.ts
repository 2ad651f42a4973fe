import { expect, test } from 'vitest'

import { localesToOffer, sourcesFor } from './newLocale'

const locales = ['en-GB', 'en-US', 'de-DE', 'fr-FR', 'de-CH'].map((notation) => ({ notation, label: notation }))
const markets = [
  { market: 'CH', name: 'Switzerland', locales: ['de-CH', 'de-DE'] },
  { market: 'DE', name: 'Germany', locales: ['de-DE'] },
  { market: 'US', name: 'United States', locales: ['en-US'] },
]

test('locales of the own market come first, each with the markets that use it, its own before others', () => {
  const offered = localesToOffer(locales, ['en-GB'], markets, ['DE'])
  expect(offered.map((it) => it.locale)).toEqual(['de-DE', 'en-US', 'fr-FR', 'de-CH'])
  expect(offered[0]).toEqual({ locale: 'de-DE', label: 'de-DE', markets: 'Germany, Switzerland', own: true })
  expect(offered.filter((it) => it.own)).toHaveLength(1)
})

test('a text in the same language is copied rather than the one that is open, and a version rather than its draft', () => {
  const item = {
    locales: [
      { locale: 'en-GB', title: 'Dosing', state: 'draft', jobs: [], publications: [], latestVersion: { number: 3, sha256: '', submittedAt: '' } },
      { locale: 'de-DE', title: 'Dosierung', state: 'draft', jobs: [], publications: [] },
    ],
  } as const
  expect(sourcesFor(item as never, 'de-CH', 'en-GB').map((it) => it.label)).toEqual(['de-DE, draft: Dosierung', 'en-GB, version 3: Dosing'])
  expect(sourcesFor(item as never, 'fr-FR', 'en-GB').map((it) => it.label)).toEqual(['en-GB, version 3: Dosing', 'de-DE, draft: Dosierung'])
})
