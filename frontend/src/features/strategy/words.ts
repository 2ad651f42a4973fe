import type { Schema } from '@/api/types'
import type { PickerOption } from '@/ui'

/** The audiences of the vocabulary, narrower ones indented under the broader. */
export function audienceOptions(vocabularies: Schema<'Vocabularies'> | undefined): readonly PickerOption[] {
  const concepts = vocabularies?.schemes.find((it) => it.scheme === 'audiences')?.concepts ?? []
  return concepts.map((it) => ({ value: it.notation, label: it.label, depth: (it.broader?.length ?? 0) > 0 ? 1 : 0 }))
}

/** Segments in groups by their dimension, where the vocabulary has dimensions. */
export function segmentOptions(concepts: readonly Schema<'Concept'>[]): { group: string; items: { value: string; label: string }[] }[] {
  const tops = concepts.filter((it) => (it.broader?.length ?? 0) === 0)
  return tops.map((top) => {
    const under = concepts.filter((it) => it.broader?.includes(top.notation) === true)
    return { group: top.label, items: (under.length === 0 ? [top] : under).map((it) => ({ value: it.notation, label: it.label })) }
  })
}

/** A share as people say it: `0.6` is `60%`. */
export function sayShare(share: number): string {
  return `${Math.round(share * 100)}%`
}

/** A day without a time, in UTC as it was written: `2026-12-08` is `8 Dec 2026`. */
export function sayPlanDay(day: string): string {
  return DAY.format(new Date(`${day}T00:00:00Z`))
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })

/** A contact budget in words: `6 contacts in 30 days, an item 3 times in 30`. */
export function sayContacts(policy: Schema<'ContactPolicy'>): string {
  return `${policy.contacts} ${policy.contacts === 1 ? 'contact' : 'contacts'} in ${policy.perDays} days, an item ${policy.itemRepeats} ${policy.itemRepeats === 1 ? 'time' : 'times'} in ${policy.itemPerDays}`
}

/** A count where space is scarce: `412`, `1.2k`, `34k`. */
export function sayCount(count: number): string {
  if (count < 1000) return String(count)
  return count < 10_000 ? `${(Math.floor(count / 100) / 10).toFixed(1)}k` : `${Math.floor(count / 1000)}k`
}

export const STATE_WORDS: Readonly<Record<Schema<'StrategyState'>, string>> = { draft: 'Draft', approved: 'Approved', scheduled: 'Scheduled', active: 'Active', ended: 'Ended' }

/** Two days as a window: `8 Dec 2026 to 18 Aug 2027`, `from 8 Dec 2026`. */
export function sayWindow(from: string, until: string | undefined): string {
  return until === undefined ? `from ${sayPlanDay(from)}` : `${sayPlanDay(from)} to ${sayPlanDay(until)}`
}

/** The needs of the vocabulary, narrower ones indented under the broader; the question that people ask beside each. */
export function needOptions(vocabularies: Schema<'Vocabularies'> | undefined): readonly PickerOption[] {
  const concepts = vocabularies?.schemes.find((it) => it.scheme === 'needs')?.concepts ?? []
  return concepts.map((it) => ({ value: it.notation, label: it.label, depth: (it.broader?.length ?? 0) > 0 ? 1 : 0 }))
}

export function channelOptions(vocabularies: Schema<'Vocabularies'> | undefined): readonly PickerOption[] {
  return vocabularies?.schemes.find((it) => it.scheme === 'channels')?.concepts.map((it) => ({ value: it.notation, label: it.label })) ?? []
}

/** What the API takes when nobody says how many days demand is counted over. */
export const DEFAULT_DAYS = 30
export const DAYS: readonly PickerOption[] = [7, 30, 90, 365].map((days) => ({ value: String(days), label: days === 365 ? 'last 12 months' : `last ${days} days` }))

export function sayTimes(count: number): string {
  return count === 1 ? 'once' : `${sayCount(count)} times`
}

/** Served is what channels got in sets, shown is what they say that people saw. */
export function sayUse({ served, shown }: Schema<'CellUse'>, days: number | undefined): string {
  return `${days === undefined ? 'Served' : `In ${days} days served`} ${sayTimes(served)} in sets, ${shown === 0 ? 'not shown by any channel that tells' : `shown ${sayTimes(shown)} as channels tell`}.`
}
