import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'

import { briefKeys } from '@/api/briefs'
import type { Tagged } from '@/api/client'
import { useLabels } from '@/api/framework'
import { Button, ErrorState, Facts, LoadingRows, Notice, PanelHead, PanelSection, sayMoment, SplitPage, TopBar, useActions, useToast } from '@/ui'

import { fieldErrors } from '../fieldErrors'
import { forgetKept, keepForm, readKept } from '../keptForm'
import { sayPlanDay } from '../words'
import { briefKey, briefQuery, changeBrief, suggestionsQuery, type Brief } from './api'
import { BriefConflictDialog } from './BriefConflictDialog'
import { BriefFields } from './BriefFields'
import classes from './briefs.module.css'
import { BriefStateChip } from './BriefStateChip'
import { CancelBriefDialog } from './CancelBriefDialog'
import { changeOf, differences, formOf, missingIn, type BriefForm } from './form'
import { StartDraftDialog } from './StartDraftDialog'

const route = getRouteApi('/signed-in/strategy/briefs/$briefId')

/** One brief: what is asked for, of whom and by when; the writer starts the draft here. */
export function BriefScreen() {
  const { briefId } = route.useParams()
  const brief = useQuery({ ...briefQuery(briefId), refetchOnWindowFocus: false })
  if (brief.isPending || brief.isError) {
    return (
      <>
        <TopBar title="Brief" crumbs={[{ label: 'Briefs', to: '/strategy/briefs' }]} />
        {brief.isPending ? <LoadingRows label="Loading the brief" rows={10} /> : <ErrorState error={brief.error} onRetry={() => void brief.refetch()} />}
      </>
    )
  }
  return <OneBrief key={brief.data.data.id} read={brief.data} />
}

function OneBrief({ read }: { readonly read: Tagged<Brief> }) {
  const brief = read.data
  const may = brief.permissions
  const client = useQueryClient()
  const toast = useToast()
  const key = `brief/${brief.id}`
  // What is typed continues the revision that it was typed on; a newer one on the server is a conflict.
  const [kept] = useState(() => (may.change ? readKept<BriefForm>(key) : undefined))
  const [form, setForm] = useState(kept?.form ?? formOf(brief))
  const [basis, setBasis] = useState({ etag: kept?.stamp ?? read.etag, form: formOf(brief) })
  const [dialog, setDialog] = useState<'cancel' | 'draft' | 'conflict' | null>(null)
  const { audience, stage, need, market } = brief
  const suggestions = useQuery({ ...suggestionsQuery({ audience, stage, need, market, ...(brief.brand === undefined ? {} : { brand: brief.brand }) }), enabled: may.change })
  const changed = differences(form, basis.form).length > 0

  function change(to: BriefForm) {
    setForm(to)
    keepForm(key, { stamp: basis.etag ?? '', at: new Date().toISOString(), form: to })
  }
  /** The server's brief is the new basis; what is on screen stays or is replaced. */
  function take(saved: Tagged<Brief>, onScreen: BriefForm) {
    forgetKept(key)
    client.setQueryData(briefKey(brief.id), saved)
    setBasis({ etag: saved.etag, form: formOf(saved.data) })
    setForm(onScreen)
    void client.invalidateQueries({ queryKey: [...briefKeys, 'list'] })
    void client.invalidateQueries({ queryKey: ['my-work'] })
  }
  const save = useMutation({
    mutationFn: (etag: string | undefined) => changeBrief(brief.id, changeOf(form), etag),
    onSuccess: (saved) => {
      take(saved, formOf(saved.data))
      toast({ message: 'The brief is saved.' })
    },
    onError: (problem) => problem.status === 412 && setDialog('conflict'),
  })
  const missing = missingIn(form) ?? (changed ? undefined : 'Nothing was changed.')
  const submit = () => may.change && missing === undefined && !save.isPending && save.mutate(basis.etag)
  const isConflict = save.error?.status === 412

  useActions('Brief', [
    { label: 'Save the brief', keys: 'mod+s', disabled: !may.change, whileTyping: true, run: submit },
    { label: 'Start the draft', keys: 'mod+Enter', disabled: !may.startDraft || dialog !== null, run: () => setDialog('draft') },
  ])
  const offered = suggestions.data
  const union = <T extends { readonly id: string }>(a: readonly T[], b: readonly T[]) => [...a, ...b.filter((it) => a.every((one) => one.id !== it.id))]

  return (
    <>
      <TopBar
        title={brief.title}
        crumbs={[{ label: 'Briefs', to: '/strategy/briefs' }]}
        beside={<BriefStateChip state={brief.state} />}
        actions={
          <>
            {may.cancel && (
              <Button variant="quiet" onClick={() => setDialog('cancel')}>
                Cancel brief…
              </Button>
            )}
            {may.change && (
              <Button keys="mod+s" busy={save.isPending && 'Saving…'} disabledReason={missing} onClick={submit}>
                Save
              </Button>
            )}
            {brief.item !== undefined ? (
              <Link to={`/content/${brief.item.key}` as string} className="link">
                Open {brief.item.key}
              </Link>
            ) : (
              <Button variant="primary" keys="mod+Enter" disabledReason={may.startDraft ? (changed ? 'Save your changes first.' : undefined) : sayNoDraft(brief)} onClick={() => setDialog('draft')}>
                Start the draft
              </Button>
            )}
          </>
        }
      />
      {kept !== undefined && changed && (
        <Notice>
          <span className="grow">What you typed on {sayMoment(new Date(kept.at))} and never saved is here again.</span>
          <Button
            variant="quiet"
            onClick={() => {
              forgetKept(key)
              setForm(basis.form)
              setBasis({ ...basis, etag: read.etag })
            }}
          >
            Drop it
          </Button>
        </Notice>
      )}
      <SplitPage panelLabel="About the brief" panelWidth="360px" panel={<AboutBrief brief={brief} />}>
        <div className={classes.column}>
          {save.isError && !isConflict && <ErrorState error={save.error} onRetry={submit} kept="What you typed is kept." />}
          {isConflict && dialog === null && (
            <Notice role="alert">
              <span className="grow">Somebody else changed this brief in between. Nothing was saved; your text is kept.</span>
              <Button onClick={() => setDialog('conflict')}>Compare</Button>
            </Notice>
          )}
          {may.change ? (
            <>
              {suggestions.isLoading && <LoadingRows label="Looking up what fits this cell" rows={6} />}
              {suggestions.isError && <ErrorState error={suggestions.error} onRetry={() => void suggestions.refetch()} kept="What the brief has already can still be changed." />}
              {!suggestions.isLoading && (
                <BriefFields
                  form={form}
                  offered={{
                    keyMessages: offered?.keyMessages ?? [],
                    claims: union(brief.claims, offered?.claims ?? []),
                    modules: union(brief.modules, offered?.modules ?? []),
                    writers: union([brief.writer], offered?.writers ?? []),
                  }}
                  errors={fieldErrors(save.error?.errors ?? [])}
                  onChange={change}
                />
              )}
            </>
          ) : (
            <BriefText brief={brief} />
          )}
        </div>
      </SplitPage>
      {dialog === 'cancel' && <CancelBriefDialog brief={brief} onClose={() => setDialog(null)} onCancelled={(cancelled) => take({ data: cancelled, etag: undefined }, formOf(cancelled))} />}
      {dialog === 'draft' && <StartDraftDialog brief={brief} onClose={() => setDialog(null)} />}
      {dialog === 'conflict' && (
        <BriefConflictDialog
          brief={brief}
          mine={form}
          offered={offered}
          onClose={() => setDialog(null)}
          onTheirs={(theirs) => {
            take(theirs, formOf(theirs.data))
            save.reset()
            setDialog(null)
          }}
          onMine={(theirs) => {
            setBasis({ etag: theirs.etag, form: formOf(theirs.data) })
            setDialog(null)
            save.mutate(theirs.etag)
          }}
        />
      )}
    </>
  )
}

