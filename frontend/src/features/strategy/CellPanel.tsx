import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconChevronRight, IconFlag, IconPlus, IconTargetArrow, IconX } from '@tabler/icons-react'

import { useLabels } from '@/api/framework'
import { Button, EmptyState, ErrorState, LoadingRows, PanelActions, PanelHead, PanelSection, StateMark, stateWord } from '@/ui'

import { cellQuery, type CellDetail, type Matrix, type Scope } from './api'
import { GapRank } from './GapRank'
import { demandOf, unmetShare, usedShare, type Grid } from './grid'
import classes from './matrix.module.css'
import { sayCount, sayPlanDay, sayShare, sayTimes, sayUse } from './words'

interface CellPanelProps {
  readonly scope: Scope
  readonly stage: string
  readonly need: string
  readonly matrix: Matrix | undefined
  readonly onClose: () => void
  /** Absent where the person makes no briefs. */
  readonly onBrief: (() => void) | undefined
}

/** One cell: the question it answers, its figures, why it is a gap, what is in it, who planned it and who makes what is missing. */
export function CellPanel({ scope, stage, need, matrix, onClose, onBrief }: CellPanelProps) {
  const cell = useQuery(cellQuery(scope, stage, need))
  const labels = useLabels()
  const needLabel = labels.concept('needs', need)
  const example = matrix?.needs.find((it) => it.notation === need)?.example
  return (
    <>
      <PanelHead
        title={example === undefined ? needLabel : `“${example}”`}
        eyebrow={
          <>
            <span className={classes.path}>
              <span className="clip">{labels.concept('stages', stage)}</span>
              <IconChevronRight size={12} stroke={1.75} aria-hidden="true" />
              <span className="clip">{needLabel}</span>
            </span>
            <Button variant="quiet" iconOnly aria-label="Close the cell" title="Esc" icon={<IconX size={16} stroke={1.5} aria-hidden="true" />} onClick={onClose} />
          </>
        }
      />
      {cell.isPending && <LoadingRows label="Loading the cell" rows={6} />}
      {cell.isError && <ErrorState error={cell.error} onRetry={() => void cell.refetch()} />}
      {cell.data !== undefined && <CellBody cell={cell.data} gaps={matrix?.summary.gaps} days={matrix?.days} />}
      <PanelActions>
        <Button variant="primary" size="lg" className="grow" keys="b" disabledReason={onBrief === undefined ? 'Strategists make briefs.' : undefined} onClick={onBrief}>
          Make a brief
        </Button>
        <Link to="/strategy/needs" search={{ need, market: scope.market, channel: scope.channel, days: scope.days }} className={classes.secondLink}>
          All brands
        </Link>
      </PanelActions>
    </>
  )
}

