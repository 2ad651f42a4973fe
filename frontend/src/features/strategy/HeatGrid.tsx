import { useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react'

import type { Cell, Matrix } from './api'
import { GapRank } from './GapRank'
import { coverage, faceOf, FILLS, gridOf, sayCell, sayRamp, type Fill, type Scale, type Total } from './grid'
import classes from './matrix.module.css'
import { sayShare } from './words'

export interface HeatGridHandle {
  readonly focus: (stage: string, need: string) => void
}

interface HeatGridProps {
  readonly ref: Ref<HeatGridHandle>
  readonly matrix: Matrix
  readonly fill: Fill
  readonly onlyGaps: boolean
  readonly chosen: { readonly stage: string; readonly need: string } | undefined
  readonly onChoose: (stage: string, need: string) => void
}


/** Needs by journey stage. One cell is in the tab order; arrows move between cells, Enter chooses. */
export function HeatGrid({ ref, matrix, fill, onlyGaps, chosen, onChoose }: HeatGridProps) {
  const [withQuiet, setWithQuiet] = useState(false)
  const [at, setAt] = useState<{ row: number; column: number }>({ row: 0, column: 0 })
  const table = useRef<HTMLTableElement>(null)
  const grid = gridOf(matrix, withQuiet)
  const rows = grid.rows.length
  const columns = grid.stages.length

  function focus(row: number, column: number) {
    setAt({ row, column })
    const cell = table.current?.querySelector<HTMLElement>(`[data-at="${row}/${column}"]`)
    cell?.focus({ preventScroll: true })
    cell?.scrollIntoView({ block: 'nearest' })
  }
  useImperativeHandle(ref, () => ({
    focus(stage, need) {
      const row = grid.rows.findIndex((it) => it.need.notation === need)
      const column = grid.stages.findIndex((it) => it.notation === stage)
      if (row >= 0 && column >= 0) focus(row, column)
    },
  }))

  function onKeyDown(event: KeyboardEvent, row: number, column: number) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const clamp = (value: number, length: number) => Math.min(Math.max(value, 0), length - 1)
    const to = {
      ArrowUp: [clamp(row - 1, rows), column],
      ArrowDown: [clamp(row + 1, rows), column],
      ArrowLeft: [row, clamp(column - 1, columns)],
      ArrowRight: [row, clamp(column + 1, columns)],
      Home: [row, 0],
      End: [row, columns - 1],
      PageUp: [0, column],
      PageDown: [rows - 1, column],
    }[event.key]
    const [toRow, toColumn] = to ?? []
    if (toRow !== undefined && toColumn !== undefined) {
      event.preventDefault()
      focus(toRow, toColumn)
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      choose(row, column)
    }
  }
  function choose(row: number, column: number) {
    const need = grid.rows[row]?.need.notation
    const stage = grid.stages[column]?.notation
    if (need !== undefined && stage !== undefined) onChoose(stage, need)
  }

  // The tab stop follows the chosen cell, as long as nobody moved away from it.
  const entry = { row: Math.min(at.row, rows - 1), column: Math.min(at.column, columns - 1) }
  return (
    <>
      <div className={classes.scroll}>
        <table ref={table} role="grid" aria-label="Plan, supply, demand and use by need and journey stage" aria-readonly="true" className={classes.heat}>
          <thead>
            <tr role="row">
              <th scope="col" role="columnheader">
                Need, by journey stage
              </th>
              {grid.stages.map((stage) => (
                <th key={stage.notation} scope="col" role="columnheader">
                  <span className={classes.axis}>{stage.label}</span>
                  <TotalBar total={stage.total} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {grid.rows.map(({ need, cells, total }, row) => (
              <tr key={need.notation} role="row">
                <th scope="row" role="rowheader">
                  <span className="m">{need.label}</span>
                  <TotalBar total={total} />
                </th>
                {cells.map((cell, column) => {
                  const stage = grid.stages[column]
                  if (stage === undefined) return null
                  const isChosen = chosen?.stage === stage.notation && chosen.need === need.notation
                  return (
                    <td
                      key={stage.notation}
                      role="gridcell"
                      aria-selected={isChosen}
                      aria-label={sayCell(need.label, stage.label, cell)}
                      tabIndex={entry.row === row && entry.column === column ? 0 : -1}
                      data-at={`${row}/${column}`}
                      onFocus={() => setAt({ row, column })}
                      onClick={() => choose(row, column)}
                      onKeyDown={(event) => onKeyDown(event, row, column)}
                    >
                      <CellFace cell={cell} fill={fill} scale={grid.scale} onlyGaps={onlyGaps} />
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={classes.legend}>
        <Ramp fill={fill} scale={grid.scale} />
        <span>
          <span className={classes.blocks} aria-hidden="true">
            <i data-is="approved" />
            <i data-is="in-progress" />
            <i data-is="missing" />
          </span>
          approved, in work, missing
        </span>
        <span>
          <span className={classes.use} style={{ width: 34 }} aria-hidden="true">
            <span>
              <i style={{ width: '60%' }} />
            </span>
          </span>
          used
        </span>
        <span>
          <span className={classes.ranks} aria-hidden="true">
            <GapRank rank={1} />
            <GapRank rank={4} />
          </span>
          gap rank
        </span>
        <span>
          <i className={classes.sampleHatch} aria-hidden="true" />
          no supply
        </span>
        <span className="wide-only">
          <i className={classes.sampleUnplanned} aria-hidden="true" />
          without a plan
        </span>
        {grid.quiet.length > 0 && (
          <button type="button" className={`link ${classes.quietButton}`} title={`Neither planned nor made: ${grid.quiet.map((it) => it.label).join(', ')}`} onClick={() => setWithQuiet(!withQuiet)}>
            {withQuiet ? 'Fewer needs' : `${grid.quiet.length} more ${grid.quiet.length === 1 ? 'need' : 'needs'}`}
          </button>
        )}
      </div>
    </>
  )
}

function CellFace({ cell, fill, scale, onlyGaps }: { readonly cell: Cell | undefined; readonly fill: Fill; readonly scale: Scale; readonly onlyGaps: boolean }) {
  const face = faceOf(onlyGaps && cell?.gap === undefined ? undefined : cell, fill, scale)
  if (face.kind === 'none') return <span className={classes.cell} data-kind="none" />
  if (face.kind === 'unplanned') {
    return (
      <span className={classes.cell} data-kind="unplanned">
        <span className={classes.top}>
          <b>{face.number}</b>
        </span>
        <span>{face.asked}</span>
        <span className={classes.work}>{face.foot}</span>
      </span>
    )
  }
  return (
    <span className={classes.cell} data-kind="planned" data-heat={face.step} data-gap={face.rank !== undefined || undefined} data-nothing={face.bare || undefined}>
      <span className={classes.top}>
        <b>{face.number}</b>
        {face.rank !== undefined && (
          <GapRank rank={face.rank} />
        )}
      </span>
      {face.asked !== '' && <span className={classes.work}>{face.asked}</span>}
      <span className={classes.blocks}>
        {face.blocks.map((it, index) => (
          <i key={index} data-is={it} />
        ))}
        <em>{face.supply}</em>
      </span>
      {face.used === undefined ? (
        <span className={classes.work}>{face.foot}</span>
      ) : (
        <span className={classes.use}>
          <span>
            <i style={{ width: face.foot }} />
          </span>
          {face.foot}
        </span>
      )}
    </span>
  )
}

function TotalBar({ total }: { readonly total: Total }) {
  if (total.planned === 0) return <span className={classes.total}>no plan</span>
  return (
    <span className={classes.total}>
      <span className={classes.bar} aria-hidden="true">
        <i style={{ width: sayShare(coverage(total)) }} />
      </span>
      <span className="num">
        {total.approved}/{total.planned}
      </span>
      <span className="sr"> planned items approved</span>
    </span>
  )
}

function Ramp({ fill, scale }: { readonly fill: Fill; readonly scale: Scale }) {
  return (
    <span>
      {FILLS.find((it) => it.value === fill)?.label}
      <span className={classes.ramp} aria-hidden="true">
        {[0, 1, 2, 3, 4, 5].map((step) => (
          <i key={step} data-heat={step} />
        ))}
      </span>
      {sayRamp(fill, scale)}
    </span>
  )
}
