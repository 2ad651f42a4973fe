import { moment, shortMoment } from '@/content/times'
import { DISCIPLINE_WORDS, TASK_WORDS } from '@/content/words'

import type { ElectronicSignature, Job } from './api'
import classes from './review.module.css'
import { TaskMark } from './TaskMark'

const OUTCOMES = { certified: 'certified', revise: 'sent back', rejected: 'rejected', cancelled: 'cancelled' } as const

/** Where each discipline and the signatory stand. */
export function Progress({ job, meId, previous }: { readonly job: Job; readonly meId: string; readonly previous: Job['circulations'][number] | undefined }) {
  const waiting = job.tasks.filter((it) => it.state === 'open').map((it) => it.discipline)
  const certification = job.approval === undefined ? undefined : job.signatures.find((it) => it.id === job.approval?.signatureId)
  const open = job.annotations.filter((it) => it.required && !it.resolved).length
  return (
    <ul className={classes.progress} aria-label="Progress of the disciplines">
      {job.tasks.map((task) => (
        <li key={task.id}>
          <TaskMark state={task.state} size={24} />
          <div>
            <p>
              <b className="m">{DISCIPLINE_WORDS[task.discipline]}</b>
              {task.by !== undefined ? <span className="f12 t3"> · {task.by.id === meId ? 'you' : task.by.displayName}</span> : job.may.verdicts.includes(task.discipline) ? <span className="f12 t3"> · you</span> : null}
            </p>
            <p className={classes.taskWord} data-state={task.state} title={[task.at === undefined ? undefined : moment(task.at), task.comment].filter(Boolean).join(': ')}>
              {task.state === 'open' && job.may.verdicts.includes(task.discipline) ? 'Your verdict is asked for' : TASK_WORDS[task.state]}
              {task.at !== undefined && `, ${shortMoment(task.at)}`}
              {task.signature !== undefined && <Validity signature={task.signature} />}
            </p>
          </div>
        </li>
      ))}
      <li>
        <TaskMark state={job.approval === undefined ? 'open' : 'approve'} size={24} />
        <div>
          <p>
            <b className="m">Signatory</b>
            {job.approval !== undefined && (
              <span className="f12 t3" title={certification?.registrationNumber}>
                {' '}
                · {job.approval.certifiedBy.displayName}
              </span>
            )}
            {job.may.certify && <span className="f12 t3"> · you</span>}
          </p>
          <p className={classes.taskWord} data-state={job.approval === undefined ? 'open' : 'approve'}>
            {job.approval !== undefined
              ? `Certified, ${shortMoment(job.approval.approvedAt)}`
              : job.may.certify
                ? 'Your certification is asked for'
                : waiting.length > 0
                  ? `Waits for ${waiting.join(', ')}`
                  : job.state === 'in-review'
                    ? 'Waits for a signatory'
                    : 'Not asked'}
            {certification !== undefined && <Validity signature={certification} />}
          </p>
        </div>
      </li>
      <li className={classes.progressEnd}>
        <div>
          <p className="t2 f12">{open === 0 ? 'No required comment is open' : `${open} required ${open === 1 ? 'comment is' : 'comments are'} open`}</p>
          {previous !== undefined && (
            <p className="t3 f12" title={[previous.endedAt === undefined ? undefined : moment(previous.endedAt), previous.reason].filter(Boolean).join(': ')}>
              Circulation {previous.number}: {previous.outcome === undefined ? 'running' : OUTCOMES[previous.outcome]}
              {previous.endedAt === undefined ? '' : `, ${shortMoment(previous.endedAt)}`}
            </p>
          )}
        </div>
      </li>
    </ul>
  )
}

/** Whether a signature still fits the record it was given for (P11-1). */
export function Validity({ signature }: { readonly signature: ElectronicSignature }) {
  return signature.valid ? (
    <span className={classes.valid} title={`The signature fits the record. ${signature.printedName}: ${signature.meaning}`}>
      {' '}
      · signed, valid
    </span>
  ) : (
    <span className={classes.invalid} role="alert">
      {' '}
      · signature does not fit the record
    </span>
  )
}
