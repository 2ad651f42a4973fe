import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'

import { useLabels } from '@/api/framework'
import { Button, PanelSection } from '@/ui'

import type { Finding, ItemDetail } from './api'
import { findingsOf, listOf, withValue, type ContentDocument } from './document'
import classes from './editor.module.css'
import { FieldFindings } from './FieldFindings'
import { RuleDialog } from './RuleDialog'
import { itemsOf, sayRule, type Rule } from './rules'
import { useItemNames } from './useItemNames'

interface RulesPanelProps {
  readonly item: ItemDetail
  readonly locale: string
  readonly document: ContentDocument
  readonly findings: readonly Finding[]
  readonly current: Finding | undefined
  readonly readOnly: boolean
  readonly onChange: (document: ContentDocument) => void
}

/** The item's own rules. They are approved with it, and hold wherever it is used. */
export function RulesPanel({ item, locale, document, findings, current, readOnly, onChange }: RulesPanelProps) {
  const rules = listOf<Rule>(document, 'rules')
  const nameOf = useItemNames(rules.flatMap(itemsOf), locale)
  const labels = useLabels()
  const [editing, setEditing] = useState<Rule | 'new'>()
  const set = (next: readonly Rule[]) => onChange(withValue(document, 'rules', next))
  return (
    <PanelSection title="Rules">
      <div data-field="rules" tabIndex={-1}>
      <p className="t3 f12">
        {rules.length === 0 ? 'None of its own; those of its type and of each market hold anyway.' : `They hold wherever ${item.key} is used, and are approved with the text. What breaks one is neither submitted nor served.`}
      </p>
      <ul>
        {rules.map((rule, at) => {
          const words = sayRule(rule, (id) => nameOf(id)?.key ?? id, (scheme, notation) => (scheme === 'markets' ? labels.market(notation) : labels.concept(scheme, notation)))
          return (
            <li key={rule.id} className={classes.rule}>
              <div className={classes.ruleHead}>
                <span className="grow m">{words}</span>
                {!readOnly && (
                  <>
                    <button type="button" className={classes.remove} aria-label={`Change the rule “${words}”`} onClick={() => setEditing(rule)}>
                      <IconPencil size={14} stroke={1.5} aria-hidden="true" />
                    </button>
                    <button type="button" className={classes.remove} aria-label={`Remove the rule “${words}”`} onClick={() => set(rules.filter((it) => it !== rule))}>
                      <IconTrash size={14} stroke={1.5} aria-hidden="true" />
                    </button>
                  </>
                )}
              </div>
              <p className="t2 f12">{rule.message}</p>
              <p className="t3 f11">
                <span className="mono">{rule.id}</span> · {rule.source.startsWith('usr_') ? 'asked for by a colleague' : rule.source}
              </p>
              <FieldFindings findings={findingsOf(findings, `rules.${at}`)} current={current} />
            </li>
          )
        })}
      </ul>
      {!readOnly && (
        <Button variant="quiet" icon={<IconPlus size={14} stroke={1.75} aria-hidden="true" />} onClick={() => setEditing('new')}>
          Add a rule
        </Button>
      )}
      {editing !== undefined && (
        <RuleDialog
          rule={editing === 'new' ? undefined : editing}
          item={item}
          locale={locale}
          onClose={() => setEditing(undefined)}
          onDone={(rule) => {
            setEditing(undefined)
            set(rules.some((it) => it.id === rule.id) ? rules.map((it) => (it.id === rule.id ? rule : it)) : [...rules, rule])
          }}
        />
      )}
      </div>
    </PanelSection>
  )
}
