import { sayDate } from '@/ui'

import type { Entry } from './entries'
import classes from './MyWorkScreen.module.css'

const WINDOW_DAYS = 90
const MS_PER_DAY = 86_400_000

/** Where in the next 90 days things expire. The rows below say the same in words, so it is hidden from screen readers. */
export function ExpiryStrip({ entries, now }: { readonly entries: readonly Entry[]; readonly now: Date }) {
  const day = (days: number) => sayDate(new Date(now.getTime() + days * MS_PER_DAY)).replace(/ \d{4}$/, '')
  return (
    <div className={classes.strip} aria-hidden="true">
      <div className={classes.bands}>
        <span className={classes.band} />
        <span className={classes.band} />
        <span className={classes.band} />
        {entries.map((entry) => {
          if (entry.due === undefined) return null
          const share = Math.min(Math.max((entry.due.getTime() - now.getTime()) / MS_PER_DAY / WINDOW_DAYS, 0), 1)
          return <span key={entry.id} className={classes.dot} data-soon={share <= 1 / 3 || undefined} style={{ left: `${share * 100}%` }} />
        })}
      </div>
      <div className={classes.scale}>
        <span>today</span>
        <span>30 days, {day(30)}</span>
        <span>60 days, {day(60)}</span>
        <span>90 days, {day(90)}</span>
      </div>
    </div>
  )
}