function CellBody({ cell, gaps, days }: { readonly cell: CellDetail; readonly gaps: number | undefined; readonly days: number | undefined }) {
  const labels = useLabels()
  const whole = { ...cell, objectives: [] }
  const { requests, relaxed, empty } = demandOf(whole)
  const used = usedShare(whole)
  return (
    <>
      <PanelSection>
        <dl className={classes.figures}>
          <Figure label="planned" value={String(cell.planned)} />
          <Figure label="approved" value={String(cell.approved)} short={cell.missing > 0} />
          <Figure label="in work" value={String(cell.inProgress)} />
          <Figure label="demand" value={sayCount(requests)} />
          <Figure label="used" value={used === undefined ? '–' : sayShare(used)} />
        </dl>
        {cell.use !== undefined && cell.use.served > 0 && (
          <p className="f12 t2" style={{ marginTop: 8 }}>
            {sayUse(cell.use, days)}
          </p>
        )}
        {requests > 0 && (
          <p className="f12 t2" style={{ marginTop: 8 }}>
            {days === undefined ? '' : `In ${days} days `}
            {sayAnswered(requests, relaxed, empty, unmetShare(whole))}
          </p>
        )}
      </PanelSection>
      {cell.gap !== undefined && <GapSection cell={cell} gap={cell.gap} gaps={gaps} />}
      <PanelSection title="Content in this cell" aside={cell.items.length === 0 ? undefined : cell.items.length}>
        {cell.items.length === 0 && cell.missing === 0 && <p className="t2">No content is classified here, in any state.</p>}
        {cell.items.map((item) => (
          <Link key={item.id} to={`/content/${item.key}` as string} className={classes.entry}>
            <StateMark state={item.state} />
            <span className="grow">
              <span className="clip" style={{ display: 'block' }}>
                {item.title}
              </span>
              <span className="f12 t3">
                {item.key} · {labels.type(item.type)}, {stateWord(item.state).toLowerCase()}
                {item.served !== undefined && item.state === 'effective' && (item.served === 0 ? ', not served' : `, served ${sayTimes(item.served)}`)}
                {(item.shown ?? 0) > 0 && `, shown ${sayTimes(item.shown ?? 0)}`}
              </span>
            </span>
          </Link>
        ))}
        {cell.missing > 0 && <Missing cell={cell} />}
      </PanelSection>
      {cell.briefs !== undefined && cell.briefs.length > 0 && (
        <PanelSection title="Briefs for this cell" aside={cell.briefs.length}>
          {cell.briefs.map((brief) => (
            <Link key={brief.id} to="/strategy/briefs/$briefId" params={{ briefId: brief.id }} className={classes.entry}>
              <IconFlag size={16} stroke={1.5} aria-hidden="true" />
              <span className="grow">
                <span className="clip" style={{ display: 'block' }}>
                  {brief.title}
                </span>
                <span className="f12 t3">
                  {brief.writer.displayName}, {brief.state === 'done' ? 'done' : brief.state === 'cancelled' ? 'cancelled' : `due ${sayPlanDay(brief.dueOn)}`}
                </span>
              </span>
            </Link>
          ))}
        </PanelSection>
      )}
      <PanelSection title="Objectives that plan it" grow>
        {cell.planned === 0 ? (
          <p className="t2">No active objective asks for content here. {cell.approved > 0 && 'What is approved is served where it fits, but nobody counts on it.'}</p>
        ) : (
          cell.objectives.map((objective) => (
            <Link key={objective.id} to="/strategy/objectives" search={{ strategy: objective.strategyId, version: objective.number, objective: objective.id }} className={classes.entry}>
              <IconTargetArrow size={16} stroke={1.5} aria-hidden="true" />
              <span className="grow">
                <span>{objective.name}</span>
                <span className="f12 t3" style={{ display: 'block' }}>
                  {labels.concept('stages', objective.fromStage)} → {labels.concept('stages', objective.toStage)}, {labels.concept('engagement-models', objective.engagementModel).toLowerCase()}, weight{' '}
                  {objective.weight.toFixed(2)}
                </span>
              </span>
            </Link>
          ))
        )}
      </PanelSection>
    </>
  )
}

/** `it was asked for 412 times: 34 got content for another need or stage, 12 got none.` */
function sayAnswered(requests: number, relaxed: number, empty: number, unmet: number): string {
  const times = `asked for ${requests} ${requests === 1 ? 'time' : 'times'}`
  if (unmet === 0) return `${times}; all got content for it.`
  const parts = [relaxed > 0 && `${relaxed} got content for another need or stage`, empty > 0 && `${empty} got none`].filter((it) => it !== false)
  return `${times}: ${parts.join(', ')}.`
}

