import { IconAlertOctagon, IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'

import classes from './Finding.module.css'

export type Severity = 'block' | 'warning' | 'hint'

const ICON = { block: IconAlertOctagon, warning: IconAlertTriangle, hint: IconInfoCircle } as const
const WORD: Readonly<Record<Severity, string>> = { block: 'Blocks submission', warning: 'Warning', hint: 'Hint' }

interface FindingProps {
  readonly severity: Severity
  /** What is wrong, in a few words. */
  readonly title?: string
  /** Why, and what would settle it. */
  readonly children: ReactNode
  /** Id of the rule, shown small. */
  readonly rule?: string | undefined
  readonly actions?: ReactNode
  readonly selected?: boolean
}

/** One finding, under the text it concerns. */
export function Finding({ severity, title, children, rule, actions, selected = false }: FindingProps) {
  const Icon = ICON[severity]
  return (
    <div className={classes.finding} data-severity={severity} data-selected={selected || undefined}>
      <Icon size={16} stroke={1.5} role="img" aria-label={WORD[severity]} />
      <span className="grow">
        {title !== undefined && <b>{title} </b>}
        <span className="t2">{children}</span>
        {rule !== undefined && <span className="t2 f11"> {rule}</span>}
      </span>
      {actions !== undefined && <span className={classes.actions}>{actions}</span>}
    </div>
  )
}

/** How many of each, for rows: nothing is shown when there are none. */
export function FindingCounts({ block, warning, hint }: { readonly block: number; readonly warning: number; readonly hint: number }) {
  const counts: readonly [Severity, number][] = [
    ['block', block],
    ['warning', warning],
    ['hint', hint],
  ]
  return (
    <span className={classes.counts}>
      {counts
        .filter(([, count]) => count > 0)
        .map(([severity, count]) => {
          const Icon = ICON[severity]
          return (
            <span key={severity} className={classes.count} data-severity={severity} title={WORD[severity]}>
              <Icon size={14} stroke={1.5} role="img" aria-label={WORD[severity]} />
              {count}
            </span>
          )
        })}
    </span>
  )
}
