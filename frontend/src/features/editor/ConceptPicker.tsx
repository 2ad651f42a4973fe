import { Combobox, useCombobox } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'

import { RemovableChip } from '@/ui'

import type { Concept } from './api'
import { conceptPath, matchingConcepts } from '@/content/concepts'
import classes from './editor.module.css'

interface ConceptPickerProps {
  readonly name: string
  readonly label: string
  readonly concepts: readonly Concept[]
  readonly chosen: readonly string[]
  readonly readOnly: boolean
  readonly onChange: (notations: readonly string[]) => void
}

/** The chosen concepts of one vocabulary, and a list to search for more. */
export function ConceptPicker({ name, label, concepts, chosen, readOnly, onChange }: ConceptPickerProps) {
  const [words, setWords] = useState('')
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.focusSearchInput(),
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      combobox.focusTarget()
      setWords('')
    },
  })
  const labelOf = (notation: string) => concepts.find((it) => it.notation === notation)?.label ?? notation
  const toggle = (notation: string) => onChange(chosen.includes(notation) ? chosen.filter((it) => it !== notation) : [...chosen, notation])
  const found = matchingConcepts(concepts, words)

  return (
    <div className={classes.concepts} data-field={name} role="group" aria-label={label}>
      {chosen.map((notation) =>
        readOnly ? (
          <span key={notation} className={classes.plainChip} title={conceptPath(concepts, notation)}>
            {labelOf(notation)}
          </span>
        ) : (
          <span key={notation} title={conceptPath(concepts, notation)}>
            <RemovableChip label={labelOf(notation)} onRemove={() => toggle(notation)} />
          </span>
        ),
      )}
      {readOnly && chosen.length === 0 && <span className="t3 f12">None</span>}
      {!readOnly && (
        <Combobox store={combobox} width={320} position="bottom-end" shadow="md" onOptionSubmit={toggle}>
          <Combobox.Target targetType="button" withAriaAttributes>
            <button type="button" className={classes.add} aria-label={`Add ${label.toLowerCase()}`} onClick={() => combobox.toggleDropdown()}>
              <IconPlus size={12} stroke={1.75} aria-hidden="true" />
              {label}
            </button>
          </Combobox.Target>
          <Combobox.Dropdown>
            <Combobox.Search
              value={words}
              onChange={(event) => {
                setWords(event.currentTarget.value)
                combobox.updateSelectedOptionIndex()
              }}
              aria-label={`Search ${label.toLowerCase()}`}
              placeholder={`Search ${concepts.length} concepts`}
            />
            <Combobox.Options className={classes.options} aria-label={label} aria-multiselectable="true">
              {found.length === 0 && <Combobox.Empty>Nothing in this vocabulary has these words.</Combobox.Empty>}
              {found.map((concept) => (
                <Combobox.Option key={concept.notation} value={concept.notation} active={chosen.includes(concept.notation)} className={classes.option}>
                  <span className={classes.tick} aria-hidden="true">
                    {chosen.includes(concept.notation) ? '✓' : ''}
                  </span>
                  <span className="grow">
                    <span>{concept.label}</span>
                    {(concept.broader ?? []).length > 0 && <span className="t3 f12"> in {conceptPath(concepts, concept.notation).split(' › ').slice(0, -1).join(' › ')}</span>}
                    {concept.example !== undefined && <span className={classes.example}>{concept.example}</span>}
                  </span>
                </Combobox.Option>
              ))}
            </Combobox.Options>
          </Combobox.Dropdown>
        </Combobox>
      )}
    </div>
  )
}
