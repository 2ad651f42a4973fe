import { NativeSelect, NumberInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import { vocabulariesQuery } from '@/api/framework'
import { shortCitation, type Reference } from '@/content/csl'
import { Button } from '@/ui'

import type { ContentField, Finding } from './api'
import { findingsOf } from './document'
import classes from './editor.module.css'
import type { Wanted } from './fit'
import { FieldFindings } from './FieldFindings'
import { GrowingText } from './GrowingText'
import { ItemField } from './ItemField'

interface CompoundProps<T> {
  readonly field: ContentField
  readonly value: readonly T[]
  readonly readOnly: boolean
  /** Those of this document; each stands under the entry it concerns. */
  readonly findings: readonly Finding[]
  readonly current: Finding | undefined
  readonly onChange: (value: readonly T[]) => void
}

/** A list of small forms: its heading, its entries with what they lack, a button for one more. An entry may be unfinished. */
function Entries<T>({ field, value, readOnly, findings, current, onChange, blank, add, children }: CompoundProps<T> & { readonly blank: T; readonly add: string; readonly children: (entry: T, set: (entry: T) => void, at: number) => ReactNode }) {
  return (
    <fieldset className={classes.compound} data-field={field.name}>
      <legend className={classes.label}>{field.label}</legend>
      {value.length === 0 && <p className="t3 f12">{field.help ?? 'None yet.'}</p>}
      <ol>
        {value.map((entry, at) => (
          <li key={at} className={classes.entry}>
            <div className="grow">
              {children(entry, (next) => onChange(value.map((it, i) => (i === at ? next : it))), at)}
              <FieldFindings findings={findingsOf(findings, `${field.name}.${at}`)} current={current} />
            </div>
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

/** A copy with another text in it; an empty one is left out, because empty means absent. */
function withText<T extends object>(entry: T, name: keyof T & string, text: string | undefined): T {
  const { [name]: _, ...rest } = entry
  return (text === undefined || text === '' ? rest : { ...rest, [name]: text }) as T
}

interface Variation {
  readonly text?: string
  readonly length?: 'short' | 'medium' | 'long'
}

const LENGTHS = [
  { value: 'short', label: 'Short' },
  { value: 'medium', label: 'Medium' },
  { value: 'long', label: 'Long' },
] as const

export function VariationsField(props: CompoundProps<Variation>) {
  return (
    <Entries {...props} blank={{ length: 'short' }} add="Add a wording">
      {(entry, set, at) => (
        <div className={classes.entryRow}>
          <GrowingText className={classes.prose} aria-label={`Wording ${at + 1}`} placeholder="The wording, exactly as it may be used" readOnly={props.readOnly} value={entry.text ?? ''} onChange={(text) => set(withText(entry, 'text', text))} />
          <NativeSelect
            aria-label={`Room of wording ${at + 1}`}
            data={LENGTHS.map((it) => ({ ...it }))}
            disabled={props.readOnly}
            value={entry.length ?? 'short'}
            onChange={(event) => set({ ...entry, length: event.currentTarget.value as (typeof LENGTHS)[number]['value'] })}
          />
        </div>
      )}
    </Entries>
  )
}

interface Step {
  readonly title?: string
  readonly body?: string
  readonly item?: string
  readonly channel?: string
}

/** What happens, how, with which item and in which channel. */
export function StepsField({ wanted, ...props }: CompoundProps<Step> & { readonly wanted: Omit<Wanted, 'markets'> }) {
  const channels = useQuery(vocabulariesQuery).data?.schemes.find((it) => it.scheme === 'channels')?.concepts ?? []
  return (
    <Entries {...props} blank={{}} add="Add a step">
      {(entry, set, at) => (
        <>
          <GrowingText oneLine className={classes.stepTitle} aria-label={`Title of step ${at + 1}`} placeholder="What happens in this step" readOnly={props.readOnly} value={entry.title ?? ''} onChange={(title) => set(withText(entry, 'title', title))} />
          <GrowingText className={classes.prose} aria-label={`Text of step ${at + 1}`} placeholder="How to do it, in Markdown" readOnly={props.readOnly} value={entry.body ?? ''} onChange={(body) => set(withText(entry, 'body', body))} />
          <div className={classes.entryRow}>
            <ItemField
              field={{ name: `${props.field.name}.${at}.item`, label: `Item of step ${at + 1}`, widget: 'item', itemTypes: props.field.itemTypes ?? [] }}
              many={false}
              wanted={wanted}
              readOnly={props.readOnly}
              ids={entry.item === undefined ? [] : [entry.item]}
              onChange={(ids) => set(withText(entry, 'item', ids[0]))}
            />
            <NativeSelect
              aria-label={`Channel of step ${at + 1}`}
              data={[{ value: '', label: 'Any channel' }, ...channels.map((it) => ({ value: it.notation, label: it.label }))]}
              disabled={props.readOnly}
              value={entry.channel ?? ''}
              onChange={(event) => set(withText(entry, 'channel', event.currentTarget.value))}
            />
          </div>
        </>
      )}
    </Entries>
  )
}

interface Anchor {
  readonly reference?: string
  readonly quote?: string
  readonly prefix?: string
  readonly suffix?: string
  readonly page?: number
}

export function AnchorsField({ references, ...props }: CompoundProps<Anchor> & { readonly references: readonly Reference[] }) {
  return (
    <Entries {...props} blank={references.length === 1 && references[0] !== undefined ? { reference: references[0].id } : {}} add="Add a passage">
      {(entry, set, at) => (
        <>
          <div className={classes.entryRow}>
            <NativeSelect
              className="grow"
              aria-label={`Reference of passage ${at + 1}`}
              data={[{ value: '', label: 'Choose a reference' }, ...references.map((it, index) => ({ value: it.id, label: `${index + 1}  ${shortCitation(it.csl)}` }))]}
              disabled={props.readOnly}
              value={entry.reference ?? ''}
              onChange={(event) => set(withText(entry, 'reference', event.currentTarget.value))}
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
          <GrowingText className={classes.quote} aria-label={`Quote of passage ${at + 1}`} placeholder="The words of the source, exactly as they stand there" readOnly={props.readOnly} value={entry.quote ?? ''} onChange={(quote) => set(withText(entry, 'quote', quote))} />
          <div className={classes.halves}>
            <GrowingText oneLine className={classes.around} aria-label={`Words before the quote of passage ${at + 1}`} placeholder="The words before it, where the quote stands there twice" readOnly={props.readOnly} value={entry.prefix ?? ''} onChange={(prefix) => set(withText(entry, 'prefix', prefix))} />
            <GrowingText oneLine className={classes.around} aria-label={`Words after the quote of passage ${at + 1}`} placeholder="The words after it" readOnly={props.readOnly} value={entry.suffix ?? ''} onChange={(suffix) => set(withText(entry, 'suffix', suffix))} />
          </div>
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
