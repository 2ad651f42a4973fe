import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { IconTargetArrow } from '@tabler/icons-react'

import { marketsQuery, useLabels, vocabulariesQuery } from '@/api/framework'
import type { Schema } from '@/api/types'
import { plural } from '@/content/words'
import { EmptyState, ErrorState, FilterBar, IncompleteState, LoadingRows, PanelHead, PanelSection, Picker, SplitPage, TopBar } from '@/ui'

import { needQuery, type NeedCoverage } from './api'
import { GapRank } from './GapRank'
import classes from './needs.module.css'
import type { NeedsSearch } from './routes'
import { StrategyTabs } from './StrategyTabs'
import { channelOptions, DAYS, DEFAULT_DAYS, needOptions, sayCount, sayShare } from './words'

const route = getRouteApi('/signed-in/strategy/needs')

/** Starts from a need, not from a brand: who wants it met, who asks for it, what there is, and where it is missing. */
export function NeedsScreen() {
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/strategy/needs' })
  const vocabularies = useQuery(vocabulariesQuery)
  const markets = useQuery(marketsQuery)
  const needs = needOptions(vocabularies.data)
  const need = search.need ?? needs[0]?.value ?? ''
  const concept = vocabularies.data?.schemes.find((it) => it.scheme === 'needs')?.concepts.find((it) => it.notation === need)
  const coverage = useQuery(needQuery({ need, market: search.market, channel: search.channel, days: search.days }))
  const show = (change: NeedsSearch) => void navigate({ search: (old: NeedsSearch) => ({ ...old, ...change }), replace: true })

  return (
    <>
      <TopBar title="Strategy" tabs={<StrategyTabs current="/strategy/needs" />} />
      <FilterBar label="Need and filters">
        <Picker label="Need" value={need} options={needs} onChange={(value) => show({ need: value })} />
        <Picker label="Market" value={search.market} none="All markets" options={markets.data?.markets.map((it) => ({ value: it.market, label: it.name, note: it.market })) ?? []} onChange={(market) => show({ market })} />
        <Picker label="Channel" value={search.channel} none="All channels" options={channelOptions(vocabularies.data)} onChange={(channel) => show({ channel })} />
        <Picker label="Demand" value={String(search.days ?? DEFAULT_DAYS)} options={DAYS} onChange={(days) => show({ days: days === undefined || Number(days) === DEFAULT_DAYS ? undefined : Number(days) })} />
      </FilterBar>
      <SplitPage panelLabel="Objectives" panelWidth="360px" {...(coverage.data === undefined ? {} : { panel: <WhoWantsIt coverage={coverage.data} label={concept?.label ?? need} /> })}>
        {vocabularies.isError && <ErrorState error={vocabularies.error} onRetry={() => void vocabularies.refetch()} />}
        {coverage.isError && <ErrorState error={coverage.error} onRetry={() => void coverage.refetch()} />}
        {coverage.isPending && !vocabularies.isError && <LoadingRows label="Loading the need" rows={10} />}
        {coverage.data !== undefined && !coverage.isError && (
          <div className={classes.page} data-stale={coverage.isPlaceholderData || undefined}>
            {!coverage.data.complete && <IncompleteState>These are the first {coverage.data.rows.length} rows; choose a market or a channel to see the others.</IncompleteState>}
            <h2 className="answer">{concept?.example === undefined ? (concept?.label ?? need) : `“${concept.example}”`}</h2>
            <Totals coverage={coverage.data} />
            {coverage.data.rows.length === 0 ? (
              <EmptyState title="Nobody plans for this need, nobody asked for it and nothing is approved.">An objective that names it, or another market, fills this page.</EmptyState>
            ) : (
              <CoverageTable coverage={coverage.data} search={search} />
            )}
          </div>
        )}
      </SplitPage>
    </>
  )
}

function Totals({ coverage }: { readonly coverage: NeedCoverage }) {
  const { planned, approved, inProgress, requests, relaxed, empty, gaps } = coverage.totals
  const unmet = requests === 0 ? 0 : (relaxed + empty) / requests
  return (
    <dl className={classes.totals}>
      <Total label="planned" value={sayCount(planned)} />
      <Total label="approved" value={sayCount(approved)} />
      <Total label="in progress" value={sayCount(inProgress)} />
      <Total label={`asked for in ${coverage.days} days`} value={sayCount(requests)} />
      <Total label="of it unmet" value={requests === 0 ? '–' : sayShare(unmet)} alert={unmet > 0.2} />
      <Total label={gaps === 1 ? 'gap' : 'gaps'} value={sayCount(gaps)} alert={gaps > 0} />
    </dl>
  )
}

