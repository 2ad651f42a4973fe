import { itemRow } from '@/test/fixtures'

import { byFit, type Wanted } from './fit'

const wanted: Wanted = { kind: 'promotional', brand: 'velorix', locale: 'en-GB', markets: ['GB'] }
const ranked = (...items: readonly ReturnType<typeof itemRow>[]) => byFit(items, wanted, (it) => it ?? 'No brand', (it) => it)
const until = '2028-01-01T00:00:00Z'

test('what is approved for the market comes before drafts, and both before what does not fit', () => {
  const foreign = itemRow({ id: 'itm_1', key: 'CLM-1', brand: 'nexavor', state: 'effective', markets: [{ market: 'GB', state: 'effective', until }] })
  const draft = itemRow({ id: 'itm_2', key: 'CLM-2', brand: 'velorix' })
  const inDraftAgain = itemRow({ id: 'itm_3', key: 'CLM-3', brand: 'velorix', state: 'draft', markets: [{ market: 'GB', state: 'effective', until }] })
  expect(ranked(foreign, draft, inDraftAgain).map((it) => it.item.key)).toEqual(['CLM-3', 'CLM-2', 'CLM-1'])
})

test('what does not fit says why', () => {
  const [first] = ranked(itemRow({ brand: 'nexavor', kind: 'scientific-exchange', locale: 'de-DE' }))
  expect(first?.against).toEqual(['nexavor', 'scientific-exchange', 'no en-GB text'])
})

test('an item is shown in the language of the document, and in another one only where it has no text in it', () => {
  const both = [itemRow({ brand: 'velorix', locale: 'de-DE' }), itemRow({ brand: 'velorix' })]
  expect(ranked(...both).map((it) => it.item.locale)).toEqual(['en-GB'])
})

test('effective elsewhere is not approved here', () => {
  const [first] = ranked(itemRow({ brand: 'velorix', markets: [{ market: 'US', state: 'effective', until }] }))
  expect(first?.approved).toBe(false)
})
