import type { Cell, Matrix } from './api'
import { coverage, gridOf, heatStep, type Fill } from './grid'
import { sayShare } from './words'

// A slide is wider than high; twice the pixels, so that a projector shows sharp letters.
const SCALE = 2
const PAD = 28
const LEFT = 170
const HEAD = 104
const CELL = { width: 116, height: 62, gap: 4 }

/** Draws the matrix as a PNG in the colours of the theme that is on screen. Null where the browser can't draw. */
export async function matrixPicture(matrix: Matrix, fill: Fill, title: string): Promise<Blob | null> {
  const grid = gridOf(matrix)
  const width = PAD * 2 + LEFT + grid.stages.length * (CELL.width + CELL.gap)
  const height = PAD * 2 + HEAD + grid.rows.length * (CELL.height + CELL.gap) + 24
  const canvas = document.createElement('canvas')
  canvas.width = width * SCALE
  canvas.height = height * SCALE
  const pen = canvas.getContext('2d')
  if (pen === null) return null
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim()
  const font = (size: number, weight = 400) => `${weight} ${size}px ${token('font-ui')}`
  const write = (text: string, x: number, y: number, colour: string, size: number, weight = 400, most?: number) => {
    pen.font = font(size, weight)
    pen.fillStyle = colour
    pen.fillText(text, x, y, most)
  }

  pen.scale(SCALE, SCALE)
  pen.fillStyle = token('bg-surface')
  pen.fillRect(0, 0, width, height)
  const { planned, approved, gaps } = matrix.summary
  write(`${approved} of ${planned} planned items are approved`, PAD, PAD + 16, token('text'), 20, 600)
  write(`${title} · ${gaps} ${gaps === 1 ? 'gap' : 'gaps'} · colour shows ${fill === 'coverage' ? 'coverage' : 'planned items'}`, PAD, PAD + 40, token('text-2'), 13)
  grid.stages.forEach((stage, column) => {
    const x = PAD + LEFT + column * (CELL.width + CELL.gap)
    write(stage.label, x + 2, PAD + HEAD - 26, token('text'), 12, 500, CELL.width - 4)
    write(`${stage.total.approved}/${stage.total.planned}`, x + 2, PAD + HEAD - 10, token('text-3'), 11)
  })
  grid.rows.forEach((row, line) => {
    const y = PAD + HEAD + line * (CELL.height + CELL.gap)
    write(row.need.label, PAD, y + CELL.height / 2 - 2, token('text'), 12, 500, LEFT - 12)
    write(`${row.total.approved}/${row.total.planned}`, PAD, y + CELL.height / 2 + 14, token('text-3'), 11)
    row.cells.forEach((cell, column) => drawCell(cell, PAD + LEFT + column * (CELL.width + CELL.gap), y))
  })
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))

  function drawCell(cell: Cell | undefined, x: number, y: number) {
    if (pen === null) return
    pen.beginPath()
    pen.roundRect(x + 0.75, y + 0.75, CELL.width - 1.5, CELL.height - 1.5, 4)
    if (cell === undefined || cell.planned === 0) {
      pen.lineWidth = 1
      pen.strokeStyle = token(cell === undefined ? 'line' : 'line-control')
      pen.setLineDash(cell === undefined ? [] : [4, 3])
      pen.stroke()
      pen.setLineDash([])
      if (cell !== undefined) write(`No plan, ${cell.approved} approved`, x + 8, y + 34, token('text-2'), 11)
      return
    }
    const step = heatStep(cell, fill, grid.mostPlanned)
    pen.fillStyle = token(`heat-${step}`)
    pen.fill()
    if (cell.approved === 0) hatch(x, y)
    if (cell.gap !== undefined) {
      pen.lineWidth = 1.5
      pen.strokeStyle = token('block-mark')
      pen.stroke()
    }
    const ink = token(step >= 4 ? 'heat-paper' : 'heat-ink')
    write(fill === 'coverage' ? sayShare(coverage(cell)) : String(cell.planned), x + 8, y + 22, ink, 14, 600)
    write(`${cell.approved}/${cell.planned} approved`, x + 8, y + 50, ink, 11)
    if (cell.gap !== undefined) {
      const rank = String(cell.gap.rank)
      pen.beginPath()
      pen.arc(x + CELL.width - 16, y + 16, 10, 0, Math.PI * 2)
      pen.fillStyle = token('bg-surface')
      pen.fill()
      pen.stroke()
      pen.textAlign = 'center'
      write(rank, x + CELL.width - 16, y + 20, token('block'), 11, 600)
      pen.textAlign = 'start'
    }
  }


  function hatch(x: number, y: number) {
    if (pen === null) return
    pen.save()
    pen.clip()
    pen.strokeStyle = token('block-mark')
    pen.globalAlpha = 0.4
    pen.lineWidth = 1.2
    for (let at = -CELL.height; at < CELL.width; at += 8) {
      pen.moveTo(x + at, y + CELL.height)
      pen.lineTo(x + at + CELL.height, y)
    }
    pen.stroke()
    pen.restore()
    pen.beginPath()
    pen.roundRect(x + 0.75, y + 0.75, CELL.width - 1.5, CELL.height - 1.5, 4)
  }
}
