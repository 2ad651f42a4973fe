import type { Matrix } from './api'
import { coverage, faceOf, FILLS, gridOf, sayGaps, sayRamp, type Face, type Fill, type Total } from './grid'
import { Pen } from './pen'

// Twice the pixels, so that a projector shows sharp letters.
const SCALE = 2
const PAD = 36
const LEFT = 176
const HEAD = 192
const FOOT = 82
const CELL = { width: 122, height: 82, gap: 4, radius: 5 }

/** What stands around the cells: a picture that leaves the application must say by itself what it shows, and as of when. */
interface Caption {
  /** `Audience`, `HCP: primary care` and so on, in the order of the screen. */
  readonly filters: readonly (readonly [string, string])[]
  /** Which strategies the plan comes from. */
  readonly source: string
  readonly asOf: string
}

/** Draws the matrix as a PNG in the colours of the theme that is on screen. Null where the browser can't draw. */
export async function matrixPicture(matrix: Matrix, fill: Fill, onlyGaps: boolean, caption: Caption): Promise<Blob | null> {
  const grid = gridOf(matrix)
  const width = Math.max(PAD * 2 + LEFT + grid.stages.length * (CELL.width + CELL.gap) - CELL.gap, 1180)
  const height = HEAD + grid.rows.length * (CELL.height + CELL.gap) + FOOT
  const canvas = document.createElement('canvas')
  canvas.width = width * SCALE
  canvas.height = height * SCALE
  const context = canvas.getContext('2d')
  if (context === null) return null
  // A weight that no text on the screen has used yet is loaded first, or the first picture would fall back to another font.
  await Promise.all([400, 500, 600].map((weight) => document.fonts.load(`${weight} 13px "Inter Variable"`)))

  context.scale(SCALE, SCALE)
  const pen = new Pen(context)
  pen.box(0, 0, width, height, 0).fill('bg-surface')
  head(pen, matrix, width, caption)
  grid.stages.forEach((stage, column) => {
    const x = PAD + LEFT + column * (CELL.width + CELL.gap)
    const lines = pen.lines(stage.label, CELL.width - 6, 13, 500)
    lines.forEach((line, index) => pen.write(line, x + 2, HEAD - 28 - (lines.length - 1 - index) * 16, { size: 13, weight: 500 }))
    total(pen, stage.total, x + 2, HEAD - 12)
  })
  grid.rows.forEach((row, line) => {
    const y = HEAD + line * (CELL.height + CELL.gap)
    const lines = pen.lines(row.need.label, LEFT - 16, 13, 500)
    const top = y + CELL.height / 2 - (lines.length * 16 + 18) / 2 + 12
    lines.forEach((text, index) => pen.write(text, PAD, top + index * 16, { size: 13, weight: 500 }))
    total(pen, row.total, PAD, top + lines.length * 16 + 2)
    row.cells.forEach((cell, column) => {
      const shown = onlyGaps && cell?.gap === undefined ? undefined : cell
      drawCell(pen, faceOf(shown, fill, grid.scale), PAD + LEFT + column * (CELL.width + CELL.gap), y)
    })
  })
  foot(pen, fill, sayRamp(fill, grid.scale), width, height, caption)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
}

