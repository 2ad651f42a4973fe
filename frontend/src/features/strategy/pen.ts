/** Draws words and shapes in the colours of the theme that is on screen. */
export class Pen {
  private readonly style = getComputedStyle(document.documentElement)

  constructor(readonly canvas: CanvasRenderingContext2D) {}

  token(name: string): string {
    return this.style.getPropertyValue(`--${name}`).trim()
  }

  /** Writes one line with its baseline at `y`; cut with an ellipsis where it is wider than `most`. Gives the width that it took. */
  write(text: string, x: number, y: number, { size = 13, weight = 400, colour = 'text', most = Infinity, align = 'left' }: Writing = {}): number {
    const { canvas } = this
    this.setFont(size, weight)
    canvas.fillStyle = this.token(colour)
    canvas.textAlign = align
    const shown = this.cut(text, most)
    canvas.fillText(shown, x, y)
    canvas.textAlign = 'left'
    return canvas.measureText(shown).width
  }

  width(text: string, size: number, weight = 400): number {
    this.setFont(size, weight)
    return this.canvas.measureText(text).width
  }

  /** The words in lines of at most `most`, two at the most; the second takes what is left and is cut. */
  lines(text: string, most: number, size: number, weight = 400): readonly string[] {
    this.setFont(size, weight)
    const words = text.split(' ')
    let first = words.shift() ?? ''
    while (words[0] !== undefined && this.canvas.measureText(`${first} ${words[0]}`).width <= most) first += ` ${words.shift() ?? ''}`
    return words.length === 0 ? [this.cut(first, most)] : [this.cut(first, most), this.cut(words.join(' '), most)]
  }

  box(x: number, y: number, width: number, height: number, radius: number): this {
    this.canvas.beginPath()
    this.canvas.roundRect(x, y, width, height, radius)
    return this
  }

  fill(colour: string, alpha = 1): this {
    this.canvas.globalAlpha = alpha
    this.canvas.fillStyle = this.token(colour)
    this.canvas.fill()
    this.canvas.globalAlpha = 1
    return this
  }

  stroke(colour: string, lineWidth = 1, dash: readonly number[] = []): this {
    this.canvas.lineWidth = lineWidth
    this.canvas.strokeStyle = this.token(colour)
    this.canvas.setLineDash([...dash])
    this.canvas.stroke()
    this.canvas.setLineDash([])
    return this
  }

  /** Slanted lines inside a box, for "nothing is there". */
  hatch(x: number, y: number, width: number, height: number, radius: number): void {
    const { canvas } = this
    canvas.save()
    this.box(x, y, width, height, radius)
    canvas.clip()
    canvas.beginPath()
    for (let at = -height; at < width; at += 8) {
      canvas.moveTo(x + at, y + height)
      canvas.lineTo(x + at + height, y)
    }
    canvas.globalAlpha = 0.42
    this.stroke('block-mark', 1.4)
    canvas.restore()
  }

  private setFont(size: number, weight: number): void {
    this.canvas.font = `${weight} ${size}px ${this.token('font-ui')}`
  }

  private cut(text: string, most: number): string {
    if (this.canvas.measureText(text).width <= most) return text
    let end = text.length
    while (end > 0 && this.canvas.measureText(`${text.slice(0, end).trimEnd()}…`).width > most) end -= 1
    return `${text.slice(0, end).trimEnd()}…`
  }
}

export interface Writing {
  readonly size?: number
  readonly weight?: number
  /** A token, without its dashes. */
  readonly colour?: string
  readonly most?: number
  readonly align?: 'left' | 'right' | 'center'
}
