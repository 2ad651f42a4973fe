import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { IconAlertOctagon, IconCheck, IconCircleDashed, IconCopy, IconFolder, IconLoader2 } from '@tabler/icons-react'

import type { Schema } from '@/api/types'
import { Button, Chip, EmptyState, ErrorState, KeyBar, LoadingRows, PanelHead, PanelSection, Row, RowList, Rows, sayAgo, sayMoment, SplitPage, Tabs, TopBar, useNow } from '@/ui'

import { ingestFilesQuery, ingestJobsQuery, type FileOutcome } from './api'
import classes from './Library.module.css'

const route = getRouteApi('/signed-in/content/imports')
const isRunning = (job: Schema<'IngestJob'>) => job.state === 'waiting' || job.state === 'running'
const NUMBER = new Intl.NumberFormat('en-GB')

/** Folders that became drafts: how far each import is, and what became of every file. */
export function ImportsScreen() {
  const { job: chosen, outcome } = route.useSearch()
  const navigate = useNavigate()
  const now = useNow()
  const jobs = useQuery(ingestJobsQuery)
  const all = jobs.data?.jobs ?? []
  const current = all.find((it) => it.id === chosen) ?? all[0]
  return (
    <>
      <TopBar title="Imports" crumbs={[{ label: 'Content', to: '/content' }]} />
      <SplitPage
        panelLabel="Chosen import"
        panelWidth="500px"
        {...(current === undefined ? {} : { panel: <JobPanel key={current.id} job={current} outcome={outcome} /> })}
        footer={
          <KeyBar
            hints={[
              { keys: ['j', 'k'], label: 'move' },
              { keys: ['?'], label: 'all keys' },
            ]}
          />
        }
      >
        {jobs.isPending && <LoadingRows label="Loading the imports" />}
        {jobs.isError && <ErrorState error={jobs.error} onRetry={() => void jobs.refetch()} />}
        {jobs.data !== undefined && all.length === 0 && (
          <EmptyState icon={<IconFolder stroke={1.5} />} title="No folder was imported yet." action={<Button onClick={() => void navigate({ to: '/content', search: { dialog: 'import' } })}>Import files</Button>}>
            Single files are imported in the library. Whole folders are set up by an administrator and started over the API.
          </EmptyState>
        )}
        {all.length > 0 && (
          <Rows label="Imports" selected={current?.id} onSelect={(id) => void navigate({ to: '/content/imports', search: { job: id }, replace: true })}>
            <RowList label="Imports">
              {all.map((job) => (
                <Row key={job.id} id={job.id} columns="16px minmax(0, 1fr) 140px 160px 96px">
                  {isRunning(job) ? <IconLoader2 size={16} stroke={1.5} aria-hidden="true" /> : <IconCheck size={16} stroke={1.75} color="var(--ok-mark)" aria-hidden="true" />}
                  <span className="clip">{job.folder}</span>
                  <span className="t3 f12">{isRunning(job) ? `${NUMBER.format(job.total - job.waiting)} of ${NUMBER.format(job.total)} files` : job.state}</span>
                  <span className="t2 f12">
                    {NUMBER.format(job.created)} made, {NUMBER.format(job.refused)} refused
                  </span>
                  <span className={classes.when}>{sayAgo(new Date(job.createdAt), now)}</span>
                </Row>
              ))}
            </RowList>
          </Rows>
        )}
      </SplitPage>
    </>
  )
}

