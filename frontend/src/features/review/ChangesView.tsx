import { IconChevronDown, IconChevronRight, IconMessagePlus } from '@tabler/icons-react'
import { Fragment, useState } from 'react'

import { Note } from '@/content/annotations/Note'
import { plural } from '@/content/words'
import { useActions } from '@/ui'

import type { Annotation, BlockChange, Changes, Job } from './api'
import { pieces, placeAnnotations, quoteOf, runs, textNow, type Quote } from './blocks'
import { Composer } from './Composer'
import classes from './review.module.css'
import { isProse, useBlockWords } from './useBlockWords'

export interface Composing {
  readonly blockId: string
  readonly quote: Quote
  /** Begun at an earlier visit. */
  readonly restored?: boolean
}

interface ChangesViewProps {
  readonly job: Job
  readonly changes: Changes
  readonly current: number
  readonly onCurrent: (at: number) => void
  readonly composing: Composing | undefined
  readonly onCompose: (composing: Composing | undefined) => void
}

const KINDS: Readonly<Record<BlockChange['kind'], string>> = { added: 'new', removed: 'removed', changed: 'changed', unchanged: 'unchanged' }

/** What changed since the last approval, with its annotations in the margin. What did not change is folded away. */
export function ChangesView({ job, changes, current, onCurrent, composing, onCompose }: ChangesViewProps) {
  const { byBlock, elsewhere } = placeAnnotations(job.annotations, changes.changes)
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set())
  const said = useBlockWords(job.item.type, changes.changes)
  const listed = runs(changes.changes)
  const real = changes.changes.filter((it) => it.kind !== 'unchanged')
  const folded = listed.some((it) => it.kind === 'same')
  const comment = (change: BlockChange) => onCompose({ blockId: change.id, quote: { quote: textNow(change).trim().slice(0, 2000), prefix: '', suffix: '' } })
  useActions('Review room', [
    { label: 'Comment on the current change', keys: 'c', disabled: !job.may.annotate || real[current] === undefined || real[current].kind === 'removed' || !isProse(real[current]), run: () => real[current] !== undefined && comment(real[current]) },
  ])
  const block = (change: BlockChange, number: number | undefined) => (
    <Block
      key={change.id}
      change={change}
      number={number}
      current={number !== undefined && number === current + 1}
      mayAnnotate={job.may.annotate && change.kind !== 'removed' && isProse(change)}
      isNew={changes.baseVersion === undefined}
      said={said}
      job={job}
      notes={byBlock.get(change.id) ?? []}
      composing={composing?.blockId === change.id ? composing : undefined}
      onFocus={() => number !== undefined && onCurrent(number - 1)}
      onCompose={(quote) => onCompose(quote === undefined ? undefined : { blockId: change.id, quote })}
      onComment={() => comment(change)}
    />
  )
  return (
    <>
      {elsewhere.length > 0 && (
        <section className={classes.elsewhere} aria-label="Annotations without a place">
          <p className="t3 f12">{plural(elsewhere.length, 'annotation')} beside no block of the text:</p>
          {elsewhere.map((it) => (
            <Note key={it.id} note={it} code={job.code} circulation={job.circulations.length} withQuote />
          ))}
        </section>
      )}
      {real.length === 0 && <p className={classes.hint}>No block differs from what was approved. Read the whole text in its tab.</p>}
      {listed.map((run) =>
        run.kind === 'change' ? (
          block(run.change, run.number)
        ) : (
          <Fragment key={run.blocks[0]?.id}>
            {(() => {
              const id = run.blocks[0]?.id ?? ''
              const opened = shown.has(id)
              const Icon = opened ? IconChevronDown : IconChevronRight
              return (
                <>
                  <button type="button" className={classes.same} aria-expanded={opened} onClick={() => setShown((all) => new Set(opened ? [...all].filter((it) => it !== id) : [...all, id]))}>
                    <Icon size={14} stroke={1.75} aria-hidden="true" />
                    <span>
                      {plural(run.blocks.length, 'unchanged block')}
                      {changes.baseVersion === undefined ? '' : `, approved in v${changes.baseVersion.number}, not under review`}
                    </span>
                    <span className="link end">{opened ? 'Hide' : 'Show'}</span>
                  </button>
                  {run.blocks.filter((it) => opened || byBlock.has(it.id)).map((it) => block(it, undefined))}
                </>
              )
            })()}
          </Fragment>
        ),
      )}
      {!folded && changes.unchanged > 0 && <p className={classes.hint}>{plural(changes.unchanged, 'unchanged block')} are in the whole text.</p>}
    </>
  )
}

interface BlockProps {
  readonly change: BlockChange
  readonly number: number | undefined
  readonly current: boolean
  readonly mayAnnotate: boolean
  /** Nothing was approved before, so marking every word as new would only be noise. */
  readonly isNew: boolean
  readonly said: ReturnType<typeof useBlockWords>
  readonly job: Job
  readonly notes: readonly Annotation[]
  readonly composing: Composing | undefined
  readonly onFocus: () => void
  readonly onCompose: (quote: Quote | undefined) => void
  readonly onComment: () => void
}

function Block({ change, number, current, mayAnnotate, isNew, said, job, notes, composing, onFocus, onCompose, onComment }: BlockProps) {
  const quotes = [...notes.filter((it) => !it.orphaned && !it.resolved), ...(composing === undefined ? [] : [composing.quote])]
  const heading = said.heading(change)
  return (
    <section className={classes.block} data-current={current || undefined} data-change={number} tabIndex={number === undefined ? undefined : -1} onFocus={onFocus} aria-label={number === undefined ? heading : `Change ${number}: ${heading}, ${KINDS[change.kind]}`}>
      <span className={classes.blockNumber} aria-hidden="true">
        {number ?? '·'}
      </span>
      <div className={classes.blockText}>
        <h3>
          {heading}
          {!isNew && (
            <span className={classes.kind} data-kind={change.kind}>
              {KINDS[change.kind]}
            </span>
          )}
          {mayAnnotate && (
            <button type="button" className={classes.commentButton} onClick={onComment} aria-label={`Comment on ${heading}`}>
              <IconMessagePlus size={14} stroke={1.6} aria-hidden="true" />
              Comment
            </button>
          )}
        </h3>
        <p
          className={classes.words}
          onMouseUp={(event) => {
            const selection = window.getSelection()
            if (!mayAnnotate || selection === null || selection.isCollapsed || selection.rangeCount === 0) return
            const quote = quoteOf(selection.getRangeAt(0), event.currentTarget)
            if (quote !== undefined) onCompose(quote)
          }}
        >
          {pieces(change, quotes).map((piece, index) => {
            const text = piece.annotated ? <span className={classes.annotated}>{piece.text}</span> : said.said(change, piece.text)
            switch (piece.op) {
              case 'same':
                return <Fragment key={index}>{text}</Fragment>
              case 'ins':
                return isNew ? <Fragment key={index}>{text}</Fragment> : <ins key={index}>{text}</ins>
              case 'del':
                return <del key={index}>{text}</del>
            }
          })}
        </p>
      </div>
      <div className={classes.margin}>
        {composing !== undefined && <Composer code={job.code} quote={composing.quote} restored={composing.restored === true} onDone={() => onCompose(undefined)} />}
        {notes.map((it) => (
          <Note key={it.id} note={it} code={job.code} circulation={job.circulations.length} withQuote={false} />
        ))}
      </div>
    </section>
  )
}
