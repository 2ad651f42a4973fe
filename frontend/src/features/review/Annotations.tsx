import { Checkbox, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'

import type { Problem } from '@/api/client'
import { usePerson } from '@/app/session'
import { moment } from '@/content/times'
import { Avatar, Button } from '@/ui'

import { annotate, jobKey, replyTo, type Annotation } from './api'
import type { Quote } from './blocks'
import classes from './review.module.css'
import { useKept } from './useKept'

/** One annotation with its replies. Resolving is a reply that ends it. */
export function Note({ note, code, mayReply, withQuote }: { readonly note: Annotation; readonly code: string; readonly mayReply: boolean; readonly withQuote: boolean }) {
  const me = usePerson()
  const queryClient = useQueryClient()
  const [replying, setReplying] = useState(false)
  const [body, setBody] = useKept(`reply/${note.id}`)
  const reply = useMutation<Annotation, Problem, boolean>({
    mutationFn: (resolves) => replyTo(code, note.id, { body: body.trim(), resolves }),
    onSuccess: async () => {
      setBody('')
      setReplying(false)
      await queryClient.invalidateQueries({ queryKey: jobKey(code) })
    },
  })
  const state = note.orphaned ? 'its words are gone' : note.resolved ? 'resolved' : note.required ? 'required' : ''
  return (
    <article className={classes.note} data-state={note.resolved ? 'resolved' : note.orphaned ? 'orphaned' : 'open'} aria-label={`Annotation of ${note.author.displayName}`}>
      <header>
        <Avatar name={note.author.displayName} />
        <b className="m clip" title={moment(note.createdAt)}>
          {note.author.id === me.id ? 'You' : note.author.displayName}
        </b>
        <span className="t3 end nw">{state}</span>
      </header>
      {(withQuote || note.orphaned) && <p className={classes.noteQuote}>“{note.quote}”</p>}
      <p className={classes.noteBody}>{note.body}</p>
      {note.replies.map((it) => (
        <div key={it.id} className={classes.reply}>
          <b className="m">{it.author.id === me.id ? 'You' : it.author.displayName}</b>
          <span className="t3"> {it.resolves ? 'resolved it' : 'answered'}</span>
          <p className={classes.noteBody}>{it.body}</p>
        </div>
      ))}
      {mayReply && !note.resolved && !replying && (
        <button type="button" className={classes.replyButton} onClick={() => setReplying(true)}>
          Reply or resolve
        </button>
      )}
      {replying && (
        <div className={classes.compose}>
          <Textarea aria-label="Your reply" autosize minRows={2} autoFocus value={body} onChange={(event) => setBody(event.currentTarget.value)} />
          {reply.isError && (
            <p role="alert" className={classes.error}>
              {reply.error.detail ?? reply.error.title}
            </p>
          )}
          <div className={classes.composeActions}>
            <Button variant="quiet" onClick={() => setReplying(false)}>
              Cancel
            </Button>
            <Button busy={reply.isPending && reply.variables && 'Resolving…'} disabledReason={body.trim() === '' ? 'Write how it was settled.' : undefined} onClick={() => reply.mutate(true)}>
              Resolve
            </Button>
            <Button busy={reply.isPending && !reply.variables && 'Replying…'} disabledReason={body.trim() === '' ? 'Write a reply.' : undefined} onClick={() => reply.mutate(false)}>
              Reply
            </Button>
          </div>
        </div>
      )}
    </article>
  )
}

/** A new annotation on chosen words. */
export function Composer({ code, quote, onDone }: { readonly code: string; readonly quote: Quote; readonly onDone: () => void }) {
  const queryClient = useQueryClient()
  const [body, setBody] = useKept(`annotation/${code}`)
  const [required, setRequired] = useKept(`annotation/${code}/required`)
  const area = useRef<HTMLTextAreaElement>(null)
  const add = useMutation<Annotation, Problem>({
    mutationFn: () => annotate(code, { ...quote, body: body.trim(), required: required !== '' }),
    onSuccess: async () => {
      setBody('')
      setRequired('')
      await queryClient.invalidateQueries({ queryKey: jobKey(code) })
      onDone()
    },
  })
  useEffect(() => area.current?.focus(), [])
  return (
    <section className={classes.note} data-state="draft" aria-label="New annotation">
      <p className={classes.noteQuote}>“{quote.quote.length > 140 ? `${quote.quote.slice(0, 140)}…` : quote.quote}”</p>
      <div
        className={classes.compose}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone()
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            // Ctrl Enter in here sends the comment; outside it signs the verdict.
            event.preventDefault()
            event.stopPropagation()
            if (body.trim() !== '') add.mutate()
          }
        }}
      >
        <Textarea ref={area} aria-label="Your comment" autosize minRows={2} value={body} onChange={(event) => setBody(event.currentTarget.value)} />
        <Checkbox size="xs" label="Must be settled before certification" checked={required !== ''} onChange={(event) => setRequired(event.currentTarget.checked ? 'required' : '')} />
        {add.isError && (
          <p role="alert" className={classes.error}>
            {add.error.detail ?? add.error.title}
          </p>
        )}
        <div className={classes.composeActions}>
          <Button variant="quiet" onClick={onDone}>
            Cancel
          </Button>
          <Button busy={add.isPending && 'Adding…'} disabledReason={body.trim() === '' ? 'Write a comment.' : undefined} onClick={() => add.mutate()}>
            Comment
          </Button>
        </div>
      </div>
    </section>
  )
}