function Total({ label, value, alert = false }: { readonly label: string; readonly value: string; readonly alert?: boolean }) {
  return (
    <div data-alert={alert || undefined}>
      <dd>{value}</dd>
      <dt>{label}</dt>
    </div>
  )
}

function CoverageTable({ coverage, search }: { readonly coverage: NeedCoverage; readonly search: NeedsSearch }) {
  const labels = useLabels()
  const most = Math.max(1, ...coverage.rows.map((it) => it.demand.requests))
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">Gap</th>
          <th scope="col">Brand</th>
          <th scope="col">Audience</th>
          <th scope="col">Stage</th>
          <th scope="col">Approved of planned</th>
          <th scope="col">In progress</th>
          <th scope="col">Asked for</th>
          <th scope="col">Unmet</th>
          <th scope="col">Served</th>
        </tr>
      </thead>
      <tbody>
        {coverage.rows.map((row) => (
          <tr key={`${row.brand ?? ''}/${row.audience}/${row.stage}`}>
            <td>
              {row.gap === undefined ? null : (
                <GapRank rank={row.gap.rank} />
              )}
            </td>
            <td>{row.brand === undefined ? <span className="t3">No brand</span> : labels.brand(row.brand)}</td>
            <td>{labels.concept('audiences', row.audience)}</td>
            <td>
              <Link to="/strategy" search={{ audience: row.audience, brand: row.brand, market: search.market, channel: search.channel, days: search.days, stage: row.stage, need: coverage.need }} className="link">
                {labels.concept('stages', row.stage)}
              </Link>
            </td>
            <td>
              <Supply row={row} />
            </td>
            <td className="num">{row.inProgress === 0 ? <span className="t3">–</span> : row.inProgress}</td>
            <td>
              <span className={classes.demand}>
                <span className={classes.bar} aria-hidden="true">
                  <i style={{ width: `${(row.demand.requests / most) * 100}%` }} />
                </span>
                <span className="num">{row.demand.requests === 0 ? <span className="t3">–</span> : sayCount(row.demand.requests)}</span>
              </span>
            </td>
            <td className="num">{row.demand.requests === 0 ? <span className="t3">–</span> : sayShare((row.demand.empty + row.demand.relaxed) / row.demand.requests)}</td>
            <td className="num">{row.served === 0 ? <span className="t3">–</span> : sayCount(row.served)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Supply({ row }: { readonly row: Schema<'NeedRow'> }) {
  if (row.planned === 0) return <span className="t2">{row.approved === 0 ? 'No plan' : `${row.approved}, no plan`}</span>
  return (
    <span className={classes.supply} data-short={row.missing > 0 || undefined}>
      <b>{row.approved}</b> of {row.planned}
    </span>
  )
}

function WhoWantsIt({ coverage, label }: { readonly coverage: NeedCoverage; readonly label: string }) {
  const labels = useLabels()
  return (
    <>
      <PanelHead title="Who wants it met" eyebrow={label}>
        <p className="t2">{coverage.objectives.length === 0 ? 'No active objective names this need.' : `${plural(coverage.objectives.length, 'active objective')}, the heaviest first.`}</p>
      </PanelHead>
      <PanelSection grow>
        {coverage.objectives.map((it) => (
          <Link key={`${it.strategyId ?? ''}${it.id}`} to="/strategy/objectives" search={{ strategy: it.strategyId, version: it.number, objective: it.id }} className={classes.entry}>
            <IconTargetArrow size={16} stroke={1.5} aria-hidden="true" />
            <span className="grow">
              <span>{it.name}</span>
              <span className="f12 t3" style={{ display: 'block' }}>
                {[
                  it.audience === undefined ? undefined : labels.concept('audiences', it.audience),
                  it.brands === undefined ? undefined : it.brands.length === 0 ? 'all brands' : it.brands.map(labels.brand).join(', '),
                  it.markets?.join(', '),
                  `weight ${it.weight.toFixed(2)}`,
                ]
                  .filter((part) => part !== undefined)
                  .join(' · ')}
              </span>
            </span>
          </Link>
        ))}
      </PanelSection>
    </>
  )
}
