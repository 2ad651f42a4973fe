import classes from './channels.module.css'
import { sayPart } from './reasons'

/** What a score consists of; the bars are drawn to one scale, so that parts of different items can be compared. */
export function ScoreParts({ parts, score }: { readonly parts: Readonly<Record<string, number>>; readonly score: number }) {
  return (
    <details className={classes.parts}>
      <summary>Score in parts</summary>
      <dl>
        {Object.entries(parts).map(([part, value]) => (
          <div key={part}>
            <dt>{sayPart(part)}</dt>
            <dd>
              <i aria-hidden="true" style={{ inlineSize: `${Math.round(value * 200)}px` }} />
              {value.toFixed(3)}
            </dd>
          </div>
        ))}
        <div data-sum>
          <dt>Together</dt>
          <dd>{score.toFixed(3)}</dd>
        </div>
      </dl>
    </details>
  )
}
