import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { IconAlertTriangle, IconTargetArrow } from '@tabler/icons-react'
import { useState } from 'react'

import { useLabels } from '@/api/framework'
import { hasRole, usePerson } from '@/app/session'
import { Button, Chip, ColumnHeads, EmptyState, ErrorState, FilterBar, KeyBar, LoadingRows, Picker, Row, RowList, Rows, sayDate, sayMoment, SplitPage, TopBar } from '@/ui'

import { ActivateDialog } from './ActivateDialog'
import { strategiesQuery, versionQuery, type Objective, type Strategy, type StrategyVersion } from './api'
import { ApproveDialog } from './ApproveDialog'
import { ChannelMix } from './ChannelMix'
import { EndDialog } from './EndDialog'
import { ObjectivePanel } from './ObjectivePanel'
import classes from './objectives.module.css'
import type { ObjectivesSearch } from './routes'
import { StrategyStateChip } from './StrategyStateChip'
import { StrategyTabs } from './StrategyTabs'

const route = getRouteApi('/signed-in/strategy/objectives')
const COLUMNS = 'minmax(0, 1.8fr) minmax(0, 1.2fr) minmax(0, 1fr) 52px 92px'
const MAY_NOT = 'Only strategists store, approve and activate versions.'

/** What a strategy wants, version by version. */
export function ObjectivesScreen() {
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/strategy/objectives' })
  const person = usePerson()
  const strategies = useQuery(strategiesQuery)
  const [dialog, setDialog] = useState<'approve' | 'activate' | 'end' | null>(null)
  const all = strategies.data?.strategies ?? []
  const strategy = all.find((it) => it.id === search.strategy) ?? all[0]
  const number = search.version ?? strategy?.active?.number ?? strategy?.latest ?? 0
  const version = useQuery({ ...versionQuery(strategy?.id ?? '', number), enabled: strategy !== undefined && number > 0 })
  const objectives = version.data?.document.objectives ?? []
  const chosen = objectives.find((it) => it.id === search.objective) ?? objectives[0]
  const maySteer = hasRole(person, 'strategist')
  const isActive = strategy?.active?.number === number

  function show(change: ObjectivesSearch) {
    void navigate({ search: (old: ObjectivesSearch) => ({ ...old, ...change }), replace: true })
  }

  return (
    <>
      <TopBar
        title="Strategy"
        tabs={<StrategyTabs current="/strategy/objectives" />}
        actions={
          version.data !== undefined && (
            <>
              <Button
                disabledReason={maySteer ? undefined : MAY_NOT}
                onClick={() => void navigate({ to: '/strategy/edit', search: { strategy: version.data.strategyId, from: number, objective: search.objective } })}
              >
                New version from v{number}
              </Button>
              <NextStep version={version.data} maySteer={maySteer} onStep={setDialog} />
            </>
          )
        }
      />
      {strategies.data !== undefined && strategy !== undefined && (
        <FilterBar label="Strategy and version">
          <Picker
            label="Strategy"
            value={strategy.id}
            options={all.map((it) => ({ value: it.id, label: it.name, note: it.active === undefined ? 'not active' : `v${it.active.number} active` }))}
            onChange={(id) => show({ strategy: id, version: undefined, objective: undefined })}
          />
          <Picker
            label="Version"
            value={number === 0 ? undefined : String(number)}
            none={number === 0 ? 'None yet' : undefined}
            options={Array.from({ length: strategy.latest }, (_, index) => strategy.latest - index).map((it) => ({ value: String(it), label: `v${it}`, note: it === strategy.active?.number ? 'active' : undefined }))}
            onChange={(next) => show({ version: next === undefined ? undefined : Number(next), objective: undefined })}
          />
          {version.data?.state !== undefined && <StrategyStateChip state={version.data.state} />}
          <ScopeChips strategy={strategy} isActive={isActive} />
        </FilterBar>
      )}
      <SplitPage
        panelLabel="Chosen objective"
        panelWidth="420px"
        footer={<KeyBar hints={[{ keys: ['j', 'k'], label: 'move' }]} {...(version.data === undefined ? {} : { note: `v${number} stored ${sayMoment(new Date(version.data.createdAt))} by ${version.data.createdBy.displayName}, SHA-256 ${version.data.sha256.slice(0, 12)}…` })} />}
        panel={
          chosen === undefined ? (
            <EmptyState icon={<IconTargetArrow size={18} stroke={1.5} />} title="Choose an objective">
              Its plan, its channels and how it will be measured stand here.
            </EmptyState>
          ) : (
            <ObjectivePanel objective={chosen} />
          )
        }
      >
        {strategies.isPending && <LoadingRows label="Loading strategies" />}
        {strategies.isError && <ErrorState error={strategies.error} onRetry={() => void strategies.refetch()} />}
        {strategies.data !== undefined && strategy === undefined && <EmptyState title="There is no strategy yet.">A strategist states one for the portfolio or for a brand; its objectives then say what content must exist.</EmptyState>}
        {strategy !== undefined && number === 0 && <EmptyState title={`${strategy.name} has no version yet.`}>Its first version states the objectives.</EmptyState>}
        {version.isError && <ErrorState error={version.error} onRetry={() => void version.refetch()} />}
        {version.isLoading && <LoadingRows label="Loading the objectives" />}
        {version.data !== undefined && (
          <>
            <VersionHead version={version.data} />
            {objectives.length === 0 ? (
              <EmptyState title="This version states no objective." />
            ) : (
              <Rows label="Objectives" selected={chosen?.id} onSelect={(objective) => show({ objective })}>
                <ColumnHeads columns={COLUMNS}>
                  <span>Objective</span>
                  <span>From → to</span>
                  <span>Channel mix</span>
                  <span>Weight</span>
                  <span>Measured by</span>
                </ColumnHeads>
                <RowList label="Objectives">
                  {objectives.map((it) => (
                    <ObjectiveRow key={it.id} objective={it} />
                  ))}
                </RowList>
              </Rows>
            )}
          </>
        )}
      </SplitPage>
      {dialog === 'approve' && version.data !== undefined && <ApproveDialog version={version.data} onClose={() => setDialog(null)} />}
      {dialog === 'activate' && version.data !== undefined && <ActivateDialog version={version.data} onClose={() => setDialog(null)} />}
      {dialog === 'end' && version.data !== undefined && <EndDialog version={version.data} onClose={() => setDialog(null)} />}
    </>
  )
}

