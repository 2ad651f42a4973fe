import { useEffect, useImperativeHandle, useLayoutEffect, useRef, type Ref } from 'react'

import classes from './editor.module.css'
import { createMarkdownEditor, type Formatting, type MarkdownEditor, type NotePlace, type Piece, type Targets } from './markdownEditor'

export interface MarkdownHandle {
  focus(): void
  run(command: Formatting): void
  insert(text: string): void
  /** Shows and selects a part of the text; positions past its end stand for the end. */
  select(start: number, end: number): void
  goToNote(id: string): boolean
}

interface MarkdownFieldProps {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly readOnly: boolean
  readonly targets: Targets
  /** Pieces to mark as not yet translated; undefined while the text is ahead of what is known of it. */
  readonly copied?: readonly Piece[] | undefined
  readonly notes: readonly NotePlace[]
  readonly onChange: (text: string) => void
  readonly onAsk: (what: 'claim' | 'citation') => void
  readonly onNote: (id: string) => void
  readonly ref?: Ref<MarkdownHandle>
}

/** The body of a document. */
export default function MarkdownField({ name, label, value, readOnly, targets, copied, notes, onChange, onAsk, onNote, ref }: MarkdownFieldProps) {
  const host = useRef<HTMLDivElement>(null)
  const editor = useRef<MarkdownEditor>(null)
  const newest = useRef({ value, targets, copied, notes, onChange, onAsk, onNote })
  useLayoutEffect(() => {
    newest.current = { value, targets, copied, notes, onChange, onAsk, onNote }
  })

  useEffect(() => {
    if (host.current === null) return
    const made = createMarkdownEditor({
      host: host.current,
      text: newest.current.value,
      label,
      readOnly,
      targets: newest.current.targets,
      onChange: (text) => newest.current.onChange(text),
      onAsk: (what) => newest.current.onAsk(what),
      onNote: (id) => newest.current.onNote(id),
    })
    made.setNotes(newest.current.notes)
    editor.current = made
    if (newest.current.copied !== undefined) made.setCopied(newest.current.copied)
    return () => made.destroy()
  }, [label, readOnly])

  useEffect(() => editor.current?.setText(value), [value])
  useEffect(() => editor.current?.setTargets(targets), [targets])
  useEffect(() => {
    if (copied !== undefined) editor.current?.setCopied(copied)
  }, [copied])
  useEffect(() => editor.current?.setNotes(notes), [notes])
  useImperativeHandle(ref, () => ({
    focus: () => editor.current?.focus(),
    run: (command) => editor.current?.run(command),
    insert: (text) => editor.current?.insert(text),
    select: (start, end) => editor.current?.select(start, end),
    goToNote: (id) => editor.current?.goToNote(id) ?? false,
  }))
  return <div ref={host} className={classes.markdown} data-field={name} />
}
