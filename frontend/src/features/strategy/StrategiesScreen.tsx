import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { IconCompass, IconPlus } from '@tabler/icons-react'

import { useLabels } from '@/api/framework'
import { hasRole, usePerson } from '@/app/session'
import { Button, Chip, ColumnHeads, EmptyState, ErrorState, KeyBar, LoadingRows, PanelActions, PanelHead, PanelSection, Row, RowList, Rows, sayDate, SplitPage, TopBar, useActions } from '@/ui'

import { strategiesQuery, strategyQuery, type Strategy, type StrategyDetail } from './api'
import { NewStrategyDialog } from './NewStrategyDialog'
import classes from './objectives.module.css'
import type { StrategiesSearch } from './routes'
import { StrategyStateChip } from './StrategyStateChip'
import { StrategyTabs } from './StrategyTabs'

const route = getRouteApi('/signed-in/strategy/strategies')
const COLUMNS = 'minmax(0, 1fr) 150px 150px 190px'

/** The strategies of the portfolio and its brands, each with where it stands and its versions. */
export function StrategiesScreen() {
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/strategy/strategies' })
  const labels = useLabels()
  const strategies = useQuery(strategiesQuery)
  const maySteer = hasRole(usePerson(), 'strategist')
  const all = strategies.data?.strategies ?? []
  const current = all.find((it) => it.id === search.strategy) ?? all[0]
  const show = (change: StrategiesSearch) => void navigate({ search: (old: StrategiesSearch) => ({ ...old, ...change }), replace: true })
  const open = (id: string | undefined) => id !== undefined && void navigate({ to: '/strategy/objectives', search: { strategy: id } })
  const active = all.filter((it) => it.active !== undefined).length

  useActions('Strategies', [
    { label: 'New strategy', keys: 'c', icon: <IconPlus stroke={1.5} aria-hidden="true" />, disabled: !maySteer, run: () => show({ dialog: 'new' }) },
    { label: 'Open the objectives of the chosen strategy', keys: 'mod+Enter', disabled: current === undefined || search.dialog !== undefined, run: () => open(current?.id) },
  ])

  return (
    <>
      <TopBar
        title="Strategy"
        tabs={<StrategyTabs current="/strategy/strategies" />}
        actions={
          <Button variant="primary" icon={<IconPlus size={16} stroke={1.75} aria-hidden="true" />} keys="c" disabledReason={maySteer ? undefined : 'Only strategists state strategies.'} onClick={() => show({ dialog: 'new' })}>
            New strategy
          </Button>
        }
      />
      <SplitPage
        panelLabel="Chosen strategy"
        panelWidth="460px"
        footer={<KeyBar hints={[{ keys: ['j', 'k'], label: 'move' }, { keys: ['Enter'], label: 'objectives' }, { keys: ['?'], label: 'all keys' }]} />}
        {...(current === undefined ? {} : { panel: <StrategyPanel key={current.id} strategy={current} maySteer={maySteer} onOpen={() => open(current.id)} /> })}
      >
        {strategies.isPending && <LoadingRows label="Loading the strategies" />}
        {strategies.isError && <ErrorState error={strategies.error} onRetry={() => void strategies.refetch()} />}
        {strategies.data !== undefined && all.length === 0 && (
          <EmptyState icon={<IconCompass size={18} stroke={1.5} />} title="There is no strategy yet." action={maySteer && <Button onClick={() => show({ dialog: 'new' })}>New strategy</Button>}>
            State one for the portfolio or for a brand; its objectives then say what content must exist and what channels serve first.
          </EmptyState>
        )}
        {all.length > 0 && (
          <>
            <div className={classes.head}>
              <h2 className="answer">
                {active} of {all.length} {all.length === 1 ? 'strategy is' : 'strategies are'} active
              </h2>
            </div>
            <Rows label="Strategies" selected={current?.id} onSelect={(strategy) => show({ strategy })} onOpen={open}>
              <ColumnHeads columns={COLUMNS}>
                <span>Strategy</span>
                <span>For</span>
                <span>Newest</span>
                <span>In force</span>
              </ColumnHeads>
              <RowList label="Strategies">
                {all.map((it) => (
                  <Row key={it.id} id={it.id} columns={COLUMNS}>
                    <span className="clip m">{it.name}</span>
                    <span className="clip t2">{it.scope === 'brand' ? labels.brand(it.brand) : 'Whole portfolio'}</span>
                    <span className="row">
                      {it.latest === 0 ? <span className="t3">No version yet</span> : <span className="num t2">v{it.latest}</span>}
                      {it.latestState !== undefined && it.latest > 0 && <StrategyStateChip state={it.latestState} />}
                    </span>
                    <span className="clip t2">{sayActive(it)}</span>
                  </Row>
                ))}
              </RowList>
            </Rows>
          </>
        )}
      </SplitPage>
      {search.dialog === 'new' && <NewStrategyDialog onClose={() => show({ dialog: undefined })} />}
    </>
  )
}

