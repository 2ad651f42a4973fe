import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { ago, moment } from '@/content/times'
import { Button, Chip, EmptyState, ErrorState, Facts, Finding, LoadingRows, Notice, PanelHead, PanelSection, SectionHeader, SplitPage, TopBar, useNow } from '@/ui'

import { AdministrationTabs } from './AdministrationTabs'
import { startVerification, verificationQuery, type Verification } from './api'
import classes from './audit.module.css'
import { kindWords } from './kindWords'

type Kind = Verification['kinds'][number]

const COUNT = new Intl.NumberFormat('en-GB')

/** Whether every record is as it was made: by kind, with what differs, and how far the trail is anchored outside the database. */
export function AuditTrailScreen() {
  const queryClient = useQueryClient()
  const verification = useQuery(verificationQuery)
  const start = useMutation({
    mutationFn: startVerification,
    onSuccess: (started) => queryClient.setQueryData(verificationQuery.queryKey, started),
  })
  const last = verification.data
  return (
    <>
      <TopBar
        title="Administration"
        tabs={<AdministrationTabs current="/administration/audit-trail" />}
        actions={
          <Button variant="primary" busy={(last?.state === 'running' || start.isPending) && 'Verifying…'} onClick={() => start.mutate()}>
            Verify everything
          </Button>
        }
      />
      <SplitPage panelLabel="Last verification" {...(last === undefined ? {} : { panel: <LastRun run={last} /> })}>
        {verification.isPending && <LoadingRows label="Loading the last verification" />}
        {verification.isError && <ErrorState error={verification.error} onRetry={() => void verification.refetch()} {...(last === undefined ? {} : { kept: 'What you see below may be old.' })} />}
        {start.isError && <ErrorState error={start.error} onRetry={() => start.mutate()} />}
        {last !== undefined && (last.state === 'not-run' ? <NeverRun /> : <Outcome run={last} />)}
      </SplitPage>
    </>
  )
}

function NeverRun() {
  return (
    <EmptyState title="Nothing was verified yet.">
      A verification compares every record with what the trail said when it was written. One runs each night; the button starts one now.
    </EmptyState>
  )
}

function Outcome({ run }: { readonly run: Verification }) {
  const total = run.kinds.reduce((sum, it) => sum + it.findings, 0)
  return (
    <>
      {run.state === 'failed' && (
        <Notice role="alert">The verification could not be carried to its end; the server’s log says why. Start it again.</Notice>
      )}
      {run.findings.length > 0 && (
        <section aria-label="Findings">
          <SectionHeader title="Not as it was made" count={total} tone="alert" />
          <div className={classes.findings}>
            {run.findings.map((it) => (
              <Finding key={`${it.kind} ${it.id} ${it.what}`} severity="block" title={`${kindWords(it.kind)}: ${it.id}`}>
                {it.what}
                {it.since !== undefined && <>. It was right at {moment(it.since)}.</>}
              </Finding>
            ))}
            {total > run.findings.length && <span className="t2">{COUNT.format(total - run.findings.length)} more are counted below.</span>}
          </div>
        </section>
      )}
      <table className={classes.kinds}>
        <thead>
          <tr>
            <th scope="col">Kind of record</th>
            <th scope="col">State</th>
            <th scope="col" className={classes.number}>
              Checked
            </th>
            <th scope="col" className={classes.number}>
              Findings
            </th>
          </tr>
        </thead>
        <tbody>
          {run.kinds.map((it) => (
            <tr key={it.kind}>
              <th scope="row">{kindWords(it.kind)}</th>
              <td>
                <KindState kind={it} />
              </td>
              <td className={classes.number}>{COUNT.format(it.checked)}</td>
              <td className={classes.number}>{it.findings === 0 ? '' : COUNT.format(it.findings)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function KindState({ kind }: { readonly kind: Kind }) {
  switch (kind.state) {
    case 'intact':
      return kind.checked === 0 ? <Chip>None yet</Chip> : <Chip tone="ok">As it was made</Chip>
    case 'broken':
      return <Chip tone="block">Altered</Chip>
    case 'running':
      return <Chip tone="accent">Being checked</Chip>
    case 'waiting':
      return <Chip>Waiting</Chip>
  }
}

const STATE_WORDS: Readonly<Record<Verification['state'], string>> = {
  'not-run': 'Not verified yet',
  running: 'Verifying now',
  intact: 'Every record is as it was made',
  broken: 'Records were altered',
  failed: 'Not carried to its end',
}

function LastRun({ run }: { readonly run: Verification }) {
  const now = useNow()
  const { anchor } = run
  return (
    <>
      <PanelHead eyebrow="Last verification" title={STATE_WORDS[run.state]} />
      {run.startedAt !== undefined && (
        <PanelSection>
          <Facts
            facts={[
              ['Started', `${moment(run.startedAt)}, by ${run.startedBy ?? 'nobody known'}`],
              ['Ended', run.finishedAt === undefined ? 'still running' : moment(run.finishedAt)],
              ['Entries', run.count === undefined ? (run.state === 'running' ? 'being counted' : 'a chain is broken') : COUNT.format(run.count)],
            ]}
          />
        </PanelSection>
      )}
      {anchor !== undefined && (
        <PanelSection title="Outside the database">
          <Facts
            facts={[
              ['Signed roots', COUNT.format(anchor.roots)],
              ['Last root', anchor.lastAt === undefined ? 'none yet' : moment(anchor.lastAt)],
              [
                'Not anchored yet',
                anchor.unanchoredSince === undefined ? 'nothing' : `${COUNT.format(anchor.unanchored)} entries, the oldest written ${ago(new Date(anchor.unanchoredSince), now)} (${moment(anchor.unanchoredSince)})`,
              ],
            ]}
          />
        </PanelSection>
      )}
    </>
  )
}
