/** Days are calendar days of the reader's zone, as a date field has them: `2026-11-21`. */

function dayText(at: Date): string {
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`
}

/** The last day that a market allows for an approval that begins on a day: the end is exclusive, so the day before. */
export function latestLastDay(from: Date, maxMonths: number): string {
  const end = new Date(from.getFullYear(), from.getMonth() + maxMonths, from.getDate())
  // 31 January plus one month is no 3 March: the last day of February ends it.
  if (end.getDate() !== from.getDate()) end.setDate(0)
  end.setDate(end.getDate() - 1)
  return dayText(end)
}

/** The window as the API has it: start inclusive, end exclusive. Without a first day it begins with the signature. */
export function windowOf(firstDay: string, lastDay: string): { readonly validFrom?: string; readonly validUntil: string } {
  const end = new Date(`${lastDay}T00:00`)
  end.setDate(end.getDate() + 1)
  return { ...(firstDay === '' ? {} : { validFrom: new Date(`${firstDay}T00:00`).toISOString() }), validUntil: end.toISOString() }
}
