import { Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { IconLock, IconPhoto, IconTable, IconUpload } from '@tabler/icons-react'
import { useRef } from 'react'

import { brandsQuery, marketsQuery, useLabels, vocabulariesQuery } from '@/api/framework'
import { Button, Chip, EmptyState, ErrorState, IncompleteState, Kbd, LoadingRows, Picker, Segments, SplitPage, TopBar, useActions, useToast, type PickerOption } from '@/ui'

import { matrixQuery, strategiesQuery, type Matrix } from './api'
import { CellPanel, NoCellPanel } from './CellPanel'
import { csvOf } from './csv'
import { download } from './download'
import { gridOf, nextGap, sayGaps } from './grid'
import { HeatGrid, type HeatGridHandle } from './HeatGrid'
import classes from './matrix.module.css'
import { matrixPicture } from './picture'
import type { MatrixSearch } from './routes'
import { StrategyTabs } from './StrategyTabs'
import { audienceOptions } from './words'

/** Where content is planned and where it is missing, by need and journey stage, for one audience. */
export function MatrixScreen() {
  const search = useSearch({ from: '/signed-in/strategy' })
  const navigate = useNavigate({ from: '/strategy' })
  const toast = useToast()
  const labels = useLabels()
  const vocabularies = useQuery(vocabulariesQuery)
  const brands = useQuery(brandsQuery)
  const markets = useQuery(marketsQuery)
  const heat = useRef<HeatGridHandle>(null)

  const audiences = audienceOptions(vocabularies.data)
  const scope = { audience: search.audience ?? audiences[0]?.value ?? '', brand: search.brand, market: search.market }
  const matrix = useQuery(matrixQuery(scope))
  const fill = search.fill ?? 'planned'
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
  const name = ['framework-matrix', scope.audience, scope.brand, scope.market].filter(Boolean).join('-')
  async function exportPicture(data: Matrix) {
    const title = [labels.concept('audiences', scope.audience), scope.brand && labels.brand(scope.brand), scope.market && labels.market(scope.market)].filter(Boolean).join(' · ')
    const picture = await matrixPicture(data, fill, title)
    if (picture === null) toast({ message: 'This browser could not draw the picture. Export the CSV instead.' })
    else download(`${name}.png`, picture)
  }

  useActions('Framework matrix', [
    { label: 'Next gap', keys: 'n', run: toNextGap },
    { label: 'Only gaps', keys: 'g', run: () => show({ gaps: search.gaps === true ? undefined : true }) },
    { label: 'Close the cell', keys: 'Escape', palette: false, disabled: chosen === undefined, run: close },
    { label: 'Export the matrix as CSV', disabled: matrix.data === undefined, run: () => matrix.data !== undefined && download(`${name}.csv`, new Blob([csvOf(matrix.data)], { type: 'text/csv;charset=utf-8' })) },
  ])

  return (
    <>
      <TopBar
        title="Strategy"
        tabs={<StrategyTabs current="/strategy" />}
        actions={
          <>
            {matrix.data !== undefined && <ActiveChip matrix={matrix.data} />}
            <Menu position="bottom-end">
              <Menu.Target>
                <Button icon={<IconUpload size={16} stroke={1.5} aria-hidden="true" />} disabledReason={matrix.data === undefined ? 'There is no matrix to export yet.' : undefined}>
                  Export
                </Button>
              </Menu.Target>
              {matrix.data !== undefined && (
                <Menu.Dropdown>
                  <Menu.Item leftSection={<IconTable size={16} stroke={1.5} aria-hidden="true" />} onClick={() => download(`${name}.csv`, new Blob([csvOf(matrix.data)], { type: 'text/csv;charset=utf-8' }))}>
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
      <div className={classes.filters} role="group" aria-label="Filters">
        <Picker label="Audience" value={scope.audience} options={audiences} onChange={(audience) => show({ audience, stage: undefined, need: undefined })} />
        <Picker label="Brand" value={scope.brand} none="All brands" options={brands.data?.brands.map((it): PickerOption => ({ value: it.key, label: it.name, note: it.establishedName })) ?? []} onChange={(brand) => show({ brand })} />
        <Picker label="Market" value={scope.market} none="All markets" options={markets.data?.markets.map((it): PickerOption => ({ value: it.market, label: it.name, note: it.market })) ?? []} onChange={(market) => show({ market })} />
        <div className={classes.filtersEnd}>
          <span className="t3 f12 wide-only">Colour shows</span>
          <Segments
            label="Colour shows"
            value={fill}
            options={[
              { value: 'planned', label: 'Planned' },
              { value: 'coverage', label: 'Coverage' },
            ]}
            onChange={(value) => show({ fill: value === 'coverage' ? 'coverage' : undefined })}
          />
          <button type="button" className={classes.toggle} aria-pressed={search.gaps === true} onClick={() => show({ gaps: search.gaps === true ? undefined : true })}>
            Only gaps
            <Kbd keys="g" />
          </button>
        </div>
      </div>
      <SplitPage
        panelLabel="Chosen cell"
        panelWidth="348px"
        panel={
          chosen !== undefined && scope.audience !== '' ? (
            <CellPanel key={`${chosen.stage}/${chosen.need}`} scope={scope} stage={chosen.stage} need={chosen.need} matrix={matrix.data} onClose={close} />
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
                <h2>
                  {matrix.data.summary.planned === 0 ? 'Nothing is planned here yet' : `${matrix.data.summary.approved} of ${matrix.data.summary.planned} planned items are approved`}
                </h2>
                <GapSentence matrix={matrix.data} />
                <span className={classes.keys} hidden={matrix.data.cells.length === 0}>
                  <span className="wide-only">
                    <kbd aria-hidden="true">←↑↓→</kbd> move
                  </span>
                  {grid.gaps.length > 0 && (
                    <span>
                      <Kbd keys="n" /> next gap
                    </span>
                  )}
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

function ActiveChip({ matrix }: { readonly matrix: Matrix }) {
  const strategies = useQuery(strategiesQuery).data?.strategies
  const active = matrix.strategies.map((it) => `${strategies?.find((one) => one.id === it.id)?.name ?? 'Strategy'} v${it.number}`)
  const words = active.length === 0 ? 'No active strategy' : active.length === 1 ? `${active[0]}, active` : `${active.length} strategies active`
  return (
    <Chip tone={active.length === 0 ? 'warn' : 'line'} icon={<IconLock stroke={1.5} aria-hidden="true" />} title={active.join(', ')}>
      {words}
    </Chip>
  )
}
