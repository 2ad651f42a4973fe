import { language, sourceName } from '@/content/copies'

import type { ItemDetail, Market } from './api'

export interface OfferedLocale {
  readonly locale: string
  readonly label: string
  /** Names of the markets that use it. */
  readonly markets: string
  /** Whether a market of the person uses it. */
  readonly own: boolean
}

/** Locales that an item lacks: those of the person's own markets first, and of these a market's own language before one it shares. */
export function localesToOffer(
  locales: readonly { readonly notation: string; readonly label: string }[],
  has: readonly string[],
  markets: readonly Pick<Market, 'market' | 'name' | 'locales'>[],
  mine: readonly string[],
): readonly OfferedLocale[] {
  return locales
    .filter((it) => !has.includes(it.notation))
    .map(({ notation, label }) => {
      const using = markets.filter((it) => it.locales.includes(notation)).sort((a, b) => Number(isOwn(b.market, notation)) - Number(isOwn(a.market, notation)))
      return { locale: notation, label, markets: using.map((it) => it.name).join(', '), own: using.some((it) => mine.includes(it.market)) }
    })
    .sort((a, b) => Number(b.own) - Number(a.own))
}

function isOwn(market: string, locale: string): boolean {
  return locale.endsWith(`-${market}`)
}

export interface OfferedSource {
  readonly key: string
  readonly locale: string
  readonly version?: number
  readonly label: string
}

/** Texts that a new locale may start from: in its own language first, then the one that is open. A submitted version stands for its draft. */
export function sourcesFor(item: Pick<ItemDetail, 'locales'>, wanted: string, open: string): readonly OfferedSource[] {
  return item.locales
    .map((it): OfferedSource => {
      const version = it.latestVersion?.number
      const name = sourceName({ locale: it.locale, ...(version === undefined ? {} : { version }) })
      return { key: it.locale, locale: it.locale, ...(version === undefined ? {} : { version }), label: `${name}: ${it.title}` }
    })
    .sort((a, b) => rank(b, wanted, open) - rank(a, wanted, open))
}

function rank(source: OfferedSource, wanted: string, open: string): number {
  return (language(source.locale) === language(wanted) ? 2 : 0) + (source.locale === open ? 1 : 0)
}
