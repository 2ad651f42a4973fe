const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
const MOMENT = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' })
const SHORT = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
const EXACT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
})

/** `21 Nov 2026`, in the reader's zone. */
export function day(instant: string): string {
  return DAY.format(new Date(instant))
}

/** `21 Nov 2026, 16:42 GMT`, in the reader's zone, which it names. */
export function moment(instant: string | Date): string {
  return MOMENT.format(new Date(instant))
}

/** `20 Nov, 14:02`, where space is scarce; the full moment belongs in the title beside it. */
export function shortMoment(instant: string): string {
  return SHORT.format(new Date(instant))
}

/** With seconds and zone, for certificates and signatures. */
export function exactMoment(instant: string): string {
  return EXACT.format(new Date(instant))
}

/** The last day of a window whose end is exclusive: a window until midnight ends the day before. */
export function lastDay(until: string): string {
  return DAY.format(new Date(new Date(until).getTime() - 1))
}

/** How long ago, as the saved indicator says it: `just now`, `4 s ago`, `3 min ago`, then the time of day. */
export function ago(then: Date, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - then.getTime()) / 1000))
  if (seconds < 2) return 'just now'
  if (seconds < 60) return `${seconds} s ago`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  return `at ${new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(then)}`
}

/** How a due moment feels from now: overdue, today, tomorrow or its day. */
export function due(dueAt: string, now: Date): { readonly text: string; readonly late: boolean } {
  const at = new Date(dueAt)
  const days = Math.round((startOfDay(at) - startOfDay(now)) / 86_400_000)
  if (at < now) return { text: days === 0 ? 'Overdue since today' : `Overdue, was due ${day(dueAt)}`, late: true }
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(at)
  if (days === 0) return { text: `Due today, ${time}`, late: false }
  if (days === 1) return { text: `Due tomorrow, ${time}`, late: false }
  return { text: `Due ${day(dueAt)}`, late: false }
}

function startOfDay(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()
}
