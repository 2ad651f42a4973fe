import { Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { IconLock, IconPhoto, IconTable, IconUpload } from '@tabler/icons-react'
import { useRef } from 'react'

import { hasRole, usePerson } from '@/app/session'
import { brandsQuery, marketsQuery, useLabels, vocabulariesQuery } from '@/api/framework'
import { Button, Chip, EmptyState, ErrorState, FilterBar, IncompleteState, Kbd, KeyBar, LoadingRows, Picker, type PickerOption, sayMoment, Segments, SplitPage, TopBar, useActions, useToast } from '@/ui'

import { matrixQuery, strategiesQuery, type Matrix } from './api'
import { CellPanel, NoCellPanel } from './CellPanel'
import { csvOf } from './csv'
import { download } from './download'
import { FILLS, firstFill, gridOf, nextGap, sayGaps } from './grid'
import { HeatGrid, type HeatGridHandle } from './HeatGrid'
import classes from './matrix.module.css'
import { matrixPicture } from './picture'
import type { MatrixSearch } from './routes'
import { StrategyTabs } from './StrategyTabs'
import { audienceOptions, channelOptions, DAYS, DEFAULT_DAYS } from './words'

/** Where content is planned and where it is missing, by need and journey stage, for one audience. */
export function MatrixScreen() {
  const search = useSearch({ from: '/signed-in/strategy' })
  const navigate = useNavigate({ from: '/strategy' })
  const toBrief = useNavigate()
  const mayBrief = hasRole(usePerson(), 'strategist')
  const toast = useToast()
  const labels = useLabels()
  const vocabularies = useQuery(vocabulariesQuery)
  const brands = useQuery(brandsQuery)
  const markets = useQuery(marketsQuery)
  const heat = useRef<HeatGridHandle>(null)

  const audiences = audienceOptions(vocabularies.data)
  const scope = { audience: search.audience ?? audiences[0]?.value ?? '', brand: search.brand, market: search.market, channel: search.channel, days: search.days }
  const matrix = useQuery(matrixQuery(scope))
  const strategies = useQuery(strategiesQuery).data?.strategies
  const fill = search.fill ?? firstFill(matrix.data)
  const grid = matrix.data === undefined ? undefined : gridOf(matrix.data)
  const chosen = search.stage === undefined || search.need === undefined ? undefined : { stage: search.stage, need: search.need }

  function show(change: MatrixSearch) {
    void navigate({ search: (old: MatrixSearch) => ({ ...old, ...change }), replace: true })
  }
  function choose(stage: string, need: string) {
    show({ stage, need })
  }
  function toNextGap() {
    const gap = grid === undefined ? undefined : nextGap(grid.gaps, search.stage, search.need)
    if (gap === undefined) return
    choose(gap.stage, gap.need)
    heat.current?.focus(gap.stage, gap.need)
  }
  function close() {
    if (chosen !== undefined) heat.current?.focus(chosen.stage, chosen.need)
    show({ stage: undefined, need: undefined })
  }
  const name = ['framework-matrix', scope.audience, scope.brand, scope.market, scope.channel].filter(Boolean).join('-')
  const sources = matrix.data?.strategies.map((it) => `${strategies?.find((one) => one.id === it.id)?.name ?? 'Strategy'} v${it.number}`) ?? []
  const exportTable = (data: Matrix) => download(`${name}.csv`, new Blob([csvOf(data)], { type: 'text/csv;charset=utf-8' }))
  async function exportPicture(data: Matrix) {
    const picture = await matrixPicture(data, fill, search.gaps === true, {
      filters: [
        ['Audience', labels.concept('audiences', scope.audience)],
        ['Brand', scope.brand === undefined ? 'All brands' : labels.brand(scope.brand)],
        ['Market', scope.market === undefined ? 'All markets' : labels.market(scope.market)],
        ['Channel', scope.channel === undefined ? 'All channels' : labels.concept('channels', scope.channel)],
        ['Demand and use', DAYS.find((it) => it.value === String(scope.days ?? DEFAULT_DAYS))?.label ?? `last ${scope.days} days`],
        ['Colour shows', FILLS.find((it) => it.value === fill)?.label.toLowerCase() ?? fill],
        ...(search.gaps === true ? [['Only', 'gaps'] as const] : []),
      ],
      source: sources.length === 0 ? 'No active strategy' : `Plan of ${sources.join(', ')}`,
      asOf: `As of ${sayMoment(new Date(matrix.dataUpdatedAt))}`,
    })
    if (picture === null) toast({ message: 'This browser could not draw the picture. Export the CSV instead.' })
    else download(`${name}.png`, picture)
  }
  function brief(cell: { readonly stage: string; readonly need: string } | undefined) {
    if (cell === undefined) return
    const { audience, brand, market } = scope
    void toBrief({ to: '/strategy/briefs/new', search: { audience, brand, market, stage: cell.stage, need: cell.need } })
  }

  useActions('Framework matrix', [
    { label: 'Next gap', keys: 'n', run: toNextGap },
    { label: 'Only gaps', keys: 'g', run: () => show({ gaps: search.gaps === true ? undefined : true }) },
    { label: 'Close the cell', keys: 'Escape', palette: false, disabled: chosen === undefined, run: close },
    { label: 'Make a brief for the chosen cell', keys: 'b', disabled: chosen === undefined || !mayBrief, run: () => brief(chosen) },
    { label: 'Export the matrix as CSV', disabled: matrix.data === undefined, run: () => matrix.data !== undefined && exportTable(matrix.data) },
    { label: 'Export the matrix as a picture', disabled: matrix.data === undefined, run: () => matrix.data !== undefined && void exportPicture(matrix.data) },
  ])

  return (
    <>
      <TopBar
        title="Strategy"
        tabs={<StrategyTabs current="/strategy" />}
        actions={
          <>
            {matrix.data !== undefined && <ActiveChip active={sources} />}
            <Menu position="bottom-end">
              <Menu.Target>
                <Button icon={<IconUpload size={16} stroke={1.5} aria-hidden="true" />} disabledReason={matrix.data === undefined ? 'There is no matrix to export yet.' : undefined}>
                  Export
                </Button>
              </Menu.Target>
              {matrix.data !== undefined && (
                <Menu.Dropdown>
                  <Menu.Item leftSection={<IconTable size={16} stroke={1.5} aria-hidden="true" />} onClick={() => exportTable(matrix.data)}>
                    Table, CSV
                  </Menu.Item>
                  <Menu.Item leftSection={<IconPhoto size={16} stroke={1.5} aria-hidden="true" />} onClick={() => void exportPicture(matrix.data)}>
                    Picture, PNG
                  </Menu.Item>
                </Menu.Dropdown>
              )}
            </Menu>
          </>
        }
      />
      <FilterBar label="Filters">
        <Picker label="Audience" value={scope.audience} options={audiences} onChange={(audience) => show({ audience, stage: undefined, need: undefined })} />
        <Picker label="Brand" value={scope.brand} none="All brands" options={brands.data?.brands.map((it): PickerOption => ({ value: it.key, label: it.name, note: it.establishedName })) ?? []} onChange={(brand) => show({ brand })} />
        <Picker label="Market" value={scope.market} none="All markets" options={markets.data?.markets.map((it): PickerOption => ({ value: it.market, label: it.name, note: it.market })) ?? []} onChange={(market) => show({ market })} />
        <Picker label="Channel" value={scope.channel} none="All channels" options={channelOptions(vocabularies.data)} onChange={(channel) => show({ channel })} />
        <Picker label="Demand" value={String(scope.days ?? DEFAULT_DAYS)} options={DAYS} onChange={(days) => show({ days: days === undefined || Number(days) === DEFAULT_DAYS ? undefined : Number(days) })} />
        <div className="end">
          <button type="button" className={classes.toggle} aria-pressed={search.gaps === true} onClick={() => show({ gaps: search.gaps === true ? undefined : true })}>
            Only gaps
            <Kbd keys="g" />
          </button>
        </div>
      </FilterBar>
      <SplitPage
        panelLabel="Chosen cell"
        panelWidth="348px"
        footer={
          <KeyBar
            hints={[
              { keys: ['ArrowLeft', 'ArrowUp', 'ArrowDown', 'ArrowRight'], label: 'move' },
              { keys: ['Enter'], label: 'open the cell' },
              { keys: ['n'], label: 'next gap' },
              { keys: ['b'], label: 'make a brief' },
              { keys: ['?'], label: 'all keys' },
            ]}
            {...(matrix.data === undefined ? {} : { note: `As of ${sayMoment(new Date(matrix.dataUpdatedAt))}` })}
          />
        }
        panel={
          chosen !== undefined && scope.audience !== '' ? (
            <CellPanel key={`${chosen.stage}/${chosen.need}`} scope={scope} stage={chosen.stage} need={chosen.need} matrix={matrix.data} onClose={close} onBrief={mayBrief ? () => brief(chosen) : undefined} />
          ) : (
            <NoCellPanel matrix={matrix.data} gaps={grid?.gaps ?? []} onChoose={choose} />
          )
        }
      >
        <section className={classes.matrix} aria-label="Framework matrix" aria-busy={matrix.isPlaceholderData || undefined} data-stale={matrix.isPlaceholderData || undefined}>
          {(brands.isError || markets.isError) && <IncompleteState onRetry={() => void Promise.all([brands.refetch(), markets.refetch()])}>Brands or markets could not be loaded, so the filters offer only a part.</IncompleteState>}
          {vocabularies.isError && <ErrorState error={vocabularies.error} onRetry={() => void vocabularies.refetch()} />}
          {matrix.isError && <ErrorState error={matrix.error} onRetry={() => void matrix.refetch()} />}
          {matrix.isPending && !vocabularies.isError && <LoadingRows label="Loading the framework matrix" rows={10} />}
          {matrix.data !== undefined && grid !== undefined && !matrix.isError && (
            <>
              <div className={classes.lede}>
                <h2 className="answer">
                  {matrix.data.summary.planned === 0 ? 'Nothing is planned here yet' : `${matrix.data.summary.approved} of ${matrix.data.summary.planned} planned items are approved`}
                </h2>
                <GapSentence matrix={matrix.data} />
                <span className={classes.measures} hidden={matrix.data.cells.length === 0}>
                  <span className="t3 f12 nw wide-only">Colour shows</span>
                  <Segments label="Colour shows" value={fill} options={FILLS} onChange={(value) => show({ fill: value })} />
                </span>
              </div>
              {matrix.data.cells.length === 0 ? (
                <EmptyState title="No objective plans content for this audience, brand and market, and none is approved." action={<Link to="/strategy/objectives" className="link">See the objectives</Link>}>
                  An active strategy with an objective for this audience fills the matrix. Or choose a wider audience, all brands or all markets.
                </EmptyState>
              ) : (
                <HeatGrid ref={heat} matrix={matrix.data} fill={fill} onlyGaps={search.gaps === true} chosen={chosen} onChoose={choose} />
              )}
            </>
          )}
        </section>
      </SplitPage>
    </>
  )
}

function GapSentence({ matrix }: { readonly matrix: Matrix }) {
  const { gaps, planned } = matrix.summary
  if (planned === 0) return null
  if (gaps === 0) return <span className={classes.sentence}>No gaps: every cell has what was planned</span>
  return (
    <span className={classes.sentence}>
      <b>
        {gaps} {gaps === 1 ? 'gap' : 'gaps'}
      </b>
      : {sayGaps(matrix.summary)}
    </span>
  )
}

function ActiveChip({ active }: { readonly active: readonly string[] }) {
  const words = active.length === 0 ? 'No active strategy' : active.length === 1 ? `${active[0]}, active` : `${active.length} strategies active`
  return (
    <Chip tone={active.length === 0 ? 'warn' : 'line'} icon={<IconLock stroke={1.5} aria-hidden="true" />} title={active.join(', ')}>
      {words}
    </Chip>
  )
}
