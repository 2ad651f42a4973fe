import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'

import { marketsQuery, useLabels } from '@/api/framework'
import { due } from '@/content/times'
import { DISCIPLINE_WORDS, plural, TASK_WORDS } from '@/content/words'
import { Chip, EmptyState, ErrorState, Facts, IncompleteState, KeyBar, LoadingRows, PanelActions, PanelHead, PanelSection, Row, RowList, Rows, SplitPage, StateMark, Tabs, TopBar, useNow } from '@/ui'

import { jobsQuery, type JobFilter, type JobRow } from './api'
import classes from './review.module.css'
import type { QueueSearch } from './routes'
import { TaskMark, TaskMarks } from './TaskMark'

const route = getRouteApi('/signed-in/review')

type TabKey = NonNullable<QueueSearch['tab']>

const FILTERS: Readonly<Record<TabKey, JobFilter>> = {
  mine: { mine: true },
  open: { state: 'in-review' },
  'sent-back': { state: 'revise-and-resubmit' },
  certified: { state: 'certified' },
}

const EMPTY: Readonly<Record<TabKey, { readonly title: string; readonly text: string }>> = {
  mine: { title: 'Nothing waits for you', text: 'A review shows up here when its version is submitted for one of your disciplines and markets.' },
  open: { title: 'No review is open', text: 'Writers submit drafts from the editor with Ctrl Enter.' },
  'sent-back': { title: 'Nothing was sent back', text: 'A review that needs another circulation shows up here until it is resubmitted.' },
  certified: { title: 'Nothing is certified yet', text: 'A review ends here once a final signatory has certified it.' },
}

/** All reviews a person may see, those that wait for them first. */
export function ReviewQueueScreen() {
  const { tab = 'mine', market, discipline, selected } = route.useSearch()
  const navigate = route.useNavigate()
  const markets = useQuery(marketsQuery)
  const jobs = useQuery(jobsQuery({ ...FILTERS[tab], market, discipline }))
  const now = useNow()
  const search = (change: Partial<Record<keyof QueueSearch, string | undefined>>) =>
    void navigate({ search: (before) => Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined && value !== '')) as QueueSearch, replace: true })
  const rows = jobs.data?.jobs ?? []
  const chosen = rows.find((it) => it.code === selected) ?? rows[0]
  const open = (code: string) => void navigate({ to: '/review/$code', params: { code } })

  return (
    <>
      <TopBar
        title="Review"
        tabs={
          <Tabs
            label="Reviews"
            current={tab}
            onChange={(key) => search({ tab: key, selected: undefined })}
            tabs={[
              { key: 'mine', label: 'Waiting for me', ...(tab === 'mine' && jobs.data !== undefined ? { count: rows.length } : {}) },
              { key: 'open', label: 'In review' },
              { key: 'sent-back', label: 'Sent back' },
              { key: 'certified', label: 'Certified' },
            ]}
          />
        }
        actions={
          <>
            <NativeSelect aria-label="Market" value={market ?? ''} onChange={(event) => search({ market: event.currentTarget.value })} data={[{ value: '', label: 'All markets' }, ...(markets.data?.markets ?? []).map((it) => ({ value: it.market, label: it.name }))]} />
            <NativeSelect aria-label="Discipline" value={discipline ?? ''} onChange={(event) => search({ discipline: event.currentTarget.value })} data={[{ value: '', label: 'All disciplines' }, ...Object.entries(DISCIPLINE_WORDS).map(([value, label]) => ({ value, label }))]} />
          </>
        }
      />
      <SplitPage
        panelLabel="The chosen review"
        panelWidth="380px"
        footer={<KeyBar hints={[{ keys: ['j', 'k'], label: 'move' }, { keys: ['Enter'], label: 'open' }, { keys: ['?'], label: 'all keys' }]} />}
        panel={chosen === undefined ? <p className={classes.hint}>Choose a review with J and K to see where it stands.</p> : <JobPanel job={chosen} now={now} />}
      >
        {jobs.isPending && <LoadingRows label="Loading the reviews…" />}
        {jobs.isError && <ErrorState error={jobs.error} onRetry={() => void jobs.refetch()} />}
        {jobs.data !== undefined && rows.length === 0 && (
          <EmptyState title={EMPTY[tab].title} action={market === undefined && discipline === undefined ? undefined : <Link to="/review" search={{ tab }} className="link">Clear the filters</Link>}>
            {market === undefined && discipline === undefined ? EMPTY[tab].text : 'Nothing with these filters.'}
          </EmptyState>
        )}
        {rows.length > 0 && (
          <Rows label="Reviews" selected={chosen?.code} onSelect={(code) => search({ selected: code })} onOpen={open}>
            <RowList label="Reviews">
              {rows.map((job) => (
                <Row key={job.code} id={job.code} columns="16px 104px minmax(0, 1fr) auto 132px">
                  <StateMark state={job.state === 'certified' ? 'approved' : job.state === 'cancelled' ? 'withdrawn' : job.state} />
                  <span className="mono t2">{job.code}</span>
                  <span className="row">
                    <span className="clip m">{job.item.title}</span>
                    <span className="t3 f12 nw wide-only">{changed(job)}</span>
                  </span>
                  <TaskMarks tasks={job.tasks} />
                  <Due job={job} now={now} />
                </Row>
              ))}
            </RowList>
          </Rows>
        )}
        {jobs.data?.nextCursor !== undefined && <IncompleteState>The first {rows.length} are shown. Filter by market or discipline to see the others.</IncompleteState>}
      </SplitPage>
    </>
  )
}

