import type { ReactNode } from 'react'

import classes from './StateBadge.module.css'

/** The states an item can be in, as the API writes them. */
export type ItemState =
  | 'draft'
  | 'in-review'
  | 'revise-and-resubmit'
  | 'approved'
  | 'effective'
  | 'superseded'
  | 'expired'
  | 'withdrawn'
  | 'impacted'

const WORDS: Readonly<Record<ItemState, string>> = {
  draft: 'Draft',
  'in-review': 'In review',
  'revise-and-resubmit': 'Revise and resubmit',
  approved: 'Approved',
  effective: 'Effective',
  superseded: 'Superseded',
  expired: 'Expired',
  withdrawn: 'Withdrawn',
  impacted: 'Impacted',
}

const TONE: Readonly<Record<ItemState, string>> = {
  draft: 'draft',
  'in-review': 'review',
  'revise-and-resubmit': 'review',
  approved: 'approved',
  effective: 'effective',
  superseded: 'draft',
  expired: 'expired',
  withdrawn: 'withdrawn',
  impacted: 'withdrawn',
}

// Each state has a shape of its own, so that nobody needs to see its colour.
const SHAPES: Readonly<Record<ItemState, ReactNode>> = {
  draft: <circle cx="8" cy="8" r="5.5" strokeDasharray="2.6 2.16" />,
  'in-review': (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" stroke="none" />
    </>
  ),
  'revise-and-resubmit': (
    <>
      <path d="M13.4 7A5.5 5.5 0 1 1 10.6 3.2" />
      <path d="M10 1l1.4 2.5L8.6 5" />
    </>
  ),
  approved: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M5.6 8.2l1.7 1.7 3.1-3.5" />
    </>
  ),
  effective: (
    <>
      <circle cx="8" cy="8" r="6.2" fill="currentColor" stroke="none" />
      <path d="M5.3 8.2l1.9 1.9 3.4-3.8" stroke="var(--bg-surface)" strokeWidth="1.7" />
    </>
  ),
  superseded: (
    <>
      <rect x="2.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M5.5 2.5h6a2 2 0 0 1 2 2v6" />
    </>
  ),
  expired: (
    <>
      <path d="M4.5 2.5h7M4.5 13.5h7" />
      <path d="M5.5 2.5c0 3 5 4 5 5.5s-5 2.5-5 5.5M10.5 2.5c0 3-5 4-5 5.5s5 2.5 5 5.5" />
    </>
  ),
  withdrawn: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M4.2 4.2l7.6 7.6" />
    </>
  ),
  impacted: (
    <>
      <path d="M8 2.2l6.2 11.3H1.8z" />
      <path d="M8 6.4v3.6M8 11.6v.4" />
    </>
  ),
}

/** Only the shape, for rows; its word is read aloud. */
export function StateMark({ state }: { readonly state: ItemState }) {
  return (
    <svg className={classes.mark} data-tone={TONE[state]} viewBox="0 0 16 16" role="img" aria-label={WORDS[state]}>
      <title>{WORDS[state]}</title>
      {SHAPES[state]}
    </svg>
  )
}

/** Shape and word. `children` replaces the word where more is known, for example "Effective in GB". */
export function StateBadge({ state, children }: { readonly state: ItemState; readonly children?: ReactNode }) {
  return (
    <span className={classes.badge} data-tone={TONE[state]}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        {SHAPES[state]}
      </svg>
      {children ?? WORDS[state]}
    </span>
  )
}

export function stateWord(state: ItemState): string {
  return WORDS[state]
}
