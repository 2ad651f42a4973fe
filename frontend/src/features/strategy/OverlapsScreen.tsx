import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { IconAlertTriangle, IconArrowsCross, IconCircles } from '@tabler/icons-react'

import { brandsQuery, marketsQuery, useLabels, vocabulariesQuery } from '@/api/framework'
import { plural } from '@/content/words'
import { ColumnHeads, EmptyState, ErrorState, Facts, FilterBar, Finding, IncompleteState, KeyBar, LoadingRows, PanelHead, PanelSection, Picker, Row, RowList, Rows, Segments, SplitPage, TopBar } from '@/ui'

import { overlapsQuery, type Overlap } from './api'
import classes from './overlaps.module.css'
import type { OverlapsSearch } from './routes'
import { StrategyTabs } from './StrategyTabs'
import { audienceOptions, sayWindow } from './words'

const route = getRouteApi('/signed-in/strategy/overlaps')
const COLUMNS = '18px minmax(0, 1.7fr) minmax(0, 1fr) 72px 120px'

const idOf = (pair: Overlap) => `${pair.first.strategyId}/${pair.first.objectiveId}~${pair.second.strategyId}/${pair.second.objectiveId}`

/** Across all brands: which active objectives meet the same people, and which of them compete for them or contradict each other. */
export function OverlapsScreen() {
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/strategy/overlaps' })
  const labels = useLabels()
  const vocabularies = useQuery(vocabulariesQuery)
  const brands = useQuery(brandsQuery)
  const markets = useQuery(marketsQuery)
  const overlaps = useQuery(overlapsQuery({ audience: search.audience, brand: search.brand, market: search.market }))
  const all = overlaps.data?.pairs ?? []
  const pairs = search.only === 'conflict' ? all.filter((it) => it.severity === 'conflict') : all
  const current = pairs.find((it) => idOf(it) === search.pair) ?? pairs[0]
  const show = (change: OverlapsSearch) => void navigate({ search: (old: OverlapsSearch) => ({ ...old, ...change }), replace: true })
  const filtered = search.audience !== undefined || search.brand !== undefined || search.market !== undefined

  return (
    <>
      <TopBar title="Strategy" tabs={<StrategyTabs current="/strategy/overlaps" />} />
      <FilterBar label="Filters">
        <Picker label="Audience" value={search.audience} none="All audiences" options={audienceOptions(vocabularies.data)} onChange={(audience) => show({ audience, pair: undefined })} />
        <Picker label="Brand" value={search.brand} none="All brands" options={brands.data?.brands.map((it) => ({ value: it.key, label: it.name, note: it.establishedName })) ?? []} onChange={(brand) => show({ brand, pair: undefined })} />
        <Picker label="Market" value={search.market} none="All markets" options={markets.data?.markets.map((it) => ({ value: it.market, label: it.name, note: it.market })) ?? []} onChange={(market) => show({ market, pair: undefined })} />
        <span className="end">
          <Segments
            label="Severity"
            value={search.only ?? 'all'}
            options={[
              { value: 'all', label: 'All' },
              { value: 'conflict', label: 'Conflicts' },
            ]}
            onChange={(value) => show({ only: value === 'conflict' ? 'conflict' : undefined, pair: undefined })}
          />
        </span>
      </FilterBar>
      <SplitPage
        panelLabel="Chosen pair"
        panelWidth="460px"
        footer={<KeyBar hints={[{ keys: ['j', 'k'], label: 'move' }, { keys: ['?'], label: 'all keys' }]} />}
        {...(current === undefined ? {} : { panel: <PairPanel pair={current} /> })}
      >
        {overlaps.isPending && <LoadingRows label="Comparing the objectives of all strategies" />}
        {overlaps.isError && <ErrorState error={overlaps.error} onRetry={() => void overlaps.refetch()} />}
        {overlaps.data !== undefined && (
          <>
            {!overlaps.data.complete && <IncompleteState>There are more than {all.length} pairs; these are the heaviest. Filter by audience, brand or market to see the others.</IncompleteState>}
            {pairs.length > 0 && (
              <div className={classes.head}>
                <h2 className="answer">{sayPairs(all.length, overlaps.data.conflicts)}</h2>
                <p className="t2">Two active objectives overlap where they share audience, stage, need, market and time.</p>
              </div>
            )}
            {pairs.length === 0 ? (
              <EmptyState icon={<IconArrowsCross size={18} stroke={1.5} />} title={search.only === 'conflict' && all.length > 0 ? `No conflicts among ${plural(all.length, 'overlap')}.` : 'No two active objectives compete.'}>
                {filtered ? 'Not for this choice; a wider one may find some.' : 'Each audience, stage, need and market belongs to one active objective at a time.'}
              </EmptyState>
            ) : (
              <Rows label="Overlaps" selected={current === undefined ? undefined : idOf(current)} onSelect={(pair) => show({ pair })}>
                <ColumnHeads columns={COLUMNS}>
                  <span />
                  <span>Objectives</span>
                  <span>They share</span>
                  <span>Markets</span>
                  <span>Contacts asked for</span>
                </ColumnHeads>
                <RowList label="Overlaps">
                  {pairs.map((pair) => (
                    <Row key={idOf(pair)} id={idOf(pair)} columns={COLUMNS} tall>
                      {pair.severity === 'conflict' ? (
                        <IconAlertTriangle size={16} stroke={1.5} role="img" aria-label="Conflict" color="var(--block-mark)" />
                      ) : (
                        <IconCircles size={16} stroke={1.5} role="img" aria-label="Overlap" color="var(--text-3)" />
                      )}
                      <span className={classes.two}>
                        {[pair.first, pair.second].map((it) => (
                          <span key={it.strategyId + it.objectiveId} className="clip">
                            <span className="m">{it.name}</span> <span className="t3 f12">{it.strategyName}</span>
                          </span>
                        ))}
                      </span>
                      <span className={classes.two}>
                        <span className="clip">{pair.needs.map((it) => labels.concept('needs', it)).join(', ')}</span>
                        <span className="clip t3 f12">{labels.concept('audiences', pair.audience)}</span>
                      </span>
                      <span className="clip t2">{pair.markets.join(', ')}</span>
                      <Contacts pair={pair} />
                    </Row>
                  ))}
                </RowList>
              </Rows>
            )}
          </>
        )}
      </SplitPage>
    </>
  )
}

