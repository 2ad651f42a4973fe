import type { Cell, Matrix } from './api'
import { sayCount, sayShare } from './words'

/** What the colour of a cell shows. */
export type Fill = 'gap' | 'supply' | 'demand' | 'use'

export const FILLS: readonly { readonly value: Fill; readonly label: string }[] = [
  { value: 'gap', label: 'Gap' },
  { value: 'supply', label: 'Supply' },
  { value: 'demand', label: 'Demand' },
  { value: 'use', label: 'Use' },
]

/** What the darkest colour stands for, so that cells of one picture can be compared. */
export interface Scale {
  readonly mostRequests: number
  readonly mostScore: number
}

export interface Total {
  readonly planned: number
  /** Approved items that the plan asks for; supply beyond the plan of its cell does not count. */
  readonly approved: number
}

interface Axis {
  readonly notation: string
  readonly label: string
}

interface GridRow {
  readonly need: Axis & { readonly example?: string }
  readonly total: Total
  /** One per stage, in the order of the stages; undefined where nobody planned or asked for anything and nothing is approved or being made. */
  readonly cells: readonly (Cell | undefined)[]
}

export interface Grid {
  readonly stages: readonly (Axis & { readonly total: Total })[]
  readonly rows: readonly GridRow[]
  /** Needs without any plan, content, work or demand. */
  readonly quiet: readonly Axis[]
  /** Most urgent first. */
  readonly gaps: readonly (Cell & { readonly gap: NonNullable<Cell['gap']> })[]
  readonly scale: Scale
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
    scale: { mostRequests: Math.max(1, ...matrix.cells.map((cell) => demandOf(cell).requests)), mostScore: Math.max(0.01, ...matrix.cells.map((cell) => cell.gap?.score ?? 0)) },
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

const NO_DEMAND = { requests: 0, relaxed: 0, empty: 0, share: 0 }

export function demandOf(cell: Cell): NonNullable<Cell['demand']> {
  return cell.demand ?? NO_DEMAND
}

/** Share of the requests that were answered without content or with content for another need or stage, 0 to 1. */
export function unmetShare(cell: Cell): number {
  const { requests, relaxed, empty } = demandOf(cell)
  return requests === 0 ? 0 : (relaxed + empty) / requests
}

/** Share of the approved items that were ever served, 0 to 1; undefined where nothing is approved. */
export function usedShare(cell: Cell): number | undefined {
  return cell.approved === 0 || cell.use === undefined ? undefined : 1 - cell.use.neverServedShare
}

/** The chosen measure of a cell, 0 to 1 of its scale; undefined where it says nothing. */
export function measure(cell: Cell, fill: Fill, scale: Scale): number | undefined {
  switch (fill) {
    case 'gap':
      return cell.gap === undefined ? 0 : cell.gap.score / scale.mostScore
    case 'supply':
      return coverage(cell)
    case 'demand':
      return demandOf(cell).requests / scale.mostRequests
    case 'use':
      return usedShare(cell)
  }
}

/** Step 0 to 5 of the heat ramp. 0 is nothing at all, 5 is everything (or the most that any cell has). */
export function heatStep(cell: Cell, fill: Fill, scale: Scale): 0 | 1 | 2 | 3 | 4 | 5 {
  const share = measure(cell, fill, scale) ?? 0
  if (share <= 0) return 0
  if (share >= 1) return 5
  // A share is rounded down between 0 and 1, so that only a complete cell looks complete.
  const step = fill === 'supply' || fill === 'use' ? Math.ceil(share * 5) - 1 : Math.ceil(share * 5)
  return Math.max(1, Math.min(fill === 'supply' || fill === 'use' ? 4 : 5, step)) as 1 | 2 | 3 | 4 | 5
}

/** The words of one cell, the same on the screen and in the picture. */
export interface Face {
  /** `none` is an empty cell, `unplanned` has supply, work or demand that nobody planned for. */
  readonly kind: 'none' | 'unplanned' | 'planned'
  readonly step: 0 | 1 | 2 | 3 | 4 | 5
  /** The chosen measure. */
  readonly number: string
  /** How often it was asked for, or what share of that was not met. */
  readonly asked: string
  /** One per planned item; none where there are too many to be counted at a glance. */
  readonly blocks: readonly ('approved' | 'in-progress' | 'missing')[]
  readonly supply: string
  /** 0 to 1; undefined where nothing is approved. */
  readonly used: number | undefined
  readonly foot: string
  readonly rank: number | undefined
  /** Planned, and nothing is approved. */
  readonly bare: boolean
}

const EMPTY_FACE: Face = { kind: 'none', step: 0, number: '', asked: '', blocks: [], supply: '', used: undefined, foot: '', rank: undefined, bare: false }

// Above this many, blocks would no longer be counted at a glance and only the fraction is shown.
const MOST_BLOCKS = 6

export function faceOf(cell: Cell | undefined, fill: Fill, scale: Scale): Face {
  if (cell === undefined) return EMPTY_FACE
  const { requests } = demandOf(cell)
  const unmet = unmetShare(cell)
  if (cell.planned === 0) {
    if (requests === 0 && cell.approved === 0 && cell.inProgress === 0) return EMPTY_FACE
    return {
      ...EMPTY_FACE,
      kind: 'unplanned',
      number: requests === 0 ? '' : sayCount(requests),
      asked: 'No plan',
      foot: cell.approved > 0 ? `${cell.approved} approved` : cell.inProgress > 0 ? `${cell.inProgress} in work` : 'no supply',
    }
  }
  const used = usedShare(cell)
  const blocks = Array.from({ length: cell.planned }, (_, index) => (index < cell.approved ? 'approved' : index < cell.approved + cell.inProgress ? 'in-progress' : 'missing'))
  return {
    kind: 'planned',
    step: heatStep(cell, fill, scale),
    number: numberOf(cell, fill, used),
    asked: fill !== 'demand' ? (requests === 0 ? 'not asked for' : `${sayCount(requests)} asked`) : unmet > 0 ? `${sayShare(unmet)} unmet` : '',
    blocks: cell.planned > MOST_BLOCKS ? [] : blocks,
    supply: `${cell.approved}/${cell.planned}${cell.planned > MOST_BLOCKS && cell.inProgress > 0 ? ` +${cell.inProgress}` : ''}`,
    used,
    foot: used === undefined ? (cell.approved === 0 ? (cell.inProgress > 0 ? `${cell.inProgress} in work` : 'no supply') : '') : sayShare(used),
    rank: cell.gap?.rank,
    bare: cell.approved === 0,
  }
}

function numberOf(cell: Cell, fill: Fill, used: number | undefined): string {
  switch (fill) {
    case 'gap':
      return cell.gap === undefined ? 'none' : cell.gap.score.toFixed(2)
    case 'supply':
      return sayShare(coverage(cell))
    case 'demand':
      return sayCount(demandOf(cell).requests)
    case 'use':
      return used === undefined ? '–' : sayShare(used)
  }
}

/** What the two ends of the ramp stand for. */
export function sayRamp(fill: Fill, scale: Scale): string {
  switch (fill) {
    case 'gap':
      return `0 to ${scale.mostScore.toFixed(2)}`
    case 'supply':
    case 'use':
      return '0 to 100%'
    case 'demand':
      return `0 to ${sayCount(scale.mostRequests)}`
  }
}

/** Demand as the picture opens: where nobody has asked for anything yet, supply says more. */
export function firstFill(matrix: Matrix | undefined): Fill {
  return matrix !== undefined && matrix.cells.every((cell) => demandOf(cell).requests === 0) ? 'supply' : 'demand'
}

/** The gap after the chosen cell, round and round; undefined where there is none. */
export function nextGap(gaps: Grid['gaps'], stage: string | undefined, need: string | undefined): Grid['gaps'][number] | undefined {
  const at = gaps.findIndex((it) => it.stage === stage && it.need === need)
  return gaps[(at + 1) % gaps.length]
}

/** A cell as it is read aloud. */
export function sayCell(need: string, stage: string, cell: Cell | undefined): string {
  if (cell === undefined) return `${need}, ${stage}: nothing planned, nothing approved`
  const { requests } = demandOf(cell)
  const used = usedShare(cell)
  const parts = [
    cell.planned === 0 ? `not planned, ${cell.approved} approved` : `${cell.approved} of ${cell.planned} planned items approved`,
    cell.inProgress > 0 && `${cell.inProgress} in progress`,
    requests > 0 && `asked for ${requests} ${requests === 1 ? 'time' : 'times'}${unmetShare(cell) > 0 ? `, ${sayShare(unmetShare(cell))} of it unmet` : ''}`,
    used !== undefined && `${sayShare(used)} of it used`,
    cell.gap !== undefined && `gap ${cell.gap.rank}`,
  ]
  return `${need}, ${stage}: ${parts.filter((it) => it !== false).join(', ')}`
}

/** "12 gaps: 2 empty, 10 short", without the number in front: nothing approved, and less than planned. */
export function sayGaps({ gaps, emptyCells }: Matrix['summary']): string {
  const short = gaps - emptyCells
  const parts = [emptyCells > 0 && `${emptyCells} empty`, short > 0 && `${short} short`].filter(Boolean)
  return parts.join(', ')
}
