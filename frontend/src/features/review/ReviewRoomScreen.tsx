import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'

import { hasRole, usePerson } from '@/app/session'
import { Rendered } from '@/content/Rendered'
import { byCitation } from '@/content/citations'
import type { Reference } from '@/content/csl'
import { day, due, moment } from '@/content/times'
import { plural } from '@/content/words'
import { Button, Chip, ErrorState, Kbd, LoadingRows, Segments, TopBar, useActions, useNow } from '@/ui'

import { changesQuery, jobQuery, type Changes, type Job } from './api'
import { CancelDialog } from './CancelDialog'
import { CertificateView } from './CertificateView'
import { ChangesView } from './ChangesView'
import { Dock } from './Dock'
import { Evidence, type Anchor } from './Evidence'
import { Progress } from './Progress'
import classes from './review.module.css'
import { useComposing } from './useComposing'
import { WholeText } from './WholeText'

const route = getRouteApi('/signed-in/review/$code')

export type RoomView = 'changes' | 'text' | 'shown' | 'certificate'

/** Where a version is read, discussed and judged: what changed on the left, its evidence on the right, the verdict below. */
export function ReviewRoomScreen() {
  const { code } = route.useParams()
  const job = useQuery(jobQuery(code))
  const version = job.data?.version.number
  const changes = useQuery({ ...changesQuery(code, version ?? 0), enabled: version !== undefined })

  if (job.isPending || job.isError) {
    return (
      <>
        <TopBar title={code} crumbs={[{ label: 'Review', to: '/review' }]} />
        {job.isPending ? <LoadingRows label="Loading the review…" rows={12} /> : <ErrorState error={job.error} onRetry={() => void job.refetch()} />}
      </>
    )
  }
  return <Room key={`${code}/${job.data.version.number}`} job={job.data} changes={changes.data} changesError={changes.error} onRetryChanges={() => void changes.refetch()} />
}

interface RoomProps {
  readonly job: Job
  readonly changes: Changes | undefined
  readonly changesError: unknown
  readonly onRetryChanges: () => void
}

function Room({ job, changes, changesError, onRetryChanges }: RoomProps) {
  const person = usePerson()
  const now = useNow()
  const navigate = route.useNavigate()
  const { view = job.state === 'certified' ? 'certificate' : 'changes' } = route.useSearch()
  const [at, setAt] = useState(0)
  const [cancelling, setCancelling] = useState(false)
  const mayCancel = hasRole(person, 'writer', 'signatory', 'administrator') && (job.state === 'in-review' || job.state === 'revise-and-resubmit')
  const [cited, setCited] = useState<string>()
  const [composing, setComposing] = useComposing(job.code, job.version.number)
  const scroll = useRef<HTMLDivElement>(null)
  const circulation = job.circulations.at(-1)
  const real = (changes?.changes ?? []).filter((it) => it.kind !== 'unchanged')
  const document = job.version.document
  const references = byCitation((document['references'] ?? []) as readonly Reference[], document)
  const anchors = (document['anchors'] ?? []) as readonly Anchor[]
  const setView = (next: RoomView) => void navigate({ search: { view: next }, replace: true })

  function move(step: 1 | -1) {
    const next = Math.min(Math.max(at + step, 0), real.length - 1)
    setAt(next)
    const element = scroll.current?.querySelector<HTMLElement>(`[data-change="${next + 1}"]`)
    element?.scrollIntoView({ block: 'nearest' })
    element?.focus({ preventScroll: true })
  }

  useActions('Review room', [
    { label: 'Next change', keys: 'j', palette: false, disabled: view !== 'changes', run: () => move(1) },
    { label: 'Previous change', keys: 'k', palette: false, disabled: view !== 'changes', run: () => move(-1) },
    { label: 'Show the changes', run: () => setView('changes') },
    { label: 'Show the whole text', run: () => setView('text') },
  ])

  const lastCirculation = job.circulations.length > 1 ? job.circulations.at(-2) : undefined
  const options: { value: RoomView; label: string }[] = [
    ...(job.state === 'certified' ? [{ value: 'certificate' as const, label: 'Certificate' }] : []),
    { value: 'changes', label: 'Changes' },
    { value: 'text', label: 'Whole text' },
    { value: 'shown', label: 'As shown' },
  ]
  return (
    <>
      <TopBar
        title={job.item.title}
        crumbs={[{ label: 'Review', to: '/review' }]}
        beside={
          <>
            <Chip tone="line" mono>
              {job.code}
            </Chip>
            <Chip tone="line">
              v{job.version.number}, circulation {circulation?.number ?? 1}
            </Chip>
          </>
        }
        actions={
          <>
            {job.dueAt !== undefined && job.state === 'in-review' && (
              <span className={classes.due} data-late={due(job.dueAt, now).late || undefined} title={moment(job.dueAt)}>
                {due(job.dueAt, now).text}
              </span>
            )}
            <Link to="/content/$itemId" params={{ itemId: job.item.key }} search={{ locale: job.locale }} className={classes.barLink}>
              Open {job.item.key}
            </Link>
            {mayCancel && (
              <Button variant="quiet" onClick={() => setCancelling(true)}>
                Cancel review…
              </Button>
            )}
          </>
        }
      />
      <Progress job={job} meId={person.id} previous={lastCirculation} />
      <div className={classes.room}>
        <section className={classes.left} aria-label="Text">
          <div className={classes.changeHead}>
            <h2>{headline(changes)}</h2>
            {changes?.baseVersion !== undefined && <span className="t3 f12 nw wide-only">approved {day(changes.baseVersion.approvedAt)}</span>}
            <span className="end row">
              <Segments label="View" value={view} onChange={setView} options={options} />
              {view === 'changes' && real.length > 1 && (
                <span className="row t3 f11">
                  <Kbd keys="j" />
                  <Kbd keys="k" />
                  change
                </span>
              )}
            </span>
          </div>
          <div className={classes.text} ref={scroll}>
            {view === 'certificate' && <CertificateView code={job.code} approval={job.approval} />}
            {view === 'changes' &&
              (changes === undefined ? (
                changesError === null ? (
                  <LoadingRows label="Comparing with the last approval…" />
                ) : (
                  <ErrorState error={changesError} onRetry={onRetryChanges} kept="The whole text can still be read." />
                )
              ) : (
                <ChangesView job={job} changes={changes} current={at} onCurrent={setAt} composing={composing} onCompose={setComposing} />
              ))}
            {view === 'text' && <WholeText job={job} composing={composing} onCompose={setComposing} onCitation={setCited} />}
            {view === 'shown' && (
              <div className={classes.shown}>
                <p className={classes.shownTitle}>{job.item.title}</p>
                {typeof document['summary'] === 'string' && <p className={classes.shownSummary}>{document['summary']}</p>}
                <Rendered html={job.version.html} label="As channels show it" onCitation={setCited} />
              </div>
            )}
          </div>
        </section>
        <Evidence references={references} anchors={anchors} claims={(document['claims'] ?? []) as readonly string[]} locale={job.locale} cited={cited} />
      </div>
      <Dock job={job} onCertified={() => setView('certificate')} />
      {cancelling && <CancelDialog job={job} onClose={() => setCancelling(false)} />}
    </>
  )
}

function headline(changes: Changes | undefined): string {
  if (changes === undefined) return 'Changes'
  const count = changes.changes.filter((it) => it.kind !== 'unchanged').length
  if (changes.baseVersion === undefined) return `New: ${plural(count, 'block')}`
  return count === 0 ? `Nothing changed since v${changes.baseVersion.number}` : `${plural(count, 'change')} since v${changes.baseVersion.number}`
}