/** The one step that a version waits for: a draft for approval, what is approved for activation; what is in force can be ended. */
function NextStep({ version, maySteer, onStep }: { readonly version: StrategyVersion; readonly maySteer: boolean; readonly onStep: (step: 'approve' | 'activate' | 'end') => void }) {
  const may = version.permissions
  const told = (allowed: boolean | undefined, otherwise: string) => (!maySteer ? MAY_NOT : allowed === false ? otherwise : undefined)
  switch (version.state ?? 'approved') {
    case 'draft':
      return (
        <Button variant="primary" disabledReason={told(may?.approve, 'Another strategist approves what you stored, and every objective needs a measurement plan.')} onClick={() => onStep('approve')}>
          Approve v{version.number}…
        </Button>
      )
    case 'active':
    case 'scheduled':
      return (
        <Button variant="danger" disabledReason={told(may?.end, 'You may not end it.')} onClick={() => onStep('end')}>
          End v{version.number}…
        </Button>
      )
    case 'ended':
      return null
    case 'approved':
      return (
        <Button variant="primary" disabledReason={told(may?.activate, 'You may not activate it.')} onClick={() => onStep('activate')}>
          Activate v{version.number}…
        </Button>
      )
  }
}

function ScopeChips({ strategy, isActive }: { readonly strategy: Strategy; readonly isActive: boolean }) {
  const labels = useLabels()
  const { active } = strategy
  return (
    <span className="row end">
      <Chip>{strategy.scope === 'brand' ? labels.brand(strategy.brand) : 'Whole portfolio'}</Chip>
      {active === undefined ? (
        <Chip tone="warn" icon={<IconAlertTriangle stroke={1.5} aria-hidden="true" />}>
          No version is active
        </Chip>
      ) : (
        <Chip tone={isActive ? 'ok' : 'line'}>
          v{active.number} active since {sayDate(new Date(active.from))}
          {active.until !== undefined && `, until ${sayDate(new Date(active.until))}`}
        </Chip>
      )}
    </span>
  )
}

function VersionHead({ version }: { readonly version: StrategyVersion }) {
  const unmeasured = version.document.objectives.filter((it) => it.measurementPlan === undefined).length
  const total = version.document.objectives.length
  const last = version.activations[0]
  return (
    <div className={classes.head}>
      <h2 className="answer">
        {total} {total === 1 ? 'objective' : 'objectives'}
        {unmeasured > 0 ? `, ${unmeasured} without a measurement plan` : ', each with a measurement plan'}
      </h2>
      {version.document.summary !== undefined && <p className="t2">{version.document.summary}</p>}
      {version.approval !== undefined && (
        <p className="t3 f12">
          Approved by {version.approval.approvedBy.displayName} on {sayMoment(new Date(version.approval.approvedAt))}: {version.approval.reason}{' '}
          {version.approval.valid ? 'The signature fits the version.' : <b className={classes.broken}>The signature does not fit the version.</b>}
        </p>
      )}
      {last !== undefined && (
        <p className="t3 f12">
          Activated by {last.activatedBy.displayName} on {sayMoment(new Date(last.activatedAt))}: {last.reason}
          {last.ended !== undefined && ` Ended by ${last.ended.by.displayName} on ${sayMoment(new Date(last.ended.at))}: ${last.ended.reason}`}
        </p>
      )}
    </div>
  )
}

function ObjectiveRow({ objective }: { readonly objective: Objective }) {
  const labels = useLabels()
  const plan = objective.measurementPlan
  return (
    <Row id={objective.id} columns={COLUMNS} tall>
      <span className="grow">
        <span className="clip m" style={{ display: 'block' }}>
          {objective.name}
        </span>
        <span className="clip t3 f12" style={{ display: 'block' }}>
          {labels.concept('audiences', objective.audience)}
          {objective.kind !== undefined && `, ${labels.kind(objective.kind).toLowerCase()}`}
        </span>
      </span>
      <span className="clip t2">
        {labels.concept('stages', objective.fromStage)} → {labels.concept('stages', objective.toStage)}
      </span>
      <ChannelMix mix={objective.channelMix} />
      <span className="num t2">{objective.weight.toFixed(2)}</span>
      {plan === undefined ? (
        <span>
          <Chip tone="warn" icon={<IconAlertTriangle stroke={1.5} aria-hidden="true" />}>
            No plan
          </Chip>
        </span>
      ) : (
        <span className="num t2 clip" title={plan.kpi}>
          {plan.baseline} → {plan.target} {plan.unit}
        </span>
      )}
    </Row>
  )
}
