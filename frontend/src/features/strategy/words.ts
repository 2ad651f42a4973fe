import type { Schema } from '@/api/types'
import type { PickerOption } from '@/ui'

/** The audiences of the vocabulary, narrower ones indented under the broader. */
export function audienceOptions(vocabularies: Schema<'Vocabularies'> | undefined): readonly PickerOption[] {
  const concepts = vocabularies?.schemes.find((it) => it.scheme === 'audiences')?.concepts ?? []
  return concepts.map((it) => ({ value: it.notation, label: it.label, depth: (it.broader?.length ?? 0) > 0 ? 1 : 0 }))
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
