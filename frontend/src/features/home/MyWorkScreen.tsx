import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { IconFlag, IconInbox, IconPencil, IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'

import { useLabels } from '@/api/framework'
import { hasRole, usePerson } from '@/app/session'
import { Button, daysUntil, Due, EmptyState, ErrorState, FindingCounts, Kbd, KeyBar, LoadingRows, Row, RowGroup, Rows, sayAgo, sayDay, sayMoment, SplitPage, StateMark, Tabs, TopBar, useActions, useNow } from '@/ui'

import type { Schema } from '@/api/types'
import { causeOf } from '@/content/impact'

import { myWorkQuery } from './api'
import { EntryPanel } from './EntryPanel'
import { addressOf, countOf, inView, nextDue, sectionsOf, type Entry, type Section, type View } from './entries'
import { ExpiryStrip } from './ExpiryStrip'
import classes from './MyWorkScreen.module.css'

const route = getRouteApi('/signed-in/')
const COLUMNS = '16px 104px minmax(140px, 1fr) fit-content(240px) minmax(96px, auto)'

/** What must I do next, and what happens if I don't. */
export function MyWorkScreen() {
  const { view = 'everything', chosen } = route.useSearch()
  const navigate = useNavigate()
  const person = usePerson()
  const now = useNow()
  const work = useQuery(myWorkQuery)

  const all = work.data === undefined ? [] : sectionsOf(work.data)
  const sections = inView(all, view, now)
  const entries = sections.flatMap((it) => it.entries)
  // Without a choice in the address the most urgent one is shown; the address stays as it is.
  const current = entries.find((it) => it.id === chosen) ?? entries[0]

  const choose = (id: string) => void navigate({ to: '/', search: { view: view === 'everything' ? undefined : view, chosen: id }, replace: true })
  const open = (entry: Entry | undefined) => entry !== undefined && void navigate(addressOf(entry) as never)
  const mayWrite = hasRole(person, 'writer')
  const create = () => void navigate({ to: '/content', search: { dialog: 'new' } })

  const due = nextDue(sections)
  const draft = sections.find((it) => it.key === 'drafts')?.entries[0]
  const brief = sections.find((it) => it.key === 'briefs')?.entries[0]
  useActions('My work', [
    { label: 'Choose the next due', keys: 'n', disabled: due === undefined, run: () => due !== undefined && choose(due.id) },
    { label: 'Open the next draft', keys: 'd', disabled: draft === undefined, run: () => open(draft) },
    { label: 'Open the next brief', keys: 'b', disabled: brief === undefined, run: () => open(brief) },
    { label: 'New item', keys: 'c', icon: <IconPlus stroke={1.5} aria-hidden="true" />, disabled: !mayWrite, run: create },
  ])

  const count = (it: View) => (work.data === undefined ? undefined : countOf(inView(all, it, now)))
  return (
    <>
      <TopBar
        title="My work"
        tabs={
          <Tabs
            label="Views"
            current={view}
            onChange={(key) => void navigate({ to: '/', search: { view: key === 'everything' ? undefined : (key as View) } })}
            tabs={[
              { key: 'everything', label: 'Everything', count: count('everything') },
              { key: 'due', label: 'Due this week', count: count('due') },
              { key: 'reviews', label: 'Reviews', count: count('reviews') },
              { key: 'drafts', label: 'Drafts', count: count('drafts') },
            ]}
          />
        }
        actions={
          <>
            <span className="f12 t3 wide-only">{sayMoment(now)}</span>
            {mayWrite && (
            <Button variant="primary" icon={<IconPlus size={16} stroke={1.75} aria-hidden="true" />} keys="c" onClick={create}>
              New
            </Button>
            )}
          </>
        }
      />
      <SplitPage
        panelLabel="Chosen work"
        {...(entries.length === 0 ? {} : { panel: current === undefined ? null : <EntryPanel key={current.id} entry={current} now={now} onOpen={() => open(current)} /> })}
        footer={
          <KeyBar
            hints={[
              { keys: ['j', 'k'], label: 'move' },
              { keys: ['Enter'], label: 'open' },
              { keys: ['n'], label: 'next due' },
              { keys: ['d'], label: 'next draft' },
              { keys: ['b'], label: 'next brief' },
              { keys: ['?'], label: 'all keys' },
            ]}
            {...(work.data === undefined ? {} : { note: `Updated ${sayAgo(new Date(work.dataUpdatedAt), now)}` })}
          />
        }
      >
        {work.isPending && <LoadingRows label="Loading your work" rows={12} />}
        {work.isError && <ErrorState error={work.error} onRetry={() => void work.refetch()} {...(work.data === undefined ? {} : { kept: 'What you see below may be a few minutes old.' })} />}
        {work.data !== undefined && sections.length === 0 && <NothingToDo view={view} mayWrite={mayWrite} onCreate={create} onLibrary={() => void navigate({ to: '/content', search: {} })} />}
        {sections.length > 0 && (
          <Rows label="My work" selected={current?.id} onSelect={choose} onOpen={(id) => open(entries.find((it) => it.id === id))}>
            {sections.map((section) => (
              <WorkSection key={section.key} section={section} now={now} />
            ))}
          </Rows>
        )}
      </SplitPage>
    </>
  )
}

function NothingToDo({ view, mayWrite, onCreate, onLibrary }: { readonly view: View; readonly mayWrite: boolean; readonly onCreate: () => void; readonly onLibrary: () => void }) {
  return (
    <EmptyState
      icon={<IconInbox stroke={1.5} />}
      title={view === 'everything' ? 'Nothing waits for you.' : 'Nothing in this view.'}
      action={mayWrite ? <Button onClick={onCreate}>New item</Button> : <Button onClick={onLibrary}>Open the library</Button>}
    >
      Reviews, drafts, briefs, approvals to publish and content that expires within 90 days appear here by themselves.
    </EmptyState>
  )
}

function WorkSection({ section, now }: { readonly section: Section; readonly now: Date }) {
  return (
    <RowGroup
      title={section.title}
      count={section.entries.length}
      tone={section.key === 'withdrawals' || section.key === 'recalls' ? 'alert' : 'plain'}
      action={
        section.key === 'drafts' ? (
          <>
            Open next <Kbd keys="d" />
          </>
        ) : section.key === 'briefs' ? (
          <>
            Open next <Kbd keys="b" />
          </>
        ) : undefined
      }
      before={section.key === 'expiring' ? <ExpiryStrip entries={section.entries} now={now} /> : undefined}
    >
      {section.entries.map((entry) => (
        <Row key={entry.id} id={entry.id} columns={COLUMNS}>
          <EntryCells entry={entry} now={now} />
        </Row>
      ))}
    </RowGroup>
  )
}

function EntryCells({ entry, now }: { readonly entry: Entry; readonly now: Date }) {
  switch (entry.kind) {
    case 'review':
    case 'certification':
    case 'sent-back': {
      const { job } = entry
      return (
        <Cells
          mark={<StateMark state={job.state === 'revise-and-resubmit' ? 'revise-and-resubmit' : 'in-review'} />}
          id={job.code}
          title={job.item.title}
          meta={job.changedBlocks === job.totalBlocks ? `new, ${job.totalBlocks} blocks` : `${job.changedBlocks} of ${job.totalBlocks} blocks`}
          due={entry.due === undefined ? 'no due date' : sayDay(entry.due, now)}
          hot={entry.due !== undefined && daysUntil(entry.due, now) <= 1 && 'late'}
        />
      )
    }
    case 'draft': {
      const { row } = entry
      const { block, warning, hint } = row.findings
      return (
        <Cells
          mark={<StateMark state={row.state} />}
          id={row.key}
          title={row.title}
          locale={row.locale}
          meta={block + warning + hint === 0 ? <span className={classes.clean}>clean</span> : <FindingCounts block={block} warning={warning} hint={hint} />}
          due={sayAgo(new Date(row.updatedAt), now)}
        />
      )
    }
    case 'brief':
      return <BriefCells row={entry.row} due={entry.due} now={now} />
    case 'strategy': {
      const { name, number, createdBy, createdAt } = entry.work
      return <Cells mark={<StateMark state="in-review" />} id={`v${number}`} title={name} meta={`by ${createdBy.displayName}`} due={sayAgo(new Date(createdAt), now)} />
    }
    case 'publish': {
      const { approval, item } = entry.work
      return <Cells mark={<StateMark state="approved" />} id={approval.jobCode} title={item.title} locale={approval.locale} meta={`v${approval.versionNumber} for ${approval.market}`} due={sayDay(new Date(approval.approvedAt), now)} />
    }
    case 'expiry': {
      const { item, market, locale } = entry.work
      const days = daysUntil(entry.due, now)
      return <Cells mark={<StateMark state="effective" />} id={item.key} title={item.title} locale={locale} meta={`in ${market}`} due={days <= 0 ? 'today' : `in ${days} ${days === 1 ? 'day' : 'days'}`} hot={days <= 1 ? 'late' : days <= 30 && 'soon'} />
    }
    case 'recall': {
      const { item, withdrawnAt, channels, confirmed } = entry.work
      return <Cells mark={<StateMark state="withdrawn" />} id={item.key} title={item.title} meta={`${channels - confirmed} of ${channels} channels not confirmed`} due={sayAgo(new Date(withdrawnAt), now)} hot="late" />
    }
    case 'impact': {
      const { key, title, locale, market, impactedAt } = entry.work
      return <Cells mark={<StateMark state="impacted" />} id={key} title={title} locale={locale} meta={`${market}: ${causeOf(entry.work)}`} due={sayAgo(new Date(impactedAt), now)} hot="late" />
    }
    case 'withdrawal': {
      const { item, withdrawnAt, withdrawnBy } = entry.work
      return <Cells mark={<StateMark state="withdrawn" />} id={item.key} title={item.title} meta={`by ${withdrawnBy.displayName}`} due={sayAgo(new Date(withdrawnAt), now)} hot="late" />
    }
  }
}

function BriefCells({ row, due, now }: { readonly row: Schema<'BriefRow'>; readonly due: Date; readonly now: Date }) {
  const labels = useLabels()
  const days = daysUntil(due, now)
  const Icon = row.state === 'in-work' ? IconPencil : IconFlag
  return (
    <Cells
      mark={<Icon size={16} stroke={1.5} role="img" aria-label={row.state === 'in-work' ? 'In work' : 'Open'} color={row.state === 'in-work' ? 'var(--warn-mark)' : 'var(--accent-text)'} />}
      id={row.market}
      title={row.title}
      meta={`${labels.concept('stages', row.stage)} × ${labels.concept('needs', row.need)}`}
      due={row.overdue ? 'late' : `due ${days === 0 ? 'today' : sayDay(due, now)}`}
      hot={row.overdue || days <= 1 ? 'late' : days <= 7 && 'soon'}
    />
  )
}

interface CellsProps {
  readonly mark: ReactNode
  readonly id: string
  readonly title: string
  readonly locale?: string
  readonly meta: ReactNode
  readonly due: string
  /** `late` hurts by tomorrow, `soon` within a month. */
  readonly hot?: 'late' | 'soon' | false
}

function Cells({ mark, id, title, locale, meta, due, hot = false }: CellsProps) {
  return (
    <>
      {mark}
      <span className={classes.id}>{id}</span>
      <span className={classes.title}>
        <span className="clip">{title}</span>
        {locale !== undefined && <span className="t3 f12 nw">{locale}</span>}
      </span>
      <span className={classes.meta}>{meta}</span>
      <Due tone={hot === false ? undefined : hot}>{due}</Due>
    </>
  )
}
