import type { UseQueryResult } from '@tanstack/react-query'

import type { Schema } from '@/api/types'
import { consequenceOf } from '@/content/impact'
import { plural } from '@/content/words'

import classes from './editor.module.css'

/** Shown before the rest is counted. */
const NAMED = 5

/** What holds the item and leaves or is marked with it (RV-6): how many, and the first of them with where they are served. */
export function Impacted({ impact }: { readonly impact: UseQueryResult<Schema<'ImpactPreview'>> }) {
  if (impact.isPending) return <li role="status">Looking up what else holds it…</li>
  if (impact.isError) return <li role="alert">What else holds it could not be looked up: {problemText(impact.error)} It is marked all the same.</li>
  const { count, more, impacts } = impact.data
  if (count === 0) return <li>No other approved content holds it.</li>
  const named = impacts.slice(0, NAMED)
  const rest = count - new Set(named.map((it) => it.itemId)).size
  return (
    <li>
      <b className="m">
        {more ? 'At least ' : ''}
        {plural(count, 'item')} that {count === 1 ? 'holds' : 'hold'} it {count === 1 ? 'leaves or is' : 'leave or are'} marked as impacted
      </b>
      <ul className={classes.impacts}>
        {named.map((it) => (
          <li key={`${it.itemId} ${it.market} ${it.locale} ${it.relation}`}>
            <span className={classes.key}>{it.key}</span> {it.title}, {it.market} {it.locale}: {consequenceOf(it)}
          </li>
        ))}
        {rest > 0 && <li>and {plural(rest, 'more item')}{named.length === 0 ? ' of brands that you don’t work for' : ''}</li>}
      </ul>
    </li>
  )
}

function problemText(error: Error): string {
  return 'detail' in error && typeof error.detail === 'string' ? error.detail : error.message
}
