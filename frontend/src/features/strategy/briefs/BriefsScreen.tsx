import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { IconFlag } from '@tabler/icons-react'

import { brandsQuery, marketsQuery, useLabels, vocabulariesQuery } from '@/api/framework'
import { plural } from '@/content/words'
import { Button, ColumnHeads, daysUntil, Due, EmptyState, ErrorState, Facts, FilterBar, IncompleteState, KeyBar, LoadingRows, PanelActions, PanelHead, PanelSection, Picker, Row, RowList, Rows, Segments, SplitPage, TopBar, useActions, useNow } from '@/ui'

import type { BriefsSearch } from '../routes'
import { StrategyTabs } from '../StrategyTabs'
import { audienceOptions, sayPlanDay } from '../words'
import { briefsQuery, type BriefRow } from './api'
import classes from './briefs.module.css'
import { BriefMark, BriefStateChip } from './BriefStateChip'

const route = getRouteApi('/signed-in/strategy/briefs')
const COLUMNS = '16px minmax(0, 2.2fr) minmax(0, 1.6fr) minmax(0, 1fr) minmax(0, 0.9fr) 88px'
const VIEWS = [
  { value: 'waiting', label: 'Waiting', states: 'open,in-work' },
  { value: 'done', label: 'Done', states: 'done' },
  { value: 'cancelled', label: 'Cancelled', states: 'cancelled' },
  { value: 'all', label: 'All', states: undefined },
] as const

/** What strategists have asked writers for, by due date. */
export function BriefsScreen() {
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/strategy/briefs' })
  const labels = useLabels()
  const now = useNow()
  const vocabularies = useQuery(vocabulariesQuery)
  const brands = useQuery(brandsQuery)
  const markets = useQuery(marketsQuery)
  const view = VIEWS.find((it) => it.value === (search.view ?? 'waiting')) ?? VIEWS[0]
  const briefs = useInfiniteQuery(briefsQuery({ state: view.states, writer: search.mine === true ? 'me' : undefined, brand: search.brand, market: search.market, audience: search.audience }))
  const rows = briefs.data?.pages.flatMap((it) => it.briefs) ?? []
  const current = rows.find((it) => it.id === search.brief) ?? rows[0]
  const show = (change: BriefsSearch) => void navigate({ search: (old: BriefsSearch) => ({ ...old, ...change }), replace: true })
  const open = (id: string | undefined) => id !== undefined && void navigate({ to: '/strategy/briefs/$briefId', params: { briefId: id } })
  const late = rows.filter((it) => it.overdue).length

  useActions('Briefs', [
    { label: 'Open the chosen brief', keys: 'mod+Enter', disabled: current === undefined, run: () => open(current?.id) },
    { label: 'Only my briefs', keys: 'm', run: () => show({ mine: search.mine === true ? undefined : true, brief: undefined }) },
  ])
  return (
    <>
      <TopBar title="Strategy" tabs={<StrategyTabs current="/strategy/briefs" />} />
      <FilterBar label="Filters">
        <Segments label="State" value={view.value} options={VIEWS} onChange={(value) => show({ view: value === 'waiting' ? undefined : value, brief: undefined })} />
        <Picker
          label="Writer"
          value={search.mine === true ? 'me' : undefined}
          none="Everybody"
          options={[{ value: 'me', label: 'Me' }]}
          onChange={(writer) => show({ mine: writer === 'me' ? true : undefined, brief: undefined })}
        />
        <Picker label="Audience" value={search.audience} none="All audiences" options={audienceOptions(vocabularies.data)} onChange={(audience) => show({ audience, brief: undefined })} />
        <Picker label="Brand" value={search.brand} none="All brands" options={brands.data?.brands.map((it) => ({ value: it.key, label: it.name, note: it.establishedName })) ?? []} onChange={(brand) => show({ brand, brief: undefined })} />
        <Picker label="Market" value={search.market} none="All markets" options={markets.data?.markets.map((it) => ({ value: it.market, label: it.name, note: it.market })) ?? []} onChange={(market) => show({ market, brief: undefined })} />
      </FilterBar>
      <SplitPage
        panelLabel="Chosen brief"
        panelWidth="400px"
        footer={<KeyBar hints={[{ keys: ['j', 'k'], label: 'move' }, { keys: ['Enter'], label: 'open' }, { keys: ['m'], label: 'mine' }, { keys: ['?'], label: 'all keys' }]} />}
        {...(current === undefined ? {} : { panel: <BriefPanel row={current} onOpen={() => open(current.id)} /> })}
      >
        {briefs.isPending && <LoadingRows label="Loading the briefs" rows={10} />}
        {briefs.isError && briefs.data === undefined && <ErrorState error={briefs.error} onRetry={() => void briefs.refetch()} />}
        {briefs.isError && briefs.data !== undefined && <IncompleteState onRetry={() => void briefs.fetchNextPage()}>{briefs.error.title}. What you see may not be all.</IncompleteState>}
        {briefs.data !== undefined && rows.length === 0 && (
          <EmptyState
            icon={<IconFlag size={18} stroke={1.5} />}
            title={view.value === 'waiting' ? 'No brief waits for its content.' : 'No brief in this view.'}
            action={
              <Link to="/strategy" search={{ gaps: true }} className="link">
                See the gaps
              </Link>
            }
          >
            A brief begins at a gap of the framework matrix: choose a cell there and press B.
          </EmptyState>
        )}
        {rows.length > 0 && (
          <>
            <h2 className={`answer ${classes.head ?? ''}`}>
              {sayBriefs(rows.length, briefs.hasNextPage, late, view.label)}
            </h2>
            <Rows label="Briefs" selected={current?.id} onSelect={(brief) => show({ brief })} onOpen={open}>
              <ColumnHeads columns={COLUMNS}>
                <span />
                <span>Brief</span>
                <span>Cell</span>
                <span>For</span>
                <span>Writer</span>
                <span style={{ textAlign: 'right' }}>Due</span>
              </ColumnHeads>
              <RowList label="Briefs">
                {rows.map((row) => (
                  <Row key={row.id} id={row.id} columns={COLUMNS}>
                    <BriefMark state={row.state} />
                    <span className="clip m">{row.title}</span>
                    <span className="clip t2 f12">
                      {labels.concept('stages', row.stage)} × {labels.concept('needs', row.need)}
                    </span>
                    <span className="clip t2 f12">
                      {labels.brand(row.brand)}, {row.market}
                    </span>
                    <span className="clip t2 f12">{row.writer.displayName}</span>
                    <Due tone={toneOf(row, now)}>{sayPlanDay(row.dueOn)}</Due>
                  </Row>
                ))}
              </RowList>
            </Rows>
            {briefs.hasNextPage && (
              <div className={classes.more}>
                <Button busy={briefs.isFetchingNextPage && 'Loading…'} onClick={() => void briefs.fetchNextPage()}>
                  Show more
                </Button>
              </div>
            )}
          </>
        )}
      </SplitPage>
    </>
  )
}