function head(pen: Pen, matrix: Matrix, width: number, caption: Caption): void {
  const { planned, approved, gaps } = matrix.summary
  pen.write('Framework matrix', PAD, PAD + 12, { size: 12, weight: 600, colour: 'accent-text' })
  pen.write(caption.asOf, width - PAD, PAD + 12, { size: 12, colour: 'text-3', align: 'right' })
  const said = pen.write(planned === 0 ? 'Nothing is planned here yet' : `${approved} of ${planned} planned items are approved`, PAD, PAD + 42, { size: 24, weight: 600 })
  if (planned > 0) {
    const count = gaps === 0 ? 'No gaps' : `${gaps} ${gaps === 1 ? 'gap' : 'gaps'}`
    const x = PAD + said + 18
    const counted = pen.write(count, x, PAD + 42, { size: 15, weight: 500, colour: gaps === 0 ? 'text-2' : 'block' })
    if (gaps > 0) pen.write(`: ${sayGaps(matrix.summary)}`, x + counted, PAD + 42, { size: 15, colour: 'text-2', most: width - PAD - x - counted })
  }
  let x = PAD
  for (const [name, value] of caption.filters) {
    const nameWidth = pen.width(name, 12)
    const chip = nameWidth + pen.width(value, 12, 500) + 24
    pen.box(x + 0.5, PAD + 58.5, chip, 24, 6).stroke('line-strong')
    pen.write(name, x + 9, PAD + 75, { size: 12, colour: 'text-3' })
    pen.write(value, x + 9 + nameWidth + 6, PAD + 75, { size: 12, weight: 500 })
    x += chip + 8
  }
}

function total(pen: Pen, { planned, approved }: Total, x: number, y: number): void {
  if (planned === 0) {
    pen.write('no plan', x, y, { size: 11, colour: 'text-3' })
    return
  }
  pen.box(x, y - 6, 48, 4, 2).fill('line-strong')
  const done = 48 * coverage({ planned, approved })
  if (done > 0) pen.box(x, y - 6, done, 4, 2).fill('text-2')
  pen.write(`${approved}/${planned}`, x + 54, y, { size: 11, colour: 'text-3' })
}

function drawCell(pen: Pen, face: Face, x: number, y: number): void {
  const { width, height, radius } = CELL
  const left = x + 10
  if (face.kind === 'none') {
    pen.box(x + 0.5, y + 0.5, width - 1, height - 1, radius).stroke('line')
    return
  }
  if (face.kind === 'unplanned') {
    pen.box(x + 1, y + 1, width - 2, height - 2, radius).stroke('line-control', 1.5, [4, 3])
    pen.write(face.number, left, y + 23, { size: 15, weight: 600, colour: 'text-2' })
    pen.write(face.asked, left, y + 46, { size: 11.5, colour: 'text-2' })
    pen.write(face.foot, left, y + 69, { size: 11.5, colour: 'text-2' })
    return
  }
  const ink = face.step >= 4 ? 'heat-paper' : 'heat-ink'
  pen.box(x, y, width, height, radius).fill(`heat-${face.step}`)
  if (face.step === 0) pen.box(x + 0.5, y + 0.5, width - 1, height - 1, radius).stroke('line')
  if (face.bare) pen.hatch(x, y, width, height, radius)
  if (face.rank !== undefined) pen.box(x + 1, y + 1, width - 2, height - 2, radius - 1).stroke('block-mark', 2)
  // Words on a hatch stand on their own ground.
  const ground = (wide: number, baseline: number) => face.bare && pen.box(left - 3, y + baseline - 11, wide + 6, 14, 2).fill(`heat-${face.step}`)
  ground(pen.width(face.number, 15, 600), 23)
  pen.write(face.number, left, y + 23, { size: 15, weight: 600, colour: ink })
  if (face.asked !== '') {
    ground(pen.width(face.asked, 11.5), 40)
    pen.write(face.asked, left, y + 40, { size: 11.5, colour: ink })
  }
  blocks(pen, face, left, y + 47, ink)
  if (face.used === undefined) {
    ground(pen.width(face.foot, 11.5), 73)
    pen.write(face.foot, left, y + 73, { size: 11.5, colour: ink })
  } else {
    const bar = width - 20 - 36
    pen.box(left, y + 68, bar, 3, 1.5).fill(ink, 0.28)
    if (face.used > 0) pen.box(left, y + 68, bar * face.used, 3, 1.5).fill(ink)
    pen.write(face.foot, x + width - 10, y + 73, { size: 11.5, colour: ink, align: 'right' })
  }
  if (face.rank !== undefined) badge(pen, String(face.rank), x + width - 18, y + 18, face.rank <= 3)
}