function Figure({ label, value, short = false }: { readonly label: string; readonly value: string; readonly short?: boolean }) {
  return (
    <div data-short={short || undefined}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function GapSection({ cell, gap, gaps }: { readonly cell: CellDetail; readonly gap: NonNullable<CellDetail['gap']>; readonly gaps: number | undefined }) {
  const missing = cell.missing / cell.planned
  const weight = cell.weight ?? Math.max(0, ...cell.objectives.map((it) => it.weight))
  const demand = cell.demand?.share ?? 0
  return (
    <PanelSection>
      <div className={classes.gap}>
        <b aria-hidden="true">{gap.rank}</b>
        <span className="grow">
          <span className="row">
            <span className="m">
              Gap rank {gap.rank}
              {gaps !== undefined && ` of ${gaps}`}
            </span>
            <span className="f12 t3 num end">score {gap.score.toFixed(2)}</span>
          </span>
          <span className="f12 t2" style={{ display: 'block' }}>
            {cell.missing} of {cell.planned} planned items missing{cell.inProgress > 0 ? `, ${cell.inProgress} in progress` : ', nobody works on it'}.
          </span>
        </span>
      </div>
      <div className={classes.score}>
        <ScorePart label="Objective weight" value={weight} />
        <ScorePart label="Missing share" value={missing} />
        <ScorePart label="Demand" value={demand} />
      </div>
      <p className="f11 t3" style={{ marginTop: 6 }}>
        Weight × missing share × (1 + demand, against the cell asked for most): {weight.toFixed(2)} × {missing.toFixed(2)} × {(1 + demand).toFixed(2)}.
      </p>
    </PanelSection>
  )
}

function ScorePart({ label, value }: { readonly label: string; readonly value: number }) {
  return (
    <>
      <span className="t2">{label}</span>
      <span className={classes.track} aria-hidden="true">
        <i style={{ width: `${Math.min(1, value) * 100}%` }} />
      </span>
      <span className="num">{value.toFixed(2)}</span>
    </>
  )
}

// What is being made may fill a part of what is missing; the rest has nobody.
function Missing({ cell }: { readonly cell: CellDetail }) {
  const nobody = Math.max(0, cell.missing - cell.inProgress)
  if (nobody === 0) return <p className="f12 t3">{cell.missing === 1 ? 'The missing item is in progress.' : `All ${cell.missing} missing items are in progress.`}</p>
  return (
    <div className={classes.missing}>
      <IconPlus size={14} stroke={1.5} aria-hidden="true" />
      <span className="grow">
        {nobody === 1 ? '1 item' : `${nobody} items`}
        <span className="f12 t3"> · planned, nobody works on {nobody === 1 ? 'it' : 'them'} yet</span>
      </span>
    </div>
  )
}

/** Before a cell is chosen: every gap, the most urgent first. */
export function NoCellPanel({ matrix, gaps, onChoose }: { readonly matrix: Matrix | undefined; readonly gaps: Grid['gaps']; readonly onChoose: (stage: string, need: string) => void }) {
  const label = (axis: readonly { notation: string; label: string }[] | undefined, notation: string) => axis?.find((it) => it.notation === notation)?.label ?? notation
  return (
    <>
      <PanelHead title="Make these first">
        <p className="t2 f12">Choose a cell to see its content, its objectives and why it is a gap.</p>
      </PanelHead>
      <PanelSection title="Gaps, by weight and demand" aside={gaps.length === 0 ? undefined : gaps.length} grow>
        {matrix === undefined ? (
          <LoadingRows label="Loading the gaps" rows={4} />
        ) : gaps.length === 0 ? (
          <EmptyState title="No gaps">{matrix.summary.planned === 0 ? 'Nothing is planned here, so nothing is missing.' : 'Every planned cell has what was planned.'}</EmptyState>
        ) : (
          gaps.map((cell) => (
            <button key={`${cell.stage}/${cell.need}`} type="button" className={classes.entry} onClick={() => onChoose(cell.stage, cell.need)}>
              <GapRank rank={cell.gap.rank} />
              <span className="grow">
                <span className="clip" style={{ display: 'block' }}>
                  {label(matrix.needs, cell.need)}
                </span>
                <span className="f12 t3">
                  {label(matrix.stages, cell.stage)}, {cell.missing} of {cell.planned} missing
                  {demandOf(cell).requests > 0 && `, ${sayCount(demandOf(cell).requests)} asked`}
                </span>
              </span>
              <span className="f12 t3 num">{cell.gap.score.toFixed(2)}</span>
            </button>
          ))
        )}
      </PanelSection>
    </>
  )
}
