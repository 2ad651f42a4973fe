import type { Cell, Matrix } from './api'

/** What the colour of a cell shows. */
export type Fill = 'coverage' | 'planned'

export interface Total {
  readonly planned: number
  /** Approved items that the plan asks for; supply beyond the plan of its cell does not count. */
  readonly approved: number
}

export interface Axis {
  readonly notation: string
  readonly label: string
}

export interface GridRow {
  readonly need: Axis & { readonly example?: string }
  readonly total: Total
  /** One per stage, in the order of the stages; undefined where nobody planned anything and nothing is approved or being made. */
  readonly cells: readonly (Cell | undefined)[]
}

export interface Grid {
  readonly stages: readonly (Axis & { readonly total: Total })[]
  readonly rows: readonly GridRow[]
  /** Needs without any plan, content or work. */
  readonly quiet: readonly Axis[]
  /** Most urgent first. */
  readonly gaps: readonly (Cell & { readonly gap: NonNullable<Cell['gap']> })[]
  /** The largest plan of a cell; at least 1. */
  readonly mostPlanned: number
}

const NOTHING: Total = { planned: 0, approved: 0 }

/** Puts the cells of the API into rows and columns. With `withQuiet` also needs where nothing is. */
export function gridOf(matrix: Matrix, withQuiet = false): Grid {
  const at = new Map(matrix.cells.map((cell) => [`${cell.stage}/${cell.need}`, cell]))
  const all = matrix.needs.map((need): GridRow => {
    const cells = matrix.stages.map((stage) => at.get(`${stage.notation}/${need.notation}`))
    return { need, cells, total: cells.reduce(add, NOTHING) }
  })
  const isQuiet = (row: GridRow) => row.cells.every((cell) => cell === undefined)
  return {
    stages: matrix.stages.map((stage, column) => ({ ...stage, total: all.map((row) => row.cells[column]).reduce(add, NOTHING) })),
    rows: withQuiet ? all : all.filter((row) => !isQuiet(row)),
    quiet: all.filter(isQuiet).map((row) => row.need),
    gaps: matrix.cells.filter((cell): cell is Grid['gaps'][number] => cell.gap !== undefined).sort((a, b) => a.gap.rank - b.gap.rank),
    mostPlanned: Math.max(1, ...matrix.cells.map((cell) => cell.planned)),
  }
}

function add(total: Total, cell: Cell | undefined): Total {
  if (cell === undefined) return total
  return { planned: total.planned + cell.planned, approved: total.approved + Math.min(cell.planned, cell.approved) }
}

/** Share of the plan that is approved, 0 to 1; 0 without a plan. */
export function coverage({ planned, approved }: Total): number {
  return planned === 0 ? 0 : Math.min(1, approved / planned)
}

/** Step 0 to 5 of the heat ramp. 0 is nothing at all, 5 is everything (or the largest plan). */
export function heatStep(cell: Cell, fill: Fill, mostPlanned: number): 0 | 1 | 2 | 3 | 4 | 5 {
  const share = fill === 'coverage' ? coverage(cell) : cell.planned / mostPlanned
  // Rounded down between 0 and 1, so that only a complete cell looks complete.
  return (share <= 0 ? 0 : share >= 1 ? 5 : Math.max(1, Math.min(4, Math.ceil(share * 5) - (fill === 'coverage' ? 1 : 0)))) as 0 | 1 | 2 | 3 | 4 | 5
}

/** The gap after the chosen cell, round and round; undefined where there is none. */
export function nextGap(gaps: Grid['gaps'], stage: string | undefined, need: string | undefined): Grid['gaps'][number] | undefined {
  const at = gaps.findIndex((it) => it.stage === stage && it.need === need)
  return gaps[(at + 1) % gaps.length]
}

/** A cell as it is read aloud. */
export function sayCell(need: string, stage: string, cell: Cell | undefined): string {
  if (cell === undefined) return `${need}, ${stage}: nothing planned, nothing approved`
  const plan = cell.planned === 0 ? `not planned, ${cell.approved} approved` : `${cell.approved} of ${cell.planned} planned items approved`
  const work = cell.inProgress === 0 ? '' : `, ${cell.inProgress} in progress`
  return `${need}, ${stage}: ${plan}${work}${cell.gap === undefined ? '' : `, gap ${cell.gap.rank}`}`
}

/** "12 gaps: 2 with nothing approved, 10 short of the plan", without the number in front. */
export function sayGaps({ gaps, emptyCells }: Matrix['summary']): string {
  const short = gaps - emptyCells
  const parts = [emptyCells > 0 && `${emptyCells} with nothing approved`, short > 0 && `${short} short of the plan`].filter(Boolean)
  return parts.join(', ')
}
