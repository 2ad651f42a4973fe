import type { ReactNode } from 'react'

import classes from './bars.module.css'

/** What narrows a screen, under its top bar. A child of the class `end` stands at the right. */
export function FilterBar({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={classes.filters} role="group" aria-label={label}>
      {children}
    </div>
  )
}

/** Names of the columns over rows of the same `columns`. Rows say what they are by themselves, so readers of the screen are spared them. */
export function ColumnHeads({ columns, children }: { readonly columns: string; readonly children: ReactNode }) {
  return (
    <div className={classes.columns} style={{ gridTemplateColumns: columns }} aria-hidden="true">
      {children}
    </div>
  )
}

/** One sentence about the whole screen, over its content; an alert is read out at once. */
export function Notice({ role = 'status', children }: { readonly role?: 'status' | 'alert'; readonly children: ReactNode }) {
  return (
    <div className={classes.notice} role={role}>
      {children}
    </div>
  )
}
