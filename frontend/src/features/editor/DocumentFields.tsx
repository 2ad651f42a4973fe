import { lazy, Suspense, useMemo, type ReactNode, type Ref } from 'react'

import { byCitation } from '@/content/citations'
import type { LocalCopy } from '@/content/copies'
import type { Reference } from '@/content/csl'
import { plural } from '@/content/words'

import type { Annotation, ContentField, ContentType, Finding } from './api'
import { AnchorsField, StepsField, VariationsField, VisualField } from './compoundFields'
import { findingsOf, listOf, placeOf, pointerOf, textOf, valueOf, withValue, type ContentDocument } from './document'
import classes from './editor.module.css'
import { FieldFindings } from './FieldFindings'
import type { Wanted } from './fit'
import { GrowingText } from './GrowingText'
import type { MarkdownHandle } from './MarkdownField'
import type { NotePlace, Targets } from './markdownEditor'

// CodeMirror is the largest part of the editor; the page is there before it.
const MarkdownField = lazy(() => import('./MarkdownField'))

interface DocumentFieldsProps {
  readonly type: ContentType
  readonly document: ContentDocument
  readonly wanted: Omit<Wanted, 'markets'>
  readonly findings: readonly Finding[]
  readonly current: Finding | undefined
  /** Pieces that stand as in the source; undefined while the text is ahead of what is known of it. */
  readonly copied: readonly CopiedPiece[] | undefined
  readonly readOnly: boolean
  readonly targets: Targets
  /** Unresolved comments that lie in the text. */
  readonly notes: readonly Annotation[]
  readonly body: Ref<MarkdownHandle>
  readonly onChange: (document: ContentDocument) => void
  readonly onAsk: (what: 'claim' | 'citation') => void
  readonly onNote: (id: string) => void
}

/** The text of a document as people will read it, each part a field. */
export function DocumentFields(props: DocumentFieldsProps) {
  const { type, findings, current, copied, notes, onNote } = props
  return (
    <>
      {type.fields
        .filter((it) => placeOf(it) === 'document')
        .map((field) => (
          <div key={field.name} className={classes.part} data-copied={(field.widget !== 'markdown' && piecesOf(copied, field).length > 0) || undefined}>
            <Field field={field} {...props} />
            <FieldFindings findings={hasEntries(field) ? findings.filter((it) => it.path === pointerOf(field.name)) : findingsOf(findings, field.name)} current={current} />
            {field.widget !== 'markdown' && <FieldNotes notes={notes.filter((it) => it.place?.field === field.name)} onNote={onNote} />}
          </div>
        ))}
    </>
  )
}

type CopiedPiece = NonNullable<LocalCopy['equal']>[number]

function piecesOf(copied: readonly CopiedPiece[] | undefined, field: ContentField): readonly CopiedPiece[] {
  return findingsOf(copied ?? [], field.name)
}

/** Comments on a field that has no marks of its own in its words. */
function FieldNotes({ notes, onNote }: { readonly notes: readonly Annotation[]; readonly onNote: (id: string) => void }) {
  const first = notes[0]
  if (first === undefined) return null
  return (
    <button type="button" className={classes.fieldNotes} onClick={() => onNote(first.id)}>
      {plural(notes.length, 'comment')}
    </button>
  )
}

/** Whether its value is a list whose entries show their own findings. */
function hasEntries(field: ContentField): boolean {
  return field.widget === 'variations' || field.widget === 'steps' || field.widget === 'anchors'
}

function Field({ field, type, document, wanted, findings, current, copied, readOnly, targets, notes, body, onChange, onAsk, onNote }: DocumentFieldsProps & { readonly field: ContentField }): ReactNode {
  const set = (value: unknown) => onChange(withValue(document, field.name, value))
  const text = textOf(document, field.name)
  const piecesIn = useMemo(() => (copied === undefined ? undefined : piecesOf(copied, field)), [copied, field])
  const invalid = findingsOf(findings, field.name).some((it) => it.severity === 'block') || undefined
  const needed = type.requiredToSubmit.includes(`/${field.name.replaceAll('.', '/')}`) && text === '' ? ' (needed for review)' : ''
  const common = { 'data-field': field.name, readOnly, 'aria-invalid': invalid, value: text, onChange: set } as const
  const compound = { field, readOnly, findings, current, onChange: set } as const

  switch (field.widget) {
    case 'text':
      return field.name === 'title' ? (
        <GrowingText {...common} oneLine className={classes.title} aria-label={field.label} placeholder={`${field.label}${needed}`} />
      ) : (
        <label className={classes.labelled}>
          <span className={classes.label}>{field.label}</span>
          <GrowingText {...common} oneLine className={classes.prose} placeholder={`${field.help ?? ''}${needed}`} />
        </label>
      )
    case 'textarea':
      return field.name === 'summary' ? (
        <GrowingText {...common} className={classes.summary} aria-label={field.label} placeholder={`${field.label}: ${field.help ?? ''}`} />
      ) : (
        <label className={classes.labelled}>
          <span className={classes.label}>{field.label}</span>
          <GrowingText {...common} className={classes.prose} placeholder={`${field.help ?? ''}${needed}`} />
        </label>
      )
    case 'markdown':
      return (
        <Suspense fallback={<div className={classes.markdown} role="status" aria-label="Opening the text…" />}>
          <MarkdownField ref={body} name={field.name} label={field.label} value={text} readOnly={readOnly} targets={targets} copied={piecesIn} notes={placesIn(notes)} onChange={set} onAsk={onAsk} onNote={onNote} />
        </Suspense>
      )
    case 'variations':
      return <VariationsField {...compound} value={listOf(document, field.name)} />
    case 'steps':
      return <StepsField {...compound} value={listOf(document, field.name)} wanted={wanted} />
    case 'anchors':
      return <AnchorsField {...compound} value={listOf(document, field.name)} references={byCitation(listOf<Reference>(document, 'references'), document)} />
    case 'visual':
      return <VisualField field={field} value={valueOf(document, field.name)} readOnly={readOnly} onChange={set} />
    case 'concepts':
    case 'items':
    case 'item':
    case 'references':
    case 'rules':
    case 'boolean':
    case 'number':
    case 'date':
    case 'url':
    case 'source':
      // These stand in the panel.
      return null
  }
}

const places = new WeakMap<readonly Annotation[], readonly NotePlace[]>()

/** The same list for the same notes, so that the text is marked anew only when they are others. */
function placesIn(notes: readonly Annotation[]): readonly NotePlace[] {
  const known = places.get(notes)
  if (known !== undefined) return known
  const made = notes.flatMap(({ id, quote, place }) => (place?.from === undefined || place.source === undefined ? [] : [{ id, quote, from: place.from, source: place.source }]))
  places.set(notes, made)
  return made
}