function sayPairs(all: number, conflicts: number): string {
  if (conflicts === 0) return `${plural(all, 'overlap')}, no conflict`
  return `${plural(conflicts, 'conflict')} among ${plural(all, 'overlap')}`
}

function Contacts({ pair }: { readonly pair: Overlap }) {
  const over = pair.contacts > pair.contactBudget
  return (
    <span className={classes.contacts} data-over={over || undefined} title="Contacts in 30 days that both ask for, of those that one person has to give">
      <b>{round(pair.contacts)}</b> of {round(pair.contactBudget)}
      {over && <span className="sr">, over the budget</span>}
    </span>
  )
}

/** Competing for people's attention is another thing than wanting opposite things of them. */
function sayPair(pair: Pick<Overlap, 'severity' | 'reasons'>): string {
  if (pair.severity === 'overlap') return 'These two meet the same people'
  return pair.reasons.every((it) => it.code === 'over-contact-budget') ? 'These two ask for too much of the same people' : 'These two contradict each other'
}

const round = (value: number) => Math.round(value * 10) / 10

function PairPanel({ pair }: { readonly pair: Overlap }) {
  const labels = useLabels()
  return (
    <>
      <PanelHead title={sayPair(pair)} eyebrow={labels.concept('audiences', pair.audience)} />
      {pair.reasons.length > 0 && (
        <PanelSection title="Why it is a conflict">
          <div className={classes.reasons}>
            {pair.reasons.map((it) => (
              <Finding key={it.code} severity="block" rule={it.code}>
                {it.text}
              </Finding>
            ))}
          </div>
        </PanelSection>
      )}
      <PanelSection title="The two objectives">
        <div className={classes.pair}>
          {[pair.first, pair.second].map((it) => (
            <article key={it.strategyId + it.objectiveId} className={classes.side}>
              <Link to="/strategy/objectives" search={{ strategy: it.strategyId, version: it.number, objective: it.objectiveId }} className="link">
                {it.name}
              </Link>
              <p className="f12 t3">
                {it.strategyName} v{it.number}
              </p>
              <dl>
                <dt>Weight</dt>
                <dd className="num">{it.weight.toFixed(2)}</dd>
                <dt>Brands</dt>
                <dd>{it.brands.length === 0 ? 'All' : it.brands.map(labels.brand).join(', ')}</dd>
                <dt>Kind</dt>
                <dd>{it.kind === undefined ? 'Any' : labels.kind(it.kind)}</dd>
                <dt>Model</dt>
                <dd>{labels.concept('engagement-models', it.engagementModel)}</dd>
              </dl>
            </article>
          ))}
        </div>
      </PanelSection>
      <PanelSection title="Where they meet" grow>
        <Facts
          facts={[
            ['Stages', pair.stages.map((it) => labels.concept('stages', it)).join(', ')],
            ['Needs', pair.needs.map((it) => labels.concept('needs', it)).join(', ')],
            ['Markets', pair.markets.map(labels.market).join(', ')],
            ['Brands', pair.brands.length === 0 ? 'None that both name' : pair.brands.map(labels.brand).join(', ')],
            ['Time', sayWindow(pair.from, pair.until)],
            ['Contacts', `${round(pair.contacts)} in 30 days together; one person has ${round(pair.contactBudget)} to give`],
          ]}
        />
      </PanelSection>
    </>
  )
}
