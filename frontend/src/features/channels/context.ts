import type { Schema } from '@/api/types'
import type { PickerOption } from '@/ui'

import type { Channel, Context } from './api'
import type { ContextSearch } from './routes'

type Vocabularies = Schema<'Vocabularies'>

/** A context that has something to show, for an address that says nothing. */
export interface Usual {
  readonly audience: string
  readonly market: string
  readonly locale: string
}

/** The audience of what is published most, and a market and locale where it is published. */
export function usualOf(page: Schema<'ItemPage'> | undefined): Pick<Usual, 'market' | 'locale'> | undefined {
  for (const row of page?.items ?? []) {
    const live = row.markets.find((it) => it.state === 'effective')
    if (live !== undefined) return { market: live.market, locale: row.locale }
  }
  return undefined
}

/** The chosen channel and context; where the address says nothing, a usual one, else the first of each. */
export function contextOf(search: ContextSearch, channels: readonly Channel[], vocabularies: Vocabularies | undefined, markets: readonly Schema<'Market'>[], usual?: Usual): { readonly channel: Channel | undefined; readonly context: Context } {
  const channel = channels.find((it) => it.key === search.channel) ?? channels[0]
  const audience = search.audience ?? usual?.audience ?? conceptsOf(vocabularies, 'audiences')[0]?.notation ?? ''
  // A usual market goes with its locale; one that was chosen brings its own.
  const market = search.market ?? usual?.market ?? markets[0]?.market ?? ''
  const locale = search.locale ?? (search.market === undefined ? usual?.locale : undefined) ?? markets.find((it) => it.market === market)?.locales[0] ?? ''
  return { channel, context: { audience, stage: search.stage, need: search.need, market, locale, brand: search.brand, seen: search.seen, at: search.at } }
}

export function conceptsOf(vocabularies: Vocabularies | undefined, scheme: string): readonly Schema<'Concept'>[] {
  return vocabularies?.schemes.find((it) => it.scheme === scheme)?.concepts ?? []
}

/** The stages of an audience's own journey, in its order. A narrower audience walks the journey of the broader one. */
export function stagesFor(vocabularies: Vocabularies | undefined, audience: string): readonly PickerOption[] {
  const broader = new Map(conceptsOf(vocabularies, 'audiences').map((it) => [it.notation, it.broader ?? []]))
  const lineage = new Set<string>()
  const climb = (notation: string) => {
    // A vocabulary may not have a circle, but a screen must not hang if one does.
    if (lineage.has(notation)) return
    lineage.add(notation)
    broader.get(notation)?.forEach(climb)
  }
  climb(audience)
  return conceptsOf(vocabularies, 'stages')
    .filter((it) => it.audience?.some((one) => lineage.has(one)) ?? false)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map((it) => ({ value: it.notation, label: it.label }))
}
