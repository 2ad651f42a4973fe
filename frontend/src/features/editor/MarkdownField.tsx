import { useEffect, useImperativeHandle, useLayoutEffect, useRef, type Ref } from 'react'

import classes from './editor.module.css'
import { createMarkdownEditor, type Formatting, type MarkdownEditor, type Targets } from './markdownEditor'

export interface MarkdownHandle {
  focus(): void
  run(command: Formatting): void
  insert(text: string): void
}

interface MarkdownFieldProps {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly readOnly: boolean
  readonly targets: Targets
  readonly onChange: (text: string) => void
  readonly onAsk: (what: 'claim' | 'citation') => void
  readonly ref?: Ref<MarkdownHandle>
}

/** The body of a document. */
export default function MarkdownField({ name, label, value, readOnly, targets, onChange, onAsk, ref }: MarkdownFieldProps) {
  const host = useRef<HTMLDivElement>(null)
  const editor = useRef<MarkdownEditor>(null)
  const newest = useRef({ value, targets, onChange, onAsk })
  useLayoutEffect(() => {
    newest.current = { value, targets, onChange, onAsk }
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
    })
    editor.current = made
    return () => made.destroy()
  }, [label, readOnly])

  useEffect(() => editor.current?.setText(value), [value])
  useEffect(() => editor.current?.setTargets(targets), [targets])
  useImperativeHandle(ref, () => ({
    focus: () => editor.current?.focus(),
    run: (command) => editor.current?.run(command),
    insert: (text) => editor.current?.insert(text),
  }))
  return <div ref={host} className={classes.markdown} data-field={name} />
}
