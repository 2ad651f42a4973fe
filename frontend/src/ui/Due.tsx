import type { ReactNode } from 'react'

import classes from './Due.module.css'

/** When something is due, at the right end of its row: soon and late stand out. */
export function Due({ tone, children }: { readonly tone: 'soon' | 'late' | undefined; readonly children: ReactNode }) {
  return (
    <span className={classes.due} data-tone={tone}>
      {children}
    </span>
  )
}
