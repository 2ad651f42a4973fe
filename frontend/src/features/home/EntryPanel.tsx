import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconCheck, IconCircleDashed, IconX } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'

import { useLabels } from '@/api/framework'
import { itemQuery } from '@/api/items'
import type { Schema } from '@/api/types'
import { hasRole, usePerson } from '@/app/session'
import { causeOf, consequenceOf } from '@/content/impact'
import { PublishDialog } from '@/content/PublishDialog'
import { Button, daysUntil, ErrorState, Facts, Finding, LoadingRows, PanelActions, PanelHead, PanelSection, sayDate, sayMoment, StateBadge, StateMark, useActions } from '@/ui'

import { draftFindingsQuery } from './api'
import type { Entry } from './entries'
import classes from './MyWorkScreen.module.css'

interface EntryPanelProps {
  readonly entry: Entry
  readonly now: Date
  readonly onOpen: () => void
}

/** What the chosen entry is, what follows from it, and its one primary action. */
export function EntryPanel({ entry, now, onOpen }: EntryPanelProps) {
  switch (entry.kind) {
    case 'review':
    case 'certification':
    case 'sent-back':
      return <JobPanel kind={entry.kind} job={entry.job} onOpen={onOpen} />
    case 'draft':
      return <DraftPanel row={entry.row} onOpen={onOpen} />
    case 'brief':
      return <BriefPanel row={entry.row} onOpen={onOpen} />
    case 'strategy': {
      const { name, number, createdBy, createdAt } = entry.work
      return (
        <>
          <PanelHead eyebrow={<span>Strategy, version {number}</span>} title={name} />
          <PanelSection>
            <Facts facts={[['Written by', createdBy.displayName], ['Stored', sayMoment(new Date(createdAt))]]} />
          </PanelSection>
          <PanelSection title="What it asks of you" grow>
            <p className="t2">Read its objectives, then approve it with your signature. Somebody other than its author approves a version; until then it can&apos;t be activated.</p>
          </PanelSection>
          <OpenBar label="Open the version" onOpen={onOpen} />
        </>
      )
    }
    case 'publish':
      return <PublishPanel item={entry.work.item} approval={entry.work.approval} onOpen={onOpen} />
    case 'expiry': {
      const days = daysUntil(entry.due, now)
      return (
        <>
          <PanelHead eyebrow={<><Code>{entry.work.item.key}</Code><StateBadge state="effective">Effective in {entry.work.market}</StateBadge></>} title={entry.work.item.title} />
          <PanelSection>
            <Facts facts={[['Market', entry.work.market], ['Locale', entry.work.locale], ['Expires', `${sayDate(entry.due)}, in ${days} ${days === 1 ? 'day' : 'days'}`]]} />
          </PanelSection>
          <PanelSection title="If nothing happens" grow>
            <p className="t2">Channels in {entry.work.market} stop showing it on that day. To renew it, start a draft and submit it for review; to retire it early, withdraw it.</p>
          </PanelSection>
          <OpenBar label="Open the item" onOpen={onOpen} />
        </>
      )
    }
    case 'recall':
      return (
        <>
          <PanelHead eyebrow={<><Code>{entry.work.item.key}</Code><StateBadge state="withdrawn" /></>} title={entry.work.item.title}>
            <div className={classes.reason}>
              <p>
                <b>
                  {entry.work.channels - entry.work.confirmed} of {entry.work.channels} channels have not confirmed
                </b>{' '}
                that it is gone.
              </p>
              <p className="t2">Withdrawn {sayMoment(new Date(entry.work.withdrawnAt))}. The recall says which channels, whether they were told, and lets you remind them or confirm for them.</p>
            </div>
          </PanelHead>
          <OpenBar label="Open the recall" onOpen={onOpen} />
        </>
      )
    case 'impact': {
      const { work } = entry
      return (
        <>
          <PanelHead eyebrow={<><Code>{work.key}</Code><StateBadge state="impacted" /></>} title={work.title}>
            <div className={classes.reason}>
              <p>
                <b>{causeOf(work)}</b>, {sayMoment(new Date(work.impactedAt))}
              </p>
              {work.reason !== undefined && <p className="t2">{work.reason}</p>}
            </div>
          </PanelHead>
          <PanelSection>
            <Facts facts={[['Market', work.market], ['Locale', work.locale], ['Holds', <Code key="part">{work.partKey}</Code>]]} />
          </PanelSection>
          <PanelSection title="What follows" grow>
            <p className="t2">It {consequenceOf(work)}. Start a draft without it or with its successor, and submit that for review.</p>
          </PanelSection>
          <OpenBar label="Open the item" onOpen={onOpen} />
        </>
      )
    }
    case 'withdrawal':
      return (
        <>
          <PanelHead eyebrow={<><Code>{entry.work.item.key}</Code><StateBadge state="withdrawn" /></>} title={entry.work.item.title}>
            <div className={classes.reason}>
              <p>
                <b>Withdrawn {sayMoment(new Date(entry.work.withdrawnAt))}</b> by {entry.work.withdrawnBy.displayName}
              </p>
              <p className="t2">{entry.work.reason}</p>
            </div>
          </PanelHead>
          <WithdrawalReach itemId={entry.work.item.id} />
          <OpenBar label="Open the item" onOpen={onOpen} />
        </>
      )
  }
}

