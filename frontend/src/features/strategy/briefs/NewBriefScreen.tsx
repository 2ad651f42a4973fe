import { Select } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'

import { briefKeys } from '@/api/briefs'
import { brandsQuery, marketsQuery, useLabels, vocabulariesQuery } from '@/api/framework'
import { hasRole, usePerson } from '@/app/session'
import { conceptPath, withBroader, withNarrower } from '@/content/concepts'
import { Button, EmptyState, ErrorState, Facts, LoadingRows, Notice, PanelHead, PanelSection, sayMoment, SplitPage, TopBar, useActions, useToast } from '@/ui'

import { strategyKeys } from '../api'
import { fieldErrors } from '../fieldErrors'
import { forgetKept, keepForm, readKept } from '../keptForm'
import { createBrief, suggestionsQuery } from './api'
import { BriefFields } from './BriefFields'
import classes from './briefs.module.css'
import { changeOf, dayAfter, missingIn, type BriefForm } from './form'

const route = getRouteApi('/signed-in/strategy/briefs/new')
const USUAL_DAYS = 28

interface NewBriefForm extends BriefForm {
  readonly brand: string
  readonly market: string
  /** `strategy/objective`; empty is the heaviest one that reaches the cell. */
  readonly objective: string
  /** Until somebody types a title, one is proposed. */
  readonly titled: boolean
  /** The audience inside the cell; empty is the one of the objective. */
  readonly audience: string
  /** Until somebody chooses messages, claims or modules, the first that fit are proposed. */
  readonly picked: boolean
  /** Until somebody chooses a brand or none, it is that of the objective. */
  readonly branded: boolean
}

/** How many of what fits a brief begins with. */
const PROPOSED = 3

/** A gap becomes a task for a writer: the cell and its objective are there already, what fits is offered. */
export function NewBriefScreen() {
  const { audience = '', stage = '', need = '', brand = '', market = '' } = route.useSearch()
  if (audience === '' || stage === '' || need === '') {
    return (
      <>
        <TopBar title="New brief" crumbs={[{ label: 'Briefs', to: '/strategy/briefs' }]} />
        <EmptyState title="A brief begins at a cell of the framework matrix.">Choose one there and press B.</EmptyState>
      </>
    )
  }
  return <NewBrief key={`${audience}/${stage}/${need}`} cell={{ audience, stage, need }} brand={brand} market={market} />
}

