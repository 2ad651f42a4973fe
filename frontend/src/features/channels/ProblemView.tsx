import { IconCircleOff } from '@tabler/icons-react'

import { Chip } from '@/ui'

import type { Preview } from './api'
import classes from './channels.module.css'
import { explainProblem } from './reasons'

/** No set: what the channel gets instead, and what that means. */
export function ProblemView({ status, problem }: { readonly status: number; readonly problem: Preview['problem'] }) {
  const explained = problem === undefined ? undefined : explainProblem(problem.code)
  return (
    <div className={classes.problem} role="status">
      <IconCircleOff size={20} stroke={1.5} aria-hidden="true" />
      <div className="grow">
        <h2>The channel shows nothing here</h2>
        <p>
          It gets <b className="num">{status}</b>
          {problem !== undefined && (
            <>
              {' '}
              <Chip mono tone="line">
                {problem.code}
              </Chip>
            </>
          )}
        </p>
        {problem !== undefined && (
          <blockquote>
            <b>{problem.title}</b>
            {problem.detail !== undefined && <p>{problem.detail}</p>}
            {problem.errors.map((it) => (
              <p key={`${it.path}/${it.code}`}>
                <span className="mono">{it.path}</span>: {it.message}
              </p>
            ))}
          </blockquote>
        )}
        {explained !== undefined && <p className="t2">{explained}</p>}
        {problem !== undefined && problem.traceId !== '' && (
          <p className="t3 f11">
            Trace <span className="mono">{problem.traceId}</span>
          </p>
        )}
      </div>
    </div>
  )
}
