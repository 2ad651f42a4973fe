import { Checkbox, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

import type { Problem } from '@/api/client'
import classes from '@/content/annotations/Note.module.css'
import { useKept } from '@/content/useKept'
import { Button } from '@/ui'

import { annotate, jobKey, type Annotation } from './api'
import type { Quote } from './blocks'

interface ComposerProps {
  readonly code: string
  readonly quote: Quote
  /** It came back with what was typed earlier, so it takes no focus. */
  readonly restored: boolean
  readonly onDone: () => void
}

/** A new annotation on chosen words. What is typed and ticked is kept on this device until it is sent or discarded. */
export function Composer({ code, quote, restored, onDone }: ComposerProps) {
  const queryClient = useQueryClient()
  const [body, setBody] = useKept(`annotation/${code}`)
  const [required, setRequired] = useKept(`annotation/${code}/required`)
  const area = useRef<HTMLTextAreaElement>(null)
  const add = useMutation<Annotation, Problem>({
    mutationFn: () => annotate(code, { ...quote, body: body.trim(), required: required !== '' }),
    onSuccess: async () => {
      forget()
      await queryClient.invalidateQueries({ queryKey: jobKey(code) })
      onDone()
    },
  })
  const forget = () => {
    setBody('')
    setRequired('')
  }
  useEffect(() => {
    if (!restored) area.current?.focus()
  }, [restored])
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
          {(body !== '' || required !== '') && (
            <Button
              variant="quiet"
              onClick={() => {
                forget()
                onDone()
              }}
            >
              Discard
            </Button>
          )}
          <Button variant="quiet" onClick={onDone}>
            {body === '' && required === '' ? 'Close' : 'Keep for later'}
          </Button>
          <Button busy={add.isPending && 'Adding…'} disabledReason={body.trim() === '' ? 'Write a comment.' : undefined} onClick={() => add.mutate()}>
            Comment
          </Button>
        </div>
      </div>
    </section>
  )
}
