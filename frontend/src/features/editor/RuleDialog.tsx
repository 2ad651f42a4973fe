import { NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { marketsQuery, vocabulariesQuery } from '@/api/framework'
import { usePerson } from '@/app/session'
import { Button, Dialog } from '@/ui'

import type { ItemDetail } from './api'
import { ConceptPicker } from './ConceptPicker'
import classes from './editor.module.css'
import type { Wanted } from './fit'
import { ItemField } from './ItemField'
import { emptyForm, formOf, missingIn, PER_WORDS, RULE_TYPES, RULE_WORDS, ruleOf, schemeOf, type Per, type Rule, type RuleForm, type RuleType } from './rules'

interface RuleDialogProps {
  /** Absent: a new one. */
  readonly rule: Rule | undefined
  readonly item: ItemDetail
  readonly locale: string
  readonly onClose: () => void
  readonly onDone: (rule: Rule) => void
}

/** One rule: its type first, then the few fields of that type. */
export function RuleDialog({ rule, item, locale, onClose, onDone }: RuleDialogProps) {
  const me = usePerson().id
  const [form, setForm] = useState<RuleForm>(() => (rule === undefined ? emptyForm('') : formOf(rule)))
  const complete = { ...form, source: form.source === '' ? me : form.source }
  const change = (part: Partial<RuleForm>) => setForm((it) => ({ ...it, ...part }))
  return (
    <Dialog opened onClose={onClose} title={rule === undefined ? 'Add a rule' : 'Change the rule'}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (missingIn(complete) === undefined) onDone(ruleOf(complete, rule?.id ?? `rul_${crypto.randomUUID().replaceAll('-', '')}`))
        }}
      >
        <NativeSelect
          label="This item may be used"
          data-autofocus
          data={RULE_TYPES.map((it) => ({ value: it, label: RULE_WORDS[it] }))}
          value={form.type}
          onChange={(event) => change({ type: event.currentTarget.value as RuleType, items: [], notations: [] })}
        />
        <Target form={form} wanted={{ kind: item.kind, brand: item.brand, locale }} onChange={(part) => change(part.items === undefined ? part : { ...part, items: part.items.filter((it) => it !== item.id) })} />
        <TextInput label="What to do when it is broken" description="Writers read this beside the text, channels with the reason of an omission." maxLength={300} value={form.message} onChange={(event) => change({ message: event.currentTarget.value })} />
        <TextInput label="Regulation, if one asks for it" description="Its id, such as US-2. Left empty, the rule is yours." value={form.source.startsWith('usr_') ? '' : form.source} onChange={(event) => change({ source: event.currentTarget.value.trim() })} />
        <div className={classes.dialogActions}>
          <span className="grow" />
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabledReason={missingIn(complete)}>
            {rule === undefined ? 'Add the rule' : 'Keep the change'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function Target({ form, wanted, onChange }: { readonly form: RuleForm; readonly wanted: Omit<Wanted, 'markets'>; readonly onChange: (part: Partial<RuleForm>) => void }) {
  const vocabularies = useQuery(vocabulariesQuery)
  const markets = useQuery(marketsQuery)
  const scheme = schemeOf(form.type)
  if (scheme !== undefined) {
    const concepts =
      scheme === 'markets'
        ? (markets.data?.markets ?? []).map((it) => ({ notation: it.market, label: it.name }))
        : (vocabularies.data?.schemes.find((it) => it.scheme === scheme)?.concepts ?? [])
    return <ConceptPicker name="rule-notations" label={scheme.charAt(0).toUpperCase() + scheme.slice(1)} concepts={concepts} chosen={form.notations} readOnly={false} onChange={(notations) => onChange({ notations })} />
  }
  if (form.type === 'maxUse') {
    return (
      <div className={classes.entryRow}>
        <NumberInput label="Times" min={1} max={100} clampBehavior="strict" value={form.times} onChange={(times) => typeof times === 'number' && times >= 1 && onChange({ times })} />
        <NativeSelect label="Counted" data={Object.entries(PER_WORDS).map(([value, label]) => ({ value, label }))} value={form.per} onChange={(event) => onChange({ per: event.currentTarget.value as Per })} />
      </div>
    )
  }
  const pairing = form.type === 'pairing'
  return (
    <ItemField
      field={{ name: 'rule-items', label: pairing ? 'Safety information' : 'Items', widget: 'items', itemTypes: pairing ? ['safety-information', 'prescribing-information'] : [] }}
      ids={form.items}
      many={!pairing}
      wanted={wanted}
      readOnly={false}
      onChange={(items) => onChange({ items })}
    />
  )
}
