import { DISCIPLINE_WORDS, TASK_WORDS } from '@/content/words'

import type { JobRow, ReviewTask } from './api'
import classes from './review.module.css'

type TaskState = ReviewTask['state']

// A shape for each state, so that nobody needs to see its colour.
const SHAPES: Readonly<Record<TaskState, string>> = {
  open: 'M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11',
  approve: 'M5.3 8.2l1.9 1.9 3.4-3.8',
  'approve-with-changes': 'M5.3 8.2l1.9 1.9 3.4-3.8',
  'revise-and-resubmit': 'M13.4 7A5.5 5.5 0 1 1 10.6 3.2M10 1l1.4 2.5L8.6 5',
  reject: 'M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8',
}

/** The shape of a verdict. Its word stands beside it or is read aloud. */
export function TaskMark({ state, size = 16, label }: { readonly state: TaskState; readonly size?: number; readonly label?: string }) {
  const filled = state === 'approve' || state === 'reject'
  return (
    <svg className={classes.taskMark} data-state={state} width={size} height={size} viewBox="0 0 16 16" {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}>
      {state !== 'revise-and-resubmit' && state !== 'open' && <circle cx="8" cy="8" r={filled ? 6.2 : 5.5} fill={filled ? 'currentColor' : 'none'} />}
      <path d={SHAPES[state]} {...(state === 'open' ? { strokeDasharray: '2.6 2.16' } : filled ? { stroke: 'var(--bg-surface)', strokeWidth: 1.7 } : {})} />
    </svg>
  )
}

/** Where each discipline stands, in a row of a list. */
export function TaskMarks({ tasks }: { readonly tasks: JobRow['tasks'] }) {
  return (
    <span className="row">
      {tasks.map((it) => (
        <span key={it.discipline} className={classes.taskShort} title={`${DISCIPLINE_WORDS[it.discipline]}: ${TASK_WORDS[it.state]}`}>
          <TaskMark state={it.state} label={`${DISCIPLINE_WORDS[it.discipline]}: ${TASK_WORDS[it.state]}`} />
          <span aria-hidden="true">{DISCIPLINE_WORDS[it.discipline].slice(0, 3)}</span>
        </span>
      ))}
    </span>
  )
}
