import { useLabels } from '@/api/framework'

import classes from './objectives.module.css'
import { sayShare } from './words'

/** Shares of channels, the largest first. */
export function sortMix(mix: Readonly<Record<string, number>>): readonly (readonly [string, number])[] {
  return Object.entries(mix).sort(([a, x], [b, y]) => y - x || a.localeCompare(b))
}

/** One bar of shares, parted by lines and ordered by size; the words tell which is which. `full` writes all of them under it. */
export function ChannelMix({ mix, full = false }: { readonly mix: Readonly<Record<string, number>>; readonly full?: boolean }) {
  const labels = useLabels()
  const parts = sortMix(mix)
  if (parts.length === 0) return <span className="t3">No mix stated</span>
  const words = parts.map(([channel, share]) => `${labels.concept('channels', channel)} ${sayShare(share)}`)
  return (
    <span className={classes.mix} title={words.join(', ')}>
      <span className={classes.mixBar} aria-hidden="true">
        {parts.map(([channel, share], index) => (
          <i key={channel} style={{ width: sayShare(share) }} data-shade={Math.min(index, 3)} />
        ))}
      </span>
      {full ? (
        <ul className={classes.mixWords}>
          {parts.map(([channel, share], index) => (
            <li key={channel}>
              <i data-shade={Math.min(index, 3)} aria-hidden="true" />
              {labels.concept('channels', channel)} <span className="num t2">{sayShare(share)}</span>
            </li>
          ))}
        </ul>
      ) : (
        <span className="clip f11 t3">{words.join(', ')}</span>
      )}
    </span>
  )
}
