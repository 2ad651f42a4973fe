import type { ItemRow } from './api'

/** What an item that is picked should share with the document that will point to it. */
export interface Wanted {
  readonly kind: string
  readonly brand: string | undefined
  readonly locale: string
  /** Those that use the locale. */
  readonly markets: readonly string[]
}

/** An item as a picker shows it. */
export interface Candidate {
  readonly item: ItemRow
  /** Whether a market of the document gets it now, or may. */
  readonly approved: boolean
  /** Why it does not fit as it is, in words; empty for one that fits. */
  readonly against: readonly string[]
}

/** Those that fit first, approved ones before drafts; others after them. Inside each group the order stays. */
export function byFit(items: readonly ItemRow[], wanted: Wanted, brandName: (key: string | undefined) => string, kindName: (kind: string) => string): readonly Candidate[] {
  const seen = new Set<string>()
  const unique = items.filter((it) => {
    const id = `${it.id}/${it.locale}`
    return !seen.has(id) && seen.add(id)
  })
  const inLocale = new Set(unique.filter((it) => it.locale === wanted.locale).map((it) => it.id))
  return (
    unique
      // A text in another language matters only where there is none in this one.
      .filter((it) => it.locale === wanted.locale || !inLocale.has(it.id))
      .map((item) => candidate(item, wanted, brandName, kindName))
      .map((it, at) => ({ it, at, rank: it.against.length > 0 ? 2 : it.approved ? 0 : 1 }))
      .sort((a, b) => a.rank - b.rank || a.at - b.at)
      .map(({ it }) => it)
  )
}

function candidate(item: ItemRow, wanted: Wanted, brandName: (key: string | undefined) => string, kindName: (kind: string) => string): Candidate {
  const against = [
    ...(item.brand === wanted.brand ? [] : [brandName(item.brand)]),
    ...(item.kind === wanted.kind ? [] : [kindName(item.kind)]),
    ...(item.locale === wanted.locale ? [] : [`no ${wanted.locale} text`]),
  ]
  const approved = item.state === 'approved' || item.markets.some((it) => wanted.markets.includes(it.market) && (it.state === 'effective' || it.state === 'approved'))
  return { item, approved, against }
}
