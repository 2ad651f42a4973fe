import { Link } from '@tanstack/react-router'

import { usePerson } from '@/app/session'
import { StateBadge } from '@/ui'

import type { Job } from './api'
import { CertificationForm } from './CertificationForm'
import classes from './review.module.css'
import { VerdictForm } from './VerdictForm'

/** The bar at the foot of the room: what this person may do about the job now, and otherwise why nothing. */
export function Dock({ job, onCertified }: { readonly job: Job; readonly onCertified: () => void }) {
  const person = usePerson()
  if (job.may.verdicts.length > 0) return <VerdictForm key={job.tasks.filter((it) => it.state === 'open').length} job={job} />
  if (job.may.certify) return <CertificationForm job={job} onCertified={onCertified} />
  return (
    <div className={classes.quietDock}>
      <StateBadge state={job.state === 'certified' ? 'approved' : job.state === 'cancelled' ? 'withdrawn' : job.state} />
      <span className="grow t2">{standing(job, person.roles.includes('signatory'))}</span>
      {job.may.resubmit && (
        <Link to="/content/$itemId" params={{ itemId: job.item.key }} search={{ locale: job.locale }} className={classes.primaryLink}>
          Open the draft
        </Link>
      )}
    </div>
  )
}

function standing(job: Job, isSignatory: boolean): string {
  switch (job.state) {
    case 'certified':
      return 'Certified. The certificate is its own tab above.'
    case 'cancelled':
      return `Cancelled. ${job.circulations.at(-1)?.reason ?? ''}`
    case 'revise-and-resubmit':
      return job.may.resubmit ? 'Sent back. Answer the comments in the draft, then submit it again with your reason.' : 'Sent back. It waits for the writer.'
    case 'in-review': {
      if (isSignatory && job.may.certifyRefusal !== undefined) return job.may.certifyRefusal
      const waiting = job.tasks.filter((it) => it.state === 'open').map((it) => it.discipline)
      return waiting.length > 0 ? `Nothing waits for you. It waits for ${waiting.join(', ')}.` : 'Nothing waits for you. It waits for a signatory.'
    }
  }
}
