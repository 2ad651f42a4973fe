import { Note } from '@/content/annotations/Note'
import { Rendered } from '@/content/Rendered'

import type { Job } from './api'
import { quoteOf } from './blocks'
import type { Composing } from './ChangesView'
import { Composer } from './Composer'
import classes from './review.module.css'

interface WholeTextProps {
  readonly job: Job
  readonly composing: Composing | undefined
  readonly onCompose: (composing: Composing | undefined) => void
  readonly onCitation: (referenceId: string) => void
}

/** The version from its first word to its last, with all annotations beside it. */
export function WholeText({ job, composing, onCompose, onCitation }: WholeTextProps) {
  const summary = job.version.document['summary']
  return (
    <div className={classes.whole}>
      <div
        onMouseUp={(event) => {
          const selection = window.getSelection()
          if (!job.may.annotate || selection === null || selection.isCollapsed || selection.rangeCount === 0) return
          const quote = quoteOf(selection.getRangeAt(0), event.currentTarget)
          if (quote !== undefined) onCompose({ blockId: 'text', quote })
        }}
      >
        <p className={classes.shownTitle}>{job.item.title}</p>
        {typeof summary === 'string' && <p className={classes.shownSummary}>{summary}</p>}
        <Rendered html={job.version.html} label="Whole text" onCitation={onCitation} />
      </div>
      <div className={classes.wholeMargin}>
        {job.may.annotate && composing === undefined && <p className="t3 f12">Select words to comment on them.</p>}
        {composing !== undefined && <Composer code={job.code} quote={composing.quote} restored={composing.restored === true} onDone={() => onCompose(undefined)} />}
        {job.annotations.map((it) => (
          <Note key={it.id} note={it} code={job.code} circulation={job.circulations.length} withQuote />
        ))}
      </div>
    </div>
  )
}
