import { NativeSelect, NumberInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'

import { shortCitation, type Reference } from '@/content/csl'
import { Button } from '@/ui'

import type { ContentField } from './api'
import classes from './editor.module.css'
import { GrowingText } from './GrowingText'

interface CompoundProps<T> {
  readonly field: ContentField
  readonly value: readonly T[]
  readonly readOnly: boolean
  readonly onChange: (value: readonly T[]) => void
}

/** A list of small forms: its heading, its entries, a button for one more. */
function Entries<T>({ field, value, readOnly, onChange, blank, add, children }: CompoundProps<T> & { readonly blank: T; readonly add: string; readonly children: (entry: T, set: (entry: T) => void, at: number) => ReactNode }) {
  return (
    <fieldset className={classes.compound} data-field={field.name}>
      <legend className={classes.label}>{field.label}</legend>
      {value.length === 0 && <p className="t3 f12">{field.help ?? 'None yet.'}</p>}
      <ol>
        {value.map((entry, at) => (
          <li key={at} className={classes.entry}>
            <div className="grow">{children(entry, (next) => onChange(value.map((it, i) => (i === at ? next : it))), at)}</div>
            {!readOnly && (
              <button type="button" className={classes.remove} aria-label={`Remove ${field.label.toLowerCase()} ${at + 1}`} onClick={() => onChange(value.filter((_, i) => i !== at))}>
                <IconTrash size={14} stroke={1.5} aria-hidden="true" />
              </button>
            )}
          </li>
        ))}
      </ol>
      {!readOnly && (
        <Button variant="quiet" icon={<IconPlus size={14} stroke={1.75} aria-hidden="true" />} onClick={() => onChange([...value, blank])}>
          {add}
        </Button>
      )}
    </fieldset>
  )
}

interface Variation {
  readonly text: string
  readonly length: 'short' | 'medium' | 'long'
}

const LENGTHS = [
  { value: 'short', label: 'Short' },
  { value: 'medium', label: 'Medium' },
  { value: 'long', label: 'Long' },
] as const

export function VariationsField(props: CompoundProps<Variation>) {
  return (
    <Entries {...props} blank={{ text: '', length: 'short' }} add="Add a wording">
      {(entry, set, at) => (
        <div className={classes.entryRow}>
          <GrowingText className={classes.prose} aria-label={`Wording ${at + 1}`} readOnly={props.readOnly} value={entry.text} onChange={(text) => set({ ...entry, text })} />
          <NativeSelect
            aria-label={`Room of wording ${at + 1}`}
            data={LENGTHS.map((it) => ({ ...it }))}
            disabled={props.readOnly}
            value={entry.length}
            onChange={(event) => set({ ...entry, length: event.currentTarget.value as Variation['length'] })}
          />
        </div>
      )}
    </Entries>
  )
}

interface Step {
  readonly title: string
  readonly body?: string
  readonly item?: string
  readonly channel?: string
}

export function StepsField(props: CompoundProps<Step>) {
  return (
    <Entries {...props} blank={{ title: '' }} add="Add a step">
      {(entry, set, at) => (
        <>
          <GrowingText oneLine className={classes.stepTitle} aria-label={`Title of step ${at + 1}`} placeholder="What happens in this step" readOnly={props.readOnly} value={entry.title} onChange={(title) => set({ ...entry, title })} />
          <GrowingText
            className={classes.prose}
            aria-label={`Text of step ${at + 1}`}
            placeholder="How to do it, in Markdown"
            readOnly={props.readOnly}
            value={entry.body ?? ''}
            onChange={(body) => {
              const { body: _, ...rest } = entry
              set(body === '' ? rest : { ...rest, body })
            }}
          />
        </>
      )}
    </Entries>
  )
}

interface Anchor {
  readonly reference: string
  readonly quote: string
  readonly prefix?: string
  readonly suffix?: string
  readonly page?: number
}

export function AnchorsField({ references, ...props }: CompoundProps<Anchor> & { readonly references: readonly Reference[] }) {
  return (
    <Entries {...props} blank={{ reference: references[0]?.id ?? '', quote: '' }} add="Add a passage">
      {(entry, set, at) => (
        <>
          <div className={classes.entryRow}>
            <NativeSelect
              className="grow"
              aria-label={`Reference of passage ${at + 1}`}
              data={[{ value: '', label: 'Choose a reference' }, ...references.map((it, index) => ({ value: it.id, label: `${index + 1}  ${shortCitation(it.csl)}` }))]}
              disabled={props.readOnly}
              value={entry.reference}
              onChange={(event) => set({ ...entry, reference: event.currentTarget.value })}
            />
            <NumberInput
              aria-label={`Page of passage ${at + 1}`}
              placeholder="Page"
              min={1}
              allowDecimal={false}
              hideControls
              w={72}
              readOnly={props.readOnly}
              value={entry.page ?? ''}
              onChange={(page) => {
                const { page: _, ...rest } = entry
                set(typeof page === 'number' ? { ...rest, page } : rest)
              }}
            />
          </div>
          <GrowingText className={classes.quote} aria-label={`Quote of passage ${at + 1}`} placeholder="The words of the source, exactly as they stand there" readOnly={props.readOnly} value={entry.quote} onChange={(quote) => set({ ...entry, quote })} />
        </>
      )}
    </Entries>
  )
}

export function VisualField({ field, value, readOnly, onChange }: { readonly field: ContentField; readonly value: unknown; readonly readOnly: boolean; readonly onChange: (value: unknown) => void }) {
  const visual = (typeof value === 'object' && value !== null ? value : {}) as { readonly alt?: string; readonly fileSha256?: string }
  return (
    <label className={classes.labelled}>
      <span className={classes.label}>{field.label}: what it says, for people who do not see it</span>
      <GrowingText
        data-field={field.name}
        className={classes.prose}
        placeholder={field.help ?? ''}
        readOnly={readOnly}
        value={visual.alt ?? ''}
        onChange={(alt) => onChange(alt === '' && visual.fileSha256 === undefined ? undefined : { ...visual, alt })}
      />
      {visual.fileSha256 !== undefined && <span className="mono t3 f12">File {visual.fileSha256.slice(0, 12)}…</span>}
    </label>
  )
}