export function sayBriefs(count: number, more: boolean, late: number, view: string): string {
  const said = `${count}${more ? ' and more' : ''} ${count === 1 && !more ? 'brief' : 'briefs'}${view === 'All' ? '' : `, ${view.toLowerCase()}`}`
  return late === 0 ? said : `${said}; ${plural(late, 'is', 'are')} late`
}

function toneOf(row: BriefRow, now: Date): 'late' | 'soon' | undefined {
  if (row.overdue) return 'late'
  const waits = row.state === 'open' || row.state === 'in-work'
  return waits && daysUntil(new Date(`${row.dueOn}T00:00:00`), now) <= 7 ? 'soon' : undefined
}

function BriefPanel({ row, onOpen }: { readonly row: BriefRow; readonly onOpen: () => void }) {
  const labels = useLabels()
  return (
    <>
      <PanelHead title={row.title} eyebrow={<BriefStateChip state={row.state} />} />
      <PanelSection grow>
        <Facts
          facts={[
            ['Audience', labels.concept('audiences', row.audience)],
            [
              'Cell',
              <Link key="cell" to="/strategy" search={{ audience: row.audience, brand: row.brand, market: row.market, stage: row.stage, need: row.need }} className="link">
                {labels.concept('stages', row.stage)} × {labels.concept('needs', row.need)}
              </Link>,
            ],
            ['Brand', labels.brand(row.brand)],
            ['Market', labels.market(row.market)],
            ['Writer', row.writer.displayName],
            ['Due', `${sayPlanDay(row.dueOn)}${row.overdue ? ', late' : ''}`],
          ]}
        />
      </PanelSection>
      <PanelActions>
        <Button variant="primary" size="lg" className={classes.primary} keys="mod+Enter" onClick={onOpen}>
          Open the brief
        </Button>
      </PanelActions>
    </>
  )
}