function JobPanel({ job, outcome }: { readonly job: Schema<'IngestJob'>; readonly outcome: FileOutcome | undefined }) {
  const navigate = useNavigate()
  const files = useInfiniteQuery(ingestFilesQuery(job.id, outcome, isRunning(job)))
  const rows = files.data?.pages.flatMap((it) => it.files) ?? []
  const done = job.total === 0 ? 1 : (job.total - job.waiting) / job.total
  return (
    <>
      <PanelHead
        eyebrow={
          <>
            <span className="mono">{job.id}</span>
            <Chip tone={isRunning(job) ? 'accent' : 'plain'}>{job.state}</Chip>
          </>
        }
        title={job.folder}
      >
        <p className="t2 f12">
          Started {sayMoment(new Date(job.createdAt))}
          {job.finishedAt !== undefined && `, finished ${sayMoment(new Date(job.finishedAt))}`}
        </p>
        {isRunning(job) && (
          <div className={classes.bar} role="progressbar" aria-label="Files read" aria-valuemin={0} aria-valuemax={job.total} aria-valuenow={job.total - job.waiting}>
            <i style={{ width: `${done * 100}%` }} />
          </div>
        )}
      </PanelHead>
      <PanelSection>
        <div className={classes.counts}>
          <Count number={job.created} label="drafts made" />
          <Count number={job.duplicates} label="already here" />
          <Count number={job.refused} label="refused" />
          <Count number={job.waiting} label="to go" />
        </div>
      </PanelSection>
      <Tabs
        size="panel"
        label="Files by outcome"
        current={outcome ?? 'all'}
        tabs={[
          { key: 'all', label: 'All files', count: job.total },
          { key: 'refused', label: 'Refused', count: job.refused, alert: job.refused > 0 },
          { key: 'duplicate', label: 'Already here', count: job.duplicates },
          { key: 'created', label: 'Made', count: job.created },
        ]}
        onChange={(key) => void navigate({ to: '/content/imports', search: { job: job.id, outcome: key === 'all' ? undefined : (key as FileOutcome) }, replace: true })}
      />
      <PanelSection grow>
        {files.isPending && <LoadingRows label="Loading the files" />}
        {files.isError && <ErrorState error={files.error} onRetry={() => void files.refetch()} />}
        {files.data !== undefined && rows.length === 0 && <p className="t3">No file with this outcome.</p>}
        <ul>
          {rows.map((file) => (
            <FileRow key={file.fileName} file={file} />
          ))}
        </ul>
        {files.hasNextPage && (
          <div className={classes.more}>
            <Button busy={files.isFetchingNextPage && 'Loading…'} onClick={() => void files.fetchNextPage()}>
              Show more
            </Button>
          </div>
        )}
      </PanelSection>
    </>
  )
}

function FileRow({ file }: { readonly file: Schema<'IngestFile'> }) {
  return (
    <li className={classes.file}>
      <FileMark outcome={file.outcome} />
      <div>
        <p className="clip">{file.title ?? file.fileName}</p>
        <p className="t3 f12">
          {file.title === undefined ? '' : `${file.fileName} `}
          {file.detail}
        </p>
        {file.warnings.map((it) => (
          <p key={it} className="t2 f12">
            {it}
          </p>
        ))}
      </div>
      <span className="t3 f12 mono">{file.key ?? file.code}</span>
    </li>
  )
}

const OUTCOME_WORDS: Readonly<Record<FileOutcome, string>> = { created: 'Draft made', duplicate: 'Already here', refused: 'Refused', waiting: 'Waits' }

function FileMark({ outcome }: { readonly outcome: FileOutcome }) {
  const common = { size: 16, stroke: 1.5, role: 'img', 'aria-label': OUTCOME_WORDS[outcome] } as const
  switch (outcome) {
    case 'created':
      return <IconCheck {...common} color="var(--ok-mark)" />
    case 'duplicate':
      return <IconCopy {...common} color="var(--hint-mark)" />
    case 'refused':
      return <IconAlertOctagon {...common} color="var(--block-mark)" />
    case 'waiting':
      return <IconCircleDashed {...common} color="var(--draft-mark)" />
  }
}

function Count({ number, label }: { readonly number: number; readonly label: string }) {
  return (
    <div>
      <b>{NUMBER.format(number)}</b>
      <span className="t2 f12">{label}</span>
    </div>
  )
}
