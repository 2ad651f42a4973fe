import { Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Problem } from '@/api/client'
import { usePerson } from '@/app/session'
import { moment } from '@/content/times'
import { useKept } from '@/content/useKept'
import { Avatar, Button } from '@/ui'

import { replyTo, standing, type Annotation } from './api'
import classes from './Note.module.css'

interface NoteProps {
  readonly note: Annotation
  /** Of the job in which it was made. */
  readonly code: string
  readonly withQuote: boolean
  /** Of the job now, so that what is older says so. */
  readonly circulation?: number | undefined
  readonly current?: boolean
  readonly onGo?: (() => void) | undefined
}

/** One annotation with its replies. Resolving is a reply that ends it; only who may is offered it. */
export function Note({ note, code, withQuote, circulation, current, onGo }: NoteProps) {
  const me = usePerson()
  const queryClient = useQueryClient()
  const [replying, setReplying] = useState(false)
  const [body, setBody] = useKept(`reply/${note.id}`)
  const reply = useMutation<Annotation, Problem, boolean>({
    mutationFn: (resolves) => replyTo(code, note.id, { body: body.trim(), resolves }),
    onSuccess: async () => {
      setBody('')
      setReplying(false)
      await Promise.all([queryClient.invalidateQueries({ queryKey: ['jobs', code] }), queryClient.invalidateQueries({ queryKey: ['draft-annotations'] })])
    },
  })
  const empty = body.trim() === ''
  return (
    <article
      id={`note-${note.id}`}
      className={classes.note}
      data-state={note.resolved ? 'resolved' : note.orphaned ? 'orphaned' : 'open'}
      data-current={current || undefined}
      aria-label={`Annotation of ${note.author.displayName}`}
    >
      <header>
        <Avatar name={note.author.displayName} />
        <b className="m clip" title={moment(note.createdAt)}>
          {note.author.id === me.id ? 'You' : note.author.displayName}
        </b>
        <span className={`${classes.state} end nw`}>
          {note.required && !note.resolved && <span className={classes.must}>must be settled</span>}
          <span className="t3">{standing(note)}</span>
        </span>
      </header>
      {(withQuote || note.orphaned) && <p className={classes.noteQuote}>“{note.quote.length > 140 ? `${note.quote.slice(0, 140)}…` : note.quote}”</p>}
      {note.orphaned && <p className="t3">These words are no longer in the text.</p>}
      {circulation !== undefined && note.circulation < circulation && <p className="t3">Made in circulation {note.circulation}</p>}
      <p className={classes.noteBody}>{note.body}</p>
      {note.replies.map((it) => (
        <div key={it.id} className={classes.reply}>
          <b className="m">{it.author.id === me.id ? 'You' : it.author.displayName}</b>
          <span className="t3"> {it.resolves ? 'resolved it' : 'answered'}</span>
          <p className={classes.noteBody}>{it.body}</p>
        </div>
      ))}
      {!replying && (
        <div className={classes.acts}>
          {note.mayAnswer && !note.resolved && (
            <button type="button" className={classes.replyButton} onClick={() => setReplying(true)}>
              {note.mayResolve ? 'Reply or resolve' : 'Reply'}
            </button>
          )}
          {onGo !== undefined && (
            <button type="button" className={classes.replyButton} onClick={onGo}>
              Show in the text
            </button>
          )}
        </div>
      )}
      {replying && (
        <div className={classes.compose}>
          <Textarea aria-label="Your reply" autosize minRows={2} autoFocus value={body} onChange={(event) => setBody(event.currentTarget.value)} />
          {!note.mayResolve && note.required && <p className="t3">Whoever made it, or another reviewer of the same discipline, resolves it.</p>}
          {reply.isError && (
            <p role="alert" className={classes.error}>
              {reply.error.detail ?? reply.error.title}
            </p>
          )}
          <div className={classes.composeActions}>
            <Button variant="quiet" onClick={() => setReplying(false)}>
              Cancel
            </Button>
            {note.mayResolve && (
              <Button busy={reply.isPending && reply.variables && 'Resolving…'} disabledReason={empty ? 'Write how it was settled.' : undefined} onClick={() => reply.mutate(true)}>
                Resolve
              </Button>
            )}
            <Button busy={reply.isPending && !reply.variables && 'Replying…'} disabledReason={empty ? 'Write a reply.' : undefined} onClick={() => reply.mutate(false)}>
              Reply
            </Button>
          </div>
        </div>
      )}
    </article>
  )
}