/** Where it had been published, and what still points to it: the two things a withdrawal leaves to people. */
function WithdrawalReach({ itemId }: { readonly itemId: string }) {
  const item = useQuery(itemQuery(itemId))
  if (item.isPending) return <LoadingRows label="Loading where it was published" rows={4} />
  if (item.isError) return <ErrorState error={item.error} onRetry={() => void item.refetch()} />
  const ended = item.data.locales.flatMap((it) => it.publications).filter((it) => it.state === 'withdrawn')
  return (
    <>
      <PanelSection title="Taken from channels" aside={`${ended.length} ${ended.length === 1 ? 'publication' : 'publications'}`}>
        <ul className={classes.tasks}>
          {ended.map((it) => (
            <li key={it.id}>
              <StateMark state="withdrawn" />
              <span>
                {it.market}, {it.locale} <span className="t3 f12">version {it.version}, {it.jobCode}</span>
              </span>
              <span className="t3 f12">{it.endedAt === undefined ? '' : sayMoment(new Date(it.endedAt))}</span>
            </li>
          ))}
        </ul>
        <p className="t2">No channel gets it any more. Check what you have sent or printed yourself.</p>
      </PanelSection>
      <PanelSection title="Still pointing to it" aside={`${item.data.usedIn.length} ${item.data.usedIn.length === 1 ? 'item' : 'items'}`} grow>
        {item.data.usedIn.length === 0 && <p className="t2">Nothing else uses it.</p>}
        <ul>
          {item.data.usedIn.map((it) => (
            <li key={`${it.id}${it.relation}`} className="row">
              <Code>{it.key}</Code>
              <Link to={`/content/${it.key}` as string} className="link clip">
                {it.title}
              </Link>
            </li>
          ))}
        </ul>
      </PanelSection>
    </>
  )
}

const VERDICT_WORDS: Readonly<Record<Schema<'TaskState'>, string>> = {
  open: 'not yet',
  approve: 'approved',
  'approve-with-changes': 'approved with changes',
  'revise-and-resubmit': 'revise and resubmit',
  reject: 'rejected',
}

function JobPanel({ kind, job, onOpen }: { readonly kind: 'review' | 'certification' | 'sent-back'; readonly job: Schema<'JobRow'>; readonly onOpen: () => void }) {
  const labels = useLabels()
  const done = job.tasks.filter((it) => it.state !== 'open').length
  return (
    <>
      <PanelHead
        eyebrow={
          <>
            <Code>{job.code}</Code>
            <StateBadge state={job.state === 'revise-and-resubmit' ? 'revise-and-resubmit' : 'in-review'} />
            <span className="end">circulation {job.circulation}</span>
          </>
        }
        title={job.item.title}
      />
      <PanelSection>
        <Facts
          facts={[
            ['Item', <><Code>{job.item.key}</Code> version {job.version}</>],
            ['Type', labels.type(job.item.type)],
            ['Kind', labels.kind(job.item.kind)],
            ['Brand', labels.brand(job.item.brand)],
            ['Market', `${labels.market(job.market)}, ${job.locale}`],
            ['To read', job.changedBlocks === job.totalBlocks ? `All ${job.totalBlocks} blocks are new` : `${job.changedBlocks} of ${job.totalBlocks} blocks changed`],
            ['Due', job.dueAt === undefined ? 'No due date' : sayMoment(new Date(job.dueAt))],
          ]}
        />
      </PanelSection>
      <PanelSection title="Disciplines" aside={`${done} of ${job.tasks.length} done`} grow>
        <ul className={classes.tasks}>
          {job.tasks.map((task) => (
            <li key={task.discipline}>
              <TaskMark state={task.state} />
              <span>{sentence(task.discipline)}</span>
              <span className="t3 f12">{VERDICT_WORDS[task.state]}</span>
            </li>
          ))}
        </ul>
      </PanelSection>
      <OpenBar label={kind === 'sent-back' ? 'Open the draft' : kind === 'certification' ? 'Open and certify' : 'Open the review'} onOpen={onOpen} />
    </>
  )
}

function TaskMark({ state }: { readonly state: Schema<'TaskState'> }) {
  switch (state) {
    case 'open':
      return <IconCircleDashed size={16} stroke={1.5} color="var(--draft-mark)" aria-hidden="true" />
    case 'approve':
    case 'approve-with-changes':
      return <IconCheck size={16} stroke={1.75} color="var(--ok-mark)" aria-hidden="true" />
    case 'revise-and-resubmit':
    case 'reject':
      return <IconX size={16} stroke={1.75} color="var(--block-mark)" aria-hidden="true" />
  }
}