function blocks(pen: Pen, face: Face, x: number, y: number, ink: string): void {
  const bare = face.bare && face.blocks.length > 0
  if (bare) pen.box(x - 3, y - 2, face.blocks.length * 9 + pen.width(face.supply, 11.5) + 10, 16, 2).fill(`heat-${face.step}`)
  face.blocks.forEach((block, index) => {
    const at = x + index * 9
    switch (block) {
      case 'approved':
        pen.box(at, y, 7, 12, 1.5).fill(ink)
        break
      case 'in-progress':
        pen.box(at, y + 6, 7, 6, 1.5).fill(ink)
        pen.box(at + 0.6, y + 0.6, 5.8, 10.8, 1.5).stroke(ink, 1.2)
        break
      case 'missing':
        pen.box(at + 0.6, y + 0.6, 5.8, 10.8, 1.5).stroke(ink, 1.2)
    }
  })
  pen.write(face.supply, x + face.blocks.length * 9 + (face.blocks.length === 0 ? 0 : 4), y + 10.5, { size: 11.5, colour: ink })
}

function badge(pen: Pen, rank: string, x: number, y: number, solid: boolean): void {
  const width = Math.max(22, pen.width(rank, 12, 600) + 12)
  pen.box(x - width / 2, y - 10, width, 20, 10).fill(solid ? 'block-mark' : 'bg-surface')
  if (!solid) pen.box(x - width / 2 + 0.75, y - 9.25, width - 1.5, 18.5, 9.25).stroke('block-mark', 1.5)
  pen.write(rank, x, y + 4, { size: 12, weight: 600, colour: solid ? 'on-block' : 'block', align: 'center' })
}

function foot(pen: Pen, fill: Fill, ramp: string, width: number, height: number, caption: Caption): void {
  const y = height - FOOT + 26
  let x = PAD
  const word = (text: string, gap = 22) => {
    x += pen.write(text, x, y, { size: 12, colour: 'text-2' }) + gap
  }
  word(FILLS.find((it) => it.value === fill)?.label ?? fill, 8)
  for (let step = 0; step <= 5; step++) pen.box(x + step * 22, y - 10, 22, 12, 0).fill(`heat-${step}`)
  x += 6 * 22 + 8
  word(ramp)
  for (const [index, block] of (['approved', 'in-progress', 'missing'] as const).entries()) {
    blocks(pen, { ...NO_FACE, blocks: [block] }, x + index * 9, y - 10, 'text')
  }
  x += 32
  word('approved, in work, missing')
  pen.box(x, y - 5, 34, 3, 1.5).fill('text', 0.28)
  pen.box(x, y - 5, 20, 3, 1.5).fill('text')
  x += 42
  word('share of it used')
  badge(pen, '1', x + 11, y - 4, true)
  badge(pen, '4', x + 37, y - 4, false)
  x += 56
  word('gap rank')
  pen.hatch(x, y - 10, 22, 12, 3)
  pen.box(x + 0.5, y - 9.5, 21, 11, 3).stroke('block-mark')
  x += 30
  word('no supply')
  pen.box(x + 0.75, y - 9.25, 20.5, 10.5, 3).stroke('line-control', 1.5, [4, 3])
  x += 30
  word('without a plan')
  pen.box(PAD, y + 17, width - PAD * 2, 1, 0).fill('line')
  pen.write(caption.source, PAD, y + 40, { size: 12, colour: 'text-3', most: width - PAD * 2 - 120 })
  pen.write('Throughline', width - PAD, y + 40, { size: 12, weight: 600, colour: 'text-2', align: 'right' })
}

const NO_FACE: Face = { kind: 'planned', step: 0, number: '', asked: '', blocks: [], supply: '', used: undefined, foot: '', rank: undefined, bare: false }
