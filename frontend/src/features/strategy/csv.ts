import type { Matrix } from './api'
import { demandOf } from './grid'

// A spreadsheet would run a cell that begins with one of these as a formula.
const FORMULA = /^[=+\-@\t\r]/

/** One value as a quoted CSV field; what a spreadsheet could run is kept text by an apostrophe (S34). */
export function csvField(value: string | number): string {
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value)
  return `"${text.replaceAll('"', '""')}"`
}

/** The matrix as CSV (RFC 4180), one line per cell, in the order of the screen. Starts with a byte order mark, for spreadsheets. */
export function csvOf(matrix: Matrix): string {
  const order = (axis: readonly { notation: string }[], notation: string) => axis.findIndex((it) => it.notation === notation)
  const label = (axis: readonly { notation: string; label: string }[], notation: string) => axis.find((it) => it.notation === notation)?.label ?? notation
  const lines = [...matrix.cells]
    .sort((a, b) => order(matrix.needs, a.need) - order(matrix.needs, b.need) || order(matrix.stages, a.stage) - order(matrix.stages, b.stage))
    .map((cell) => [
      label(matrix.needs, cell.need),
      label(matrix.stages, cell.stage),
      cell.planned,
      cell.approved,
      cell.inProgress,
      cell.missing,
      demandOf(cell).requests,
      demandOf(cell).relaxed,
      demandOf(cell).empty,
      cell.use?.served ?? '',
      cell.use?.usedItems ?? '',
      cell.use?.neverServed ?? '',
      cell.use?.shown ?? '',
      cell.use?.shownItems ?? '',
      cell.weight ?? '',
      cell.gap?.rank ?? '',
      cell.gap?.score ?? '',
      cell.objectives.join(' '),
    ])
  const head = ['Need', 'Stage', 'Planned', 'Approved', 'In progress', 'Missing', 'Requests', 'Answered with other content', 'Answered without content', 'Times served', 'Items used', 'Items never served', 'Times shown', 'Items shown', 'Weight', 'Gap rank', 'Gap score', 'Objectives']
  return `\uFEFF${[head, ...lines].map((line) => line.map(csvField).join(',')).join('\r\n')}\r\n`
}
