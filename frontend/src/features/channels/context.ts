import type { Schema } from '@/api/types'
import type { PickerOption } from '@/ui'

import type { Channel, Context } from './api'
import type { ContextSearch } from './routes'

type Vocabularies = Schema<'Vocabularies'>

/** The chosen channel and context, with the first of each where the address says nothing. */
export function contextOf(search: ContextSearch, channels: readonly Channel[], vocabularies: Vocabularies | undefined, markets: readonly Schema<'Market'>[]): { readonly channel: Channel | undefined; readonly context: Context } {
  const channel = channels.find((it) => it.key === search.channel) ?? channels[0]
  const audience = search.audience ?? conceptsOf(vocabularies, 'audiences')[0]?.notation ?? ''
  const market = search.market ?? markets[0]?.market ?? ''
  const locale = search.locale ?? markets.find((it) => it.market === market)?.locales[0] ?? ''
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
