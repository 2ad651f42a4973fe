import classes from './GapRank.module.css'

const SOLID_RANKS = 3

/** The place of a gap among all gaps, solid for the first three. */
export function GapRank({ rank }: { readonly rank: number }) {
  return (
    <span className={classes.rank} data-solid={rank <= SOLID_RANKS || undefined}>
      {rank}
    </span>
  )
}
