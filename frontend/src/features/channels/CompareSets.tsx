import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { Chip, ErrorState, LoadingRows } from '@/ui'

import { contentSetQuery, type Context, type Preview } from './api'
import { compareSets, sayComparison, type Entry, type Fate } from './compare'
import classes from './compareSets.module.css'
import { SLOT_WORDS } from './reasons'

export interface Side {
  readonly channelId: string
  readonly where: string
  readonly context: Context
}

/** Two sets beside each other, slot by slot: what only one of them has stands out. */
export function CompareSets({ left, right }: { readonly left: Side; readonly right: Side }) {
  const a = useQuery(contentSetQuery(left.channelId, left.context))
  const b = useQuery(contentSetQuery(right.channelId, right.context))
  const failed = [a, b].find((it) => it.isError)
  if (failed !== undefined) return <ErrorState error={failed.error} kept="Both contexts above are kept." onRetry={() => void Promise.all([a.refetch(), b.refetch()])} />
  if (a.data === undefined || b.data === undefined) return <LoadingRows label="Composing both sets" rows={9} />
  const comparison = compareSets(a.data.set, b.data.set)
  return (
    <section className={classes.page} aria-label="Comparison" data-stale={a.isPlaceholderData || b.isPlaceholderData || undefined}>
      <div role="status">
        <h2 className="answer">{sayComparison(comparison)}</h2>
      </div>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <td />
              <SideHead mark="A" side={left} preview={a.data} />
              <SideHead mark="B" side={right} preview={b.data} />
            </tr>
          </thead>
          <tbody>
            {comparison.slots.map((slot) => (
              <tr key={slot.name}>
                <th scope="row">{SLOT_WORDS[slot.name] ?? slot.name}</th>
                <Cell entries={slot.left} other="B" />
                <Cell entries={slot.right} other="A" />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function SideHead({ mark, side, preview }: { readonly mark: string; readonly side: Side; readonly preview: Preview }) {
  const sequence = preview.headers.contentSequence
  return (
    <th scope="col">
      {mark}, {side.where}
      <span className="t3 num">
        {preview.set === undefined
          ? `the channel gets ${preview.status}${preview.problem === undefined ? '' : `: ${preview.problem.title}`}`
          : `${preview.set.slots.reduce((sum, it) => sum + it.items.length, 0)} items${sequence === undefined ? '' : `, sequence ${sequence.toLocaleString('en-GB')}`}`}
      </span>
    </th>
  )
}

function Cell({ entries, other }: { readonly entries: readonly Entry[]; readonly other: string }) {
  return (
    <td>
      {entries.length === 0 ? (
        <p className="t3">Empty</p>
      ) : (
        <ol>
          {entries.map((it) => (
            <li key={it.id} data-fate={it.fate.is}>
              <span className={classes.title}>{it.title}</span>
              <span className={classes.meta}>
                <Link to={`/content/${it.key}` as string} className="link">
                  {it.key}
                </Link>{' '}
                <span className="num">
                  v{it.version}
                  {it.score === undefined ? '' : `, score ${it.score.toFixed(2)}`}
                </span>
                {it.fate.is !== 'same' && <Chip tone={it.fate.is === 'only' ? 'accent' : 'warn'}>{sayFate(it.fate, other)}</Chip>}
              </span>
            </li>
          ))}
        </ol>
      )}
    </td>
  )
}

function sayFate(fate: Exclude<Fate, { readonly is: 'same' }>, other: string): string {
  switch (fate.is) {
    case 'only':
      return `Not in ${other}`
    case 'version':
      return `v${fate.other} in ${other}`
    case 'slot':
      return `${SLOT_WORDS[fate.other] ?? fate.other} in ${other}`
  }
}
