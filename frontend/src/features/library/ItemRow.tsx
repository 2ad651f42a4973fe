import { useLabels } from '@/api/framework'
import type { Schema } from '@/api/types'
import { copyWords, isOpen } from '@/content/copies'
import { FindingCounts, Highlight, Row, sayAgo, StateMark } from '@/ui'

import classes from './Library.module.css'

/** One item in one locale: its state, what it is, where it stands, what is wrong, when it changed. */
export function ItemRow({ row, now }: { readonly row: Schema<'ItemRow'>; readonly now: Date }) {
  const labels = useLabels()
  return (
    <Row id={`${row.id}/${row.locale}`} columns="var(--library-columns)" tall={row.excerptHighlight !== undefined}>
      <StateMark state={row.state} />
      <span className={classes.key}>{row.key}</span>
      <span className={classes.title}>
        <span className="clip">{row.titleHighlight === undefined ? row.title : <Highlight text={row.titleHighlight} />}</span>
        <span className={classes.locale}>{row.locale}</span>
        {isOpen(row.copyOf) && <span className={classes.copy}>{copyWords(row.copyOf, row.locale)}</span>}
      </span>
      <span className="t3 f12 clip wide-only">
        {labels.type(row.type)}
        {row.brand !== undefined && ` · ${labels.brand(row.brand)}`}
      </span>
      <span className={classes.right}>
        <FindingCounts {...row.findings} />
        <Markets markets={row.markets} />
      </span>
      <span className={classes.when}>{sayAgo(new Date(row.updatedAt), now)}</span>
      {row.excerptHighlight !== undefined && (
        <span className={classes.excerpt}>
          <Highlight text={row.excerptHighlight} />
        </span>
      )}
    </Row>
  )
}

/** Each market with the shape of its state, as far as there is room. */
function Markets({ markets }: { readonly markets: Schema<'ItemRow'>['markets'] }) {
  const shown = markets.slice(0, 2)
  return (
    <span className={classes.markets}>
      {shown.map((it) => (
        <span key={it.market} className={classes.market}>
          <StateMark state={it.state} />
          {it.market}
        </span>
      ))}
      {markets.length > shown.length && <span className="t3 f12">+{markets.length - shown.length}</span>}
    </span>
  )
}
