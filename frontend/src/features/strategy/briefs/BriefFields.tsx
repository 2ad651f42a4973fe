import { Checkbox, Select, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'

import type { Schema } from '@/api/types'
import { Button } from '@/ui'

import type { FieldErrors } from '../fieldErrors'
import type { BriefItem } from './api'
import classes from './briefs.module.css'
import { toggled, type BriefForm } from './form'

interface BriefFieldsProps {
  readonly form: BriefForm
  /** What fits the cell; what the form has already is always offered too. */
  readonly offered: { readonly keyMessages: readonly string[]; readonly claims: readonly BriefItem[]; readonly modules: readonly BriefItem[]; readonly writers: readonly Schema<'PersonName'>[] }
  readonly errors: FieldErrors
  readonly onChange: (form: BriefForm) => void
}

/** The part of a brief that may change later: what it asks for, what it rests on, by when and of whom. */
export function BriefFields({ form, offered, errors, onChange }: BriefFieldsProps) {
  const set = (change: Partial<BriefForm>) => onChange({ ...form, ...change })
  return (
    <>
      <TextInput label="Title" description="What shall exist in the end, in one line." maxLength={300} value={form.title} error={errors.at('/title')} onChange={(event) => set({ title: event.currentTarget.value })} />
      <div className={classes.two}>
        <Select
          label="Writer"
          placeholder={offered.writers.length === 0 ? 'Nobody may write here' : 'Choose'}
          searchable
          data={offered.writers.map((it) => ({ value: it.id, label: it.displayName }))}
          value={form.writer === '' ? null : form.writer}
          error={errors.at('/writer')}
          onChange={(writer) => set({ writer: writer ?? '' })}
        />
        <TextInput type="date" label="Due" value={form.dueOn} error={errors.at('/dueOn')} onChange={(event) => set({ dueOn: event.currentTarget.value })} />
      </div>
      <KeyMessages chosen={form.keyMessages} suggested={offered.keyMessages} error={errors.at('/keyMessages')} onChange={(keyMessages) => set({ keyMessages })} />
      <Items title="Approved claims that fit" none="No approved claim fits this cell yet." items={offered.claims} chosen={form.claims} error={errors.at('/claims')} onChange={(claims) => set({ claims })} />
      <Items title="Approved modules that fit" none="No approved module fits this cell yet." items={offered.modules} chosen={form.modules} error={errors.at('/modules')} onChange={(modules) => set({ modules })} />
    </>
  )
}

function KeyMessages({ chosen, suggested, error, onChange }: { readonly chosen: readonly string[]; readonly suggested: readonly string[]; readonly error: string | undefined; readonly onChange: (messages: readonly string[]) => void }) {
  const own = chosen.map((text, at) => ({ text, at })).filter((it) => !suggested.includes(it.text))
  return (
    <fieldset className={classes.choices}>
      <legend>Key messages</legend>
      {suggested.map((text) => (
        <Checkbox key={text} size="xs" checked={chosen.includes(text)} label={text} onChange={() => onChange(toggled(chosen, text))} />
      ))}
      {own.map(({ text, at }, index) => (
        <div key={at} className={classes.own}>
          <TextInput aria-label={`Key message ${index + 1} in your words`} maxLength={500} value={text} onChange={(event) => onChange(chosen.map((it, place) => (place === at ? event.currentTarget.value : it)))} data-own />
          <Button variant="quiet" iconOnly aria-label={`Remove key message ${index + 1}`} icon={<IconX size={14} stroke={1.5} aria-hidden="true" />} onClick={() => onChange(chosen.filter((_, place) => place !== at))} />
        </div>
      ))}
      {suggested.length === 0 && own.length === 0 && <p className="t2 f12">No claim suggests one; say in a sentence what the reader shall remember.</p>}
      {error !== undefined && <p className={classes.wrong}>{error}</p>}
      <div>
        <Button variant="quiet" icon={<IconPlus size={14} stroke={1.75} aria-hidden="true" />} disabledReason={chosen.includes('') ? 'Fill in the empty one first.' : chosen.length >= 20 ? 'Twenty are enough.' : undefined} onClick={() => onChange([...chosen, ''])}>
          Add one in your words
        </Button>
      </div>
    </fieldset>
  )
}

interface ItemsProps {
  readonly title: string
  readonly none: string
  readonly items: readonly BriefItem[]
  readonly chosen: readonly string[]
  readonly error: string | undefined
  readonly onChange: (ids: readonly string[]) => void
}

function Items({ title, none, items, chosen, error, onChange }: ItemsProps) {
  return (
    <fieldset className={classes.choices}>
      <legend>
        {title} <span className="t3 num">{chosen.length === 0 ? items.length : `${chosen.length} of ${items.length}`}</span>
      </legend>
      {items.length === 0 && <p className="t2 f12">{none}</p>}
      {items.map((it) => (
        <Checkbox
          key={it.id}
          size="xs"
          checked={chosen.includes(it.id)}
          onChange={() => onChange(toggled(chosen, it.id))}
          label={
            <>
              <span className={classes.key}>{it.key}</span> {it.title}
              {it.text !== undefined && it.text !== it.title && <span className={classes.text}>{it.text}</span>}
            </>
          }
        />
      ))}
      {error !== undefined && <p className={classes.wrong}>{error}</p>}
    </fieldset>
  )
}
