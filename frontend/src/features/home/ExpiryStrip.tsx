import { sayDate } from '@/ui'

import type { Entry } from './entries'
import { lanesOf } from './lanes'
import classes from './MyWorkScreen.module.css'

const WINDOW_DAYS = 90
const MS_PER_DAY = 86_400_000
// A dot with a key such as `CLM-118` beside it, on the narrowest strip that is drawn (about 640px).
const LABEL_SHARE = 0.115

/** Where in the next 90 days things expire. The rows below say the same in words, so it is hidden from screen readers. */
export function ExpiryStrip({ entries, now }: { readonly entries: readonly Entry[]; readonly now: Date }) {
  const day = (days: number) => sayDate(new Date(now.getTime() + days * MS_PER_DAY)).replace(/ \d{4}$/, '')
  const dots = entries
    .flatMap((entry) =>
      entry.kind === 'expiry' ? [{ id: entry.id, key: entry.work.item.key, title: entry.work.item.title, share: Math.min(Math.max((entry.due.getTime() - now.getTime()) / MS_PER_DAY / WINDOW_DAYS, 0), 1) }] : [],
    )
    .sort((a, b) => a.share - b.share)
  const placed = lanesOf(dots.map((it) => it.share), LABEL_SHARE)
  const oneLane = placed.every((it) => it.lane === 0)
  return (
    <div className={classes.strip} aria-hidden="true">
      <div className={classes.bands}>
        <span className={classes.band} />
        <span className={classes.band} />
        <span className={classes.band} />
        {dots.map((dot, index) => (
          <span
            key={dot.id}
            className={classes.dot}
            data-soon={dot.share <= 1 / 3 || undefined}
            data-lane={oneLane ? 'only' : placed[index]?.lane}
            data-label={placed[index]?.label}
            style={{ left: `${dot.share * 100}%` }}
            title={`${dot.key}, ${dot.title}`}
          >
            {placed[index]?.label !== 'none' && <span className={classes.dotLabel}>{dot.key}</span>}
          </span>
        ))}
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
