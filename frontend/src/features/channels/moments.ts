import type { Schema } from '@/api/types'
import { sayDay } from '@/ui'

/** When sets of one market and locale changed; the server tells them newest first. */
export type Moment = Schema<'CatalogueMoment'>

const DONE: Readonly<Record<Moment['type'], string>> = { published: 'published', withdrawn: 'withdrawn', expired: 'expired', impacted: 'left', 'strategy-activated': 'active' }

/** What changed and when, short enough to stand under a point; where room is scarce, `who` may be cut. */
export function sayChange({ type, count, items, strategy, at }: Moment, now: Date): { readonly who: string; readonly what: string } {
  const day = sayDay(new Date(at), now)
  if (strategy !== undefined) return { who: strategy.name, what: `v${strategy.version} ${strategy.ended ? 'ended' : 'active'}, ${day}` }
  const [only] = items
  return { who: count === 1 && only !== undefined ? only.key : String(count), what: `${DONE[type]}, ${day}` }
}

/** Every name that a moment has to tell, for its tooltip. */
export function sayNames({ items, count, strategy }: Moment): string {
  if (strategy !== undefined) return strategy.name
  const names = items.map((it) => `${it.key} ${it.title}`)
  return count > names.length && names.length > 0 ? `${names.join('\n')}\nand ${count - names.length} more` : names.join('\n')
}

/** The moment that a set at the instant stands on: the newest that is not after it; undefined is now. */
export function momentAt(moments: readonly Moment[], at: string | undefined): Moment | undefined {
  return at === undefined ? undefined : moments.find((it) => order(it.at) <= order(at))
}

/** The instant of the next older change; the same instant where there is none. */
export function earlier(moments: readonly Moment[], at: string | undefined): string | undefined {
  return moments.find((it) => at === undefined || order(it.at) < order(at))?.at ?? at
}

/** The instant of the next newer change; undefined, which is now, after the last. */
export function later(moments: readonly Moment[], at: string | undefined): string | undefined {
  return at === undefined ? undefined : moments.findLast((it) => order(it.at) > order(at))?.at
}

// Instants count microseconds, a Date would round them away.
function order(instant: string): string {
  const [seconds = '', fraction = ''] = instant.replace('Z', '').split('.')
  return `${seconds}.${fraction.padEnd(9, '0')}`
}
