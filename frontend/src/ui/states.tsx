import { IconAlertTriangle, IconCheck, IconCloudOff, IconLoader2 } from '@tabler/icons-react'
import { useEffect, useState, type ReactNode } from 'react'

import { Button } from './Button'
import classes from './states.module.css'

/** Nothing is here: one sentence why, one button what to do. */
export function EmptyState({ icon, title, children, action }: { readonly icon?: ReactNode; readonly title: string; readonly children?: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className={classes.empty} data-empty="">
      {icon !== undefined && (
        <span className={classes.ring} aria-hidden="true">
          {icon}
        </span>
      )}
      <div className="grow">
        <p className="m">{title}</p>
        {children !== undefined && <p className="t2 f12">{children}</p>}
      </div>
      {action}
    </div>
  )
}

interface ErrorStateProps {
  /** A `Problem` of the API, or anything else that was thrown. */
  readonly error: unknown
  readonly onRetry?: (() => void) | undefined
  /** What is safe in spite of it, for example "Your text is kept on this device." */
  readonly kept?: string
}

/** What failed, what is kept, and a way to try again. */
export function ErrorState({ error, onRetry, kept }: ErrorStateProps) {
  const { title, detail, fields, traceId } = describeError(error)
  return (
    <div className={classes.error} role="alert">
      <IconAlertTriangle size={18} stroke={1.5} aria-hidden="true" />
      <div className="grow">
        <p className="b">{title}</p>
        {detail !== undefined && <p className="t2">{detail}</p>}
        {fields.length > 0 && (
          <ul className={classes.fields}>
            {fields.map(({ path, message }) => (
              <li key={`${path} ${message}`}>
                {message} {path !== '' && <span className="t3 f12">{path}</span>}
              </li>
            ))}
          </ul>
        )}
        {kept !== undefined && <p className="t2">{kept}</p>}
        {traceId !== undefined && (
          <p className="t3 f11">
            Trace <span className="mono">{traceId}</span>
          </p>
        )}
      </div>
      {onRetry !== undefined && <Button onClick={onRetry}>Retry</Button>}
    </div>
  )
}

/** Part of the answer is there. Says which part, never pretends that the rest is empty. */
export function IncompleteState({ children, onRetry }: { readonly children: ReactNode; readonly onRetry?: () => void }) {
  return (
    <div className={classes.incomplete} role="status">
      <IconAlertTriangle size={14} stroke={1.5} aria-hidden="true" />
      <span className="grow">{children}</span>
      {onRetry !== undefined && <Button onClick={onRetry}>Retry</Button>}
    </div>
  )
}

const MOST_FIELDS = 8

/** A refusal says which fields it is about: without them nobody could put them right. */
function describeError(error: unknown): { title: string; detail?: string; fields: readonly { path: string; message: string }[]; traceId?: string } {
  if (typeof error !== 'object' || error === null) return { title: 'Something failed', detail: String(error), fields: [] }
  const problem = error as { title?: unknown; detail?: unknown; traceId?: unknown; message?: unknown; errors?: unknown }
  const title = typeof problem.title === 'string' ? problem.title : 'Something failed'
  const detail = typeof problem.detail === 'string' ? problem.detail : problem.title === undefined ? problem.message : undefined
  const errors = Array.isArray(problem.errors) ? (problem.errors as readonly { path: string; message: string }[]) : []
  return {
    title,
    fields: errors.slice(0, MOST_FIELDS).map((it) => ({ path: it.path.replace(/^\/(document\/)?/, '').replaceAll('/', ' › '), message: it.message })),
    ...(typeof detail === 'string' && detail !== title ? { detail } : {}),
    ...(typeof problem.traceId === 'string' ? { traceId: problem.traceId } : {}),
  }
}

/** Grey bars at row height. They wait 300 ms, because a short flash disturbs more than it tells. */
export function LoadingRows({ label, rows = 8 }: { readonly label: string; readonly rows?: number }) {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = window.setTimeout(() => setShown(true), 300)
    return () => window.clearTimeout(timer)
  }, [])
  return (
    <div role="status" aria-label={label} className={classes.loading}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={classes.loadingRow} aria-hidden="true">
          {shown && <span className={classes.grey} style={{ width: `${30 + ((index * 37) % 45)}%` }} />}
        </div>
      ))}
      {shown && <span className="sr">{label}</span>}
    </div>
  )
}

/** Where what someone typed stands right now. */
export type Saving =
  | { readonly kind: 'empty' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly at: Date; readonly revision?: number }
  | { readonly kind: 'failed'; readonly onRetry: () => void }
  | { readonly kind: 'offline'; readonly changes: number }

const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** Tells the autosave's state in words. Never disappears while it could matter. */
export function SavedIndicator({ saving }: { readonly saving: Saving }) {
  switch (saving.kind) {
    case 'empty':
      return <span className={classes.saved}>Nothing typed yet</span>
    case 'saving':
      return (
        <span className={classes.saved} role="status">
          <IconLoader2 size={14} stroke={1.5} aria-hidden="true" />
          Saving…
        </span>
      )
    case 'saved':
      return (
        <span
          className={classes.saved}
          role="status"
          title={saving.revision === undefined ? undefined : `Revision ${saving.revision}, ${TIME.format(saving.at)}`}
        >
          <IconCheck size={14} stroke={1.75} className={classes.ok} aria-hidden="true" />
          Saved {TIME.format(saving.at)}
        </span>
      )
    case 'failed':
      return (
        <span className={classes.saved} role="alert" data-tone="block">
          <IconAlertTriangle size={14} stroke={1.5} aria-hidden="true" />
          Not saved, kept on this device
          <Button variant="quiet" onClick={saving.onRetry}>
            Retry
          </Button>
        </span>
      )
    case 'offline':
      return (
        <span className={classes.saved} role="status" data-tone="warn">
          <IconCloudOff size={14} stroke={1.5} aria-hidden="true" />
          Offline, {saving.changes} {saving.changes === 1 ? 'change' : 'changes'} kept
        </span>
      )
  }
}