function sayNoDraft(brief: Brief): string {
  if (brief.state === 'cancelled') return 'The brief was cancelled.'
  if (brief.state === 'done') return 'Its content is published.'
  return `${brief.writer.displayName} starts the draft.`
}

/** The brief to read, for those who do not change it. */
function BriefText({ brief }: { readonly brief: Brief }) {
  return (
    <>
      <h2 className="answer">{brief.title}</h2>
      {brief.cancellationReason !== undefined && <p className="t2">Cancelled: {brief.cancellationReason}</p>}
      <section className={classes.choices} aria-labelledby="messages">
        <h3 id="messages" className="f12 t2">
          Key messages
        </h3>
        {brief.keyMessages.length === 0 ? (
          <p className="t2">None is given; the claims say it.</p>
        ) : (
          <ul className={classes.list}>
            {brief.keyMessages.map((it) => (
              <li key={it}>{it}</li>
            ))}
          </ul>
        )}
      </section>
      {(
        [
          ['Claims to rest on', brief.claims],
          ['Modules to use', brief.modules],
        ] as const
      ).map(([title, items]) => (
        <section key={title} className={classes.choices} aria-label={title}>
          <h3 className="f12 t2">{title}</h3>
          {items.length === 0 && <p className="t2">None is given.</p>}
          <ul className={classes.plainList}>
            {items.map((it) => (
              <li key={it.id}>
                <span className={classes.key}>{it.key}</span>
                <span>
                  <Link to={`/content/${it.key}` as string} className="link">
                    {it.title}
                  </Link>
                  {it.text !== undefined && it.text !== it.title && <span className={classes.text}>{it.text}</span>}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function AboutBrief({ brief }: { readonly brief: Brief }) {
  const labels = useLabels()
  return (
    <>
      <PanelHead title={`${labels.concept('stages', brief.stage)} × ${labels.concept('needs', brief.need)}`} eyebrow={labels.concept('audiences', brief.audience)} />
      <PanelSection title="Where it comes from">
        <Facts
          facts={[
            [
              'Cell',
              <Link key="cell" to="/strategy" search={{ audience: brief.audience, brand: brief.brand, market: brief.market, stage: brief.stage, need: brief.need }} className="link">
                Open in the matrix
              </Link>,
            ],
            [
              'Objective',
              <Link key="objective" to="/strategy/objectives" search={{ strategy: brief.objective.strategyId, version: brief.objective.number, objective: brief.objective.objectiveId }} className="link">
                {brief.objective.name}
              </Link>,
            ],
            ['Brand', labels.brand(brief.brand)],
            ['Market', labels.market(brief.market)],
          ]}
        />
      </PanelSection>
      <PanelSection title="Who and by when" grow>
        <Facts
          facts={[
            ['Writer', brief.writer.displayName],
            ['Due', sayPlanDay(brief.dueOn)],
            ['Made', `${sayMoment(new Date(brief.createdAt))}, ${brief.createdBy.displayName}`],
            ['Changed', `${sayMoment(new Date(brief.updatedAt))}, revision ${brief.revision}`],
            ...(brief.item === undefined
              ? []
              : [
                  [
                    'Draft',
                    <Link key="item" to={`/content/${brief.item.key}` as string} className="link">
                      {brief.item.key}
                    </Link>,
                  ] as const,
                ]),
          ]}
        />
      </PanelSection>
    </>
  )
}
