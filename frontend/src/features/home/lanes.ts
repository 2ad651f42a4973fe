export interface Placed {
  readonly lane: 0 | 1
  /** On which side of its dot the label stands; none where it would cover another. */
  readonly label: 'right' | 'left' | 'none'
}

/**
 * Places labels beside dots on a line without covering one another, in two lanes. `shares` are 0 to 1 in rising order;
 * `width` is the share of the line that a dot with its label needs.
 */
export function lanesOf(shares: readonly number[], width: number): readonly Placed[] {
  const ends: [number, number] = [-1, -1]
  return shares.map((share): Placed => {
    // At the right edge the label turns round, or it would run out of the picture.
    const left = share + width > 1
    const start = left ? share - width : share
    const lane = ends[0] <= start ? 0 : ends[1] <= start ? 1 : undefined
    if (lane === undefined) {
      const fallback = ends[0] <= ends[1] ? 0 : 1
      return { lane: fallback, label: 'none' }
    }
    ends[lane] = left ? share + width / 8 : share + width
    return { lane, label: left ? 'left' : 'right' }
  })
}