function NewBrief({ cell, brand, market }: { readonly cell: { readonly audience: string; readonly stage: string; readonly need: string }; readonly brand: string; readonly market: string }) {
  const labels = useLabels()
  const navigate = useNavigate()
  const client = useQueryClient()
  const toast = useToast()
  const maySteer = hasRole(usePerson(), 'strategist')
  const brands = useQuery(brandsQuery).data?.brands ?? []
  const markets = useQuery(marketsQuery).data?.markets ?? []
  const key = `brief/${cell.audience}/${cell.stage}/${cell.need}`
  const [kept] = useState(() => readKept<NewBriefForm>(key))
  const [form, setForm] = useState<NewBriefForm>(
    () => kept?.form ?? { title: '', keyMessages: [], claims: [], modules: [], dueOn: dayAfter(new Date(), USUAL_DAYS), writer: '', brand, market, objective: '', titled: false, audience: '', picked: false, branded: brand !== '' },
  )
  const place = form.market !== '' ? form.market : markets.length === 1 ? (markets[0]?.market ?? '') : ''
  const chosenBrand = form.branded && form.brand !== '' ? { brand: form.brand } : {}
  const all = useQuery(vocabulariesQuery).data?.schemes.find((it) => it.scheme === 'audiences')?.concepts ?? []
  const inCell = withNarrower(all, cell.audience)
  const reaching = useQuery(suggestionsQuery({ ...cell, market: place, ...chosenBrand }))
  const reach = (objectiveAudience: string, audience: string) => withBroader(all, audience).includes(objectiveAudience)
  const objectives = (reaching.data?.objectives ?? []).filter((it) => form.audience === '' || (it.audience !== undefined && reach(it.audience, form.audience)))
  const objective = objectives.find((it) => `${it.strategyId ?? ''}/${it.id}` === form.objective) ?? objectives[0]
  const ofBrand = form.branded ? form.brand : (objective?.brands?.find((it) => brands.some((one) => one.key === it)) ?? '')
  const audience: string = form.audience !== '' ? form.audience : objective?.audience !== undefined && inCell.includes(objective.audience) ? objective.audience : cell.audience
  const suggestions = useQuery({ ...suggestionsQuery({ ...cell, audience, market: place, ...(ofBrand === '' ? {} : { brand: ofBrand }) }), enabled: place !== '' && reaching.data !== undefined })
  const offered = suggestions.data
  const proposed = `${labels.concept('needs', cell.need)}, for ${labels.concept('audiences', audience)} who are ${labels.concept('stages', cell.stage).toLowerCase()}`
  const first = (items: readonly { readonly id: string }[] | undefined) => (items ?? []).slice(0, PROPOSED).map((it) => it.id)
  const shown: BriefForm = {
    ...form,
    title: form.titled ? form.title : proposed,
    // A writer who is the only one need not be chosen.
    writer: form.writer === '' && offered?.writers.length === 1 ? (offered.writers[0]?.id ?? '') : form.writer,
    ...(form.picked ? {} : { keyMessages: offered?.keyMessages ?? [], claims: first(offered?.claims), modules: first(offered?.modules) }),
  }

  function change(to: Partial<NewBriefForm>) {
    const next = { ...form, ...to }
    setForm(next)
    keepForm(key, { stamp: 'new', at: new Date().toISOString(), form: next })
  }
  const create = useMutation({
    mutationFn: () =>
      createBrief({
        ...changeOf(shown),
        ...cell,
        audience,
        objective: { strategyId: objective?.strategyId ?? '', objectiveId: objective?.id ?? '' },
        market: place,
        ...(ofBrand === '' ? {} : { brand: ofBrand }),
      }),
    onSuccess: async (brief) => {
      forgetKept(key)
      await Promise.all([client.invalidateQueries({ queryKey: briefKeys }), client.invalidateQueries({ queryKey: strategyKeys }), client.invalidateQueries({ queryKey: ['my-work'] })])
      toast({ message: `${brief.writer.displayName} has the brief now.` })
      await navigate({ to: '/strategy/briefs/$briefId', params: { briefId: brief.id } })
    },
  })
  const missing = !maySteer
    ? 'Strategists make briefs.'
    : place === ''
      ? 'Choose the market.'
      : offered === undefined
        ? 'What fits is being looked up.'
        : objective === undefined
          ? 'No active objective reaches this cell, so nobody could say what the content is for.'
          : missingIn(shown)
  function submit() {
    if (missing === undefined && !create.isPending) create.mutate()
  }
  useActions('Brief', [{ label: 'Send the brief', keys: 'mod+Enter', run: submit }])

  return (
    <>
      <TopBar
        title="New brief"
        crumbs={[{ label: 'Briefs', to: '/strategy/briefs' }]}
        beside={<span className="f12 t3 nw wide-only">Kept on this device until you send it</span>}
        actions={
          <Button variant="primary" keys="mod+Enter" busy={create.isPending && 'Sending…'} disabledReason={missing} onClick={submit}>
            Send the brief
          </Button>
        }
      />
      {kept !== undefined && (
        <Notice>
          <span className="grow">What you typed on {sayMoment(new Date(kept.at))} and never sent is here again.</span>
        </Notice>
      )}
      <SplitPage
        panelLabel="The cell"
        panelWidth="340px"
        panel={
          <>
            <PanelHead title={labels.concept('needs', cell.need)} eyebrow={labels.concept('stages', cell.stage)} />
            <PanelSection>
              <Facts facts={[['Audience', conceptPath(all, audience)], ['Stage', labels.concept('stages', cell.stage)], ['Need', labels.concept('needs', cell.need)]]} />
            </PanelSection>
            <PanelSection title="What happens then" grow>
              <p className="t2">The brief stands in the writer&apos;s work. Its draft begins with title, classification, key messages and claims filled in; the brief is done when the item is published.</p>
            </PanelSection>
          </>
        }
      >
        <div className={classes.column}>
          <div className={classes.three}>
            <Select label="Market" data={markets.map((it) => ({ value: it.market, label: it.name }))} value={place === '' ? null : place} onChange={(next) => change({ market: next ?? '', writer: '', picked: false })} />
            <Select
              label="Brand"
              placeholder="No brand"
              clearable
              clearButtonProps={{ 'aria-label': 'No brand' }}
              data={brands.map((it) => ({ value: it.key, label: it.name }))}
              value={ofBrand === '' ? null : ofBrand}
              onChange={(next) => change({ brand: next ?? '', branded: true, writer: '', picked: false })}
            />
            <Select
              label="Audience"
              description={inCell.length > 1 && form.audience === '' && audience !== cell.audience ? 'That of the objective.' : undefined}
              allowDeselect={false}
              searchable
              data={inCell.map((it) => ({ value: it, label: conceptPath(all, it) }))}
              value={audience}
              onChange={(next) => change({ audience: next ?? '' })}
            />
            <Select
              label="Objective"
              placeholder={place === '' ? 'Choose the market first' : 'None reaches this cell'}
              data={objectives.map((it) => ({ value: `${it.strategyId ?? ''}/${it.id}`, label: it.name }))}
              value={objective === undefined ? null : `${objective.strategyId ?? ''}/${objective.id}`}
              onChange={(next) => change({ objective: next ?? '', audience: '' })}
            />
          </div>
          {place === '' && <p className="t2">Choose the market; then claims, modules and writers that fit are offered.</p>}
          {(suggestions.isLoading || reaching.isLoading) && <LoadingRows label="Looking up what fits this cell" rows={8} />}
          {suggestions.isError && <ErrorState error={suggestions.error} onRetry={() => void suggestions.refetch()} kept="What you typed is kept." />}
          {offered !== undefined && (
            <BriefFields form={shown} offered={offered} errors={fieldErrors(create.error?.errors ?? [])} onChange={(next) =>
                change({
                  ...next,
                  titled: form.titled || next.title !== shown.title,
                  picked: form.picked || next.keyMessages !== shown.keyMessages || next.claims !== shown.claims || next.modules !== shown.modules,
                })
              } />
          )}
          {create.isError && <ErrorState error={create.error} onRetry={submit} kept="No brief was made; what you typed is kept." />}
        </div>
      </SplitPage>
    </>
  )
}
