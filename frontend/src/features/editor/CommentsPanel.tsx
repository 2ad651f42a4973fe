import { Link } from '@tanstack/react-router'

import { Note } from '@/content/annotations/Note'
import { DISCIPLINE_WORDS, VERDICT_WORDS } from '@/content/words'
import { EmptyState } from '@/ui'

import type { Annotation, ReviewOfDraft } from './api'
import classes from './editor.module.css'

interface CommentsPanelProps {
  readonly reviews: readonly ReviewOfDraft[]
  /** The annotation whose words the writer chose in the text. */
  readonly current: string | undefined
  readonly onGo: (note: Annotation) => void
}

const STATES: Readonly<Record<ReviewOfDraft['state'], string>> = { 'in-review': 'in review', 'revise-and-resubmit': 'sent back', cancelled: 'cancelled' }

/** What reviewers said, in the order of the text, to answer while it is rewritten. */
export function CommentsPanel({ reviews, current, onGo }: CommentsPanelProps) {
  if (reviews.every((it) => it.annotations.length === 0 && it.verdicts.length === 0)) {
    return <EmptyState title="No comments">What reviewers remark on this text will stand here, and beside its words.</EmptyState>
  }
  return reviews.map((review) => {
    const note = (it: Annotation) => (
      <li key={it.id}>
        <Note note={it} code={review.code} withQuote circulation={review.circulation} current={it.id === current} onGo={it.place === undefined ? undefined : () => onGo(it)} />
      </li>
    )
    const placed = review.annotations.filter((it) => it.place !== undefined).toSorted((a, b) => (a.place?.block ?? 0) - (b.place?.block ?? 0))
    const elsewhere = review.annotations.filter((it) => it.place === undefined)
    return (
      <section key={review.code} className={classes.comments} aria-label={`Comments of ${review.code}`}>
        <p className="f12 t2">
          {review.code}, {STATES[review.state]} in circulation {review.circulation}.{' '}
          <Link to="/review/$code" params={{ code: review.code }} className="link">
            Open the review room
          </Link>
        </p>
        {review.verdicts.map((it) => (
          <blockquote key={it.discipline} className={classes.demand}>
            <p className="f12">
              <b className="m">{it.by.displayName}</b>
              <span className="t3">
                {' '}
                {DISCIPLINE_WORDS[it.discipline]}, {VERDICT_WORDS[it.verdict].toLowerCase()}
              </span>
            </p>
            <p className="f12">{it.comment}</p>
          </blockquote>
        ))}
        <ul className={classes.notes}>{placed.map(note)}</ul>
        {elsewhere.length > 0 && (
          <>
            <h3 className="f12 t2">Beside no words of the text</h3>
            <ul className={classes.notes}>{elsewhere.map(note)}</ul>
          </>
        )}
      </section>
    )
  })
}
