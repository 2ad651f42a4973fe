const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })
const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const MOMENT = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' })

const MS_PER_DAY = 86_400_000

/** Calendar days from `now` to `at` in the person's time zone: 0 is today, 1 tomorrow, -1 yesterday. */
export function daysUntil(at: Date, now: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())
  return Math.round((midnight(at) - midnight(now)) / MS_PER_DAY)
}

/** How people say a day: today with its time, tomorrow, yesterday, a weekday within two weeks, else the date. */
export function sayDay(at: Date, now: Date): string {
  const days = daysUntil(at, now)
  if (days === 0) return TIME.format(at)
  if (days === 1) return 'tomorrow'
  if (days === -1) return 'yesterday'
  return (Math.abs(days) < 14 ? DAY : DATE).format(at).replace(',', '')
}

/** Day and year, for windows and validity: `21 Nov 2026`. */
export function sayDate(at: Date): string {
  return DATE.format(at)
}

/** Day, time and zone, for what someone may quote later. */
export function sayMoment(at: Date): string {
  return MOMENT.format(at)
}

/** How long ago, for what happened today; the day for what is older. */
export function sayAgo(at: Date, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - at.getTime()) / 1000))
  if (seconds < 60) return 'just now'
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  return sayDay(at, now)
}