function sayActive({ active }: Strategy): string {
  if (active === undefined) return 'Nothing'
  return `v${active.number} since ${sayDate(new Date(active.from))}`
}

function StrategyPanel({ strategy, maySteer, onOpen }: { readonly strategy: Strategy; readonly maySteer: boolean; readonly onOpen: () => void }) {
  const labels = useLabels()
  const navigate = useNavigate()
  const detail = useQuery(strategyQuery(strategy.id))
  return (
    <>
      <PanelHead title={strategy.name} eyebrow={<Chip>{strategy.scope === 'brand' ? labels.brand(strategy.brand) : 'Whole portfolio'}</Chip>}>
        {strategy.active === undefined && <p className="t2">Nothing is in force, so it orders no content set and fills no cell of the matrix.</p>}
      </PanelHead>
      {detail.isPending && <LoadingRows label="Loading the versions" rows={4} />}
      {detail.isError && <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />}
      {detail.data !== undefined && <Versions strategy={detail.data} />}
      <PanelActions>
        <Button variant="primary" size="lg" className="grow" keys="mod+Enter" onClick={onOpen}>
          Open the objectives
        </Button>
        <Button size="lg" disabledReason={maySteer ? undefined : 'Only strategists write versions.'} onClick={() => void navigate({ to: '/strategy/edit', search: { strategy: strategy.id } })}>
          {strategy.latest === 0 ? 'Write v1' : 'New version'}
        </Button>
      </PanelActions>
    </>
  )
}

function Versions({ strategy }: { readonly strategy: StrategyDetail }) {
  return (
    <PanelSection title="Versions, newest first" aside={strategy.versions.length} grow>
      {strategy.versions.length === 0 && <p className="t2">No version is stored yet.</p>}
      <ol className={classes.versions}>
        {strategy.versions.map((it, index) => {
          const before = strategy.versions[index + 1]
          return (
            <li key={it.number}>
              <span className="row">
                <Link to="/strategy/objectives" search={{ strategy: strategy.id, version: it.number }} className="link">
                  v{it.number}
                </Link>
                <StrategyStateChip state={it.state} />
                <span className="f12 t3 end">
                  {it.objectives} {it.objectives === 1 ? 'objective' : 'objectives'}
                </span>
              </span>
              {it.activeFrom !== undefined && (
                <span className="f12 t2">
                  In force from {sayDate(new Date(it.activeFrom))}
                  {it.activeUntil !== undefined && ` until ${sayDate(new Date(it.activeUntil))}`}
                </span>
              )}
              {it.summary !== undefined && <span className={`f12 t2 ${classes.summary}`}>{it.summary}</span>}
              <span className="row f12 t3">
                {it.createdBy.displayName}, {sayDate(new Date(it.createdAt))}
                {before !== undefined && (
                  <Link to="/strategy/compare" search={{ strategy: strategy.id, from: before.number, to: it.number }} className="link end">
                    What changed since v{before.number}
                  </Link>
                )}
              </span>
            </li>
          )
        })}
      </ol>
    </PanelSection>
  )
}