function DraftPanel({ row, onOpen }: { readonly row: Schema<'ItemRow'>; readonly onOpen: () => void }) {
  const labels = useLabels()
  const findings = useQuery(draftFindingsQuery(row.id, row.locale))
  return (
    <>
      <PanelHead eyebrow={<><Code>{row.key}</Code><StateBadge state={row.state} /><span className="end">{row.locale}</span></>} title={row.title} />
      <PanelSection>
        <Facts
          facts={[
            ['Type', labels.type(row.type)],
            ['Kind', labels.kind(row.kind)],
            ['Brand', labels.brand(row.brand)],
            ['Edited', `${sayMoment(new Date(row.updatedAt))}, ${row.updatedBy.displayName}`],
          ]}
        />
      </PanelSection>
      <PanelSection title="Findings of the pre-check" grow>
        {findings.isPending && <LoadingRows label="Loading the findings" rows={3} />}
        {findings.isError && <ErrorState error={findings.error} onRetry={() => void findings.refetch()} />}
        {findings.data !== undefined && (
          <div className={classes.findings}>
            {findings.data.findings.length === 0 && <p className="t2">Nothing stands in the way of submission.</p>}
            {findings.data.findings.slice(0, 8).map((it) => (
              <Finding key={`${it.code}${it.path}${it.message}`} severity={it.severity} rule={it.rule}>
                {it.message}
              </Finding>
            ))}
            {findings.data.findings.length > 8 && <p className="t3 f12">{findings.data.findings.length - 8} more in the editor</p>}
          </div>
        )}
      </PanelSection>
      <OpenBar label="Open the draft" onOpen={onOpen} />
    </>
  )
}

function BriefPanel({ row, onOpen }: { readonly row: Schema<'BriefRow'>; readonly onOpen: () => void }) {
  const labels = useLabels()
  return (
    <>
      <PanelHead eyebrow={<span>{row.state === 'in-work' ? 'Brief, draft started' : 'Brief, not started'}</span>} title={row.title} />
      <PanelSection>
        <Facts
          facts={[
            ['Audience', labels.concept('audiences', row.audience)],
            ['Stage', labels.concept('stages', row.stage)],
            ['Need', labels.concept('needs', row.need)],
            ['Brand', labels.brand(row.brand)],
            ['Market', labels.market(row.market)],
            ['Due', `${sayDate(new Date(`${row.dueOn}T00:00:00`))}${row.overdue ? ', late' : ''}`],
          ]}
        />
      </PanelSection>
      <PanelSection title="What it asks for" grow>
        <p className="t2">The brief names key messages and the approved claims and modules to rest on. {row.state === 'open' && 'Start the draft from it, and they are filled in.'}</p>
      </PanelSection>
      <OpenBar label="Open the brief" onOpen={onOpen} />
    </>
  )
}

function PublishPanel({ item, approval, onOpen }: { readonly item: Schema<'ItemName'>; readonly approval: Schema<'Approval'>; readonly onOpen: () => void }) {
  const person = usePerson()
  const [asking, setAsking] = useState(false)
  const may = hasRole(person, 'writer', 'signatory', 'regulatory-reviewer', 'channel-manager')
  const run = () => setAsking(true)
  useActions('Chosen work', [{ label: 'Publish', keys: 'mod+Enter', disabled: !may, run }])
  return (
    <>
      <PanelHead eyebrow={<><Code>{approval.jobCode}</Code><StateBadge state="approved">Approved for {approval.market}</StateBadge></>} title={item.title} />
      <PanelSection>
        <Facts
          facts={[
            ['Item', <><Code>{item.key}</Code> version {approval.versionNumber}, {approval.locale}</>],
            ['Certified', `${sayMoment(new Date(approval.approvedAt))}, ${approval.certifiedBy.displayName}`],
            ['Valid', `${sayDate(new Date(approval.validFrom))} until ${sayDate(new Date(approval.validUntil))}`],
            ['Prepared', approval.dateOfPreparation],
          ]}
        />
      </PanelSection>
      <PanelSection title="What publishing will cause" grow>
        <p className="t2">
          Channels in {approval.market} get version {approval.versionNumber} in {approval.locale} at once. A version published there before is superseded. You can withdraw it at any time, with a reason.
        </p>
      </PanelSection>
      {asking && <PublishDialog approval={approval} onClose={() => setAsking(false)} />}
      <PanelActions>
        <Button
          variant="primary"
          size="lg"
          className={classes.primary}
          keys="mod+Enter"
          disabledReason={may ? undefined : 'Writers, signatories, regulatory reviewers and channel managers publish.'}
          onClick={run}
        >
          Publish in {approval.market}…
        </Button>
        <Button size="lg" onClick={onOpen}>
          Open
        </Button>
      </PanelActions>
    </>
  )
}

function OpenBar({ label, onOpen }: { readonly label: string; readonly onOpen: () => void }) {
  useActions('Chosen work', [{ label, keys: 'mod+Enter', run: onOpen }])
  return (
    <PanelActions>
      <Button variant="primary" size="lg" className={classes.primary} keys="mod+Enter" onClick={onOpen}>
        {label}
      </Button>
    </PanelActions>
  )
}

function Code({ children }: { readonly children: ReactNode }) {
  return <span className="mono">{children}</span>
}

function sentence(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