function JobPanel({ job, now }: { readonly job: JobRow; readonly now: Date }) {
  const labels = useLabels()
  return (
    <>
      <PanelHead
        title={job.item.title}
        eyebrow={
          <>
            <Chip tone="line" mono>
              {job.code}
            </Chip>
            v{job.version}, circulation {job.circulation}
          </>
        }
      />
      <PanelSection>
        <Facts
          facts={[
            ['Item', `${job.item.key}, ${labels.type(job.item.type)}`],
            ['Kind', labels.kind(job.item.kind)],
            ['Market', `${labels.market(job.market)}, ${job.locale}`],
            ['To read', changed(job)],
            ['Due', <Due key="due" job={job} now={now} />],
          ]}
        />
      </PanelSection>
      <PanelSection title="Disciplines">
        <ul className={classes.taskList}>
          {job.tasks.map((it) => (
            <li key={it.discipline}>
              <TaskMark state={it.state} />
              <span className="grow">{DISCIPLINE_WORDS[it.discipline]}</span>
              <span className="t2">{TASK_WORDS[it.state]}</span>
            </li>
          ))}
        </ul>
        {job.waitingForMe.length > 0 && <p className={classes.waiting}>Waits for you: {job.waitingForMe.map((it) => (it === 'certification' ? 'certification' : `${it} verdict`)).join(', ')}.</p>}
      </PanelSection>
      <PanelActions>
        <Link to="/review/$code" params={{ code: job.code }} className={classes.primaryLink}>
          Open the review room
        </Link>
      </PanelActions>
    </>
  )
}

function changed(job: JobRow): string {
  return job.changedBlocks >= job.totalBlocks ? `New: ${plural(job.totalBlocks, 'block')}` : `${job.changedBlocks} of ${plural(job.totalBlocks, 'block')} changed`
}

function Due({ job, now }: { readonly job: JobRow; readonly now: Date }) {
  if (job.dueAt === undefined || job.state !== 'in-review') return <span className={`t3 ${classes.due}`}>{job.state === 'in-review' ? 'No due date' : ''}</span>
  const { text, late } = due(job.dueAt, now)
  return (
    <span className={classes.due} data-late={late || undefined}>
      {text}
    </span>
  )
}
