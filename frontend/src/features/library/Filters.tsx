import { Checkbox, Popover, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'

import { marketsQuery, useLabels, type Labels } from '@/api/framework'
import type { Schema } from '@/api/types'
import { stateWord, type ItemState } from '@/ui'

import classes from './Library.module.css'
import { FILTERS, toggled, valuesOf, type Filter, type LibrarySearch } from './search'

interface FiltersProps {
  readonly search: LibrarySearch
  readonly facets: Schema<'ItemFacets'> | undefined
  readonly onChange: (filter: Filter, value: string | undefined) => void
}

const NAMES: Readonly<Record<Filter, string>> = {
  type: 'Type',
  state: 'State',
  kind: 'Kind',
  brand: 'Brand',
  market: 'Market',
  locale: 'Locale',
  audience: 'Audience',
  stage: 'Stage',
  need: 'Need',
}

/** One drop-down per facet, with how many each value would find. */
export function Filters({ search, facets, onChange }: FiltersProps) {
  const labels = useLabels()
  const markets = useQuery(marketsQuery).data?.markets ?? []
  return (
    <div className={classes.filters} role="group" aria-label="Filters">
      {FILTERS.map((filter) => (
        <FilterPick
          key={filter}
          name={NAMES[filter]}
          chosen={valuesOf(search[filter])}
          options={optionsOf(filter, facets, markets).map((it) => ({ ...it, label: wordOf(filter, it.value, labels) }))}
          wordOf={(value) => wordOf(filter, value, labels)}
          onToggle={(value) => onChange(filter, toggled(search[filter], value))}
          onClear={() => onChange(filter, undefined)}
        />
      ))}
    </div>
  )
}

interface Option {
  readonly value: string
  readonly count?: number
}

function optionsOf(filter: Filter, facets: Schema<'ItemFacets'> | undefined, markets: readonly Schema<'Market'>[]): readonly Option[] {
  // The search counts no markets and locales; their values come from the market packs.
  if (filter === 'market') return markets.map((it) => ({ value: it.market }))
  if (filter === 'locale') return [...new Set(markets.flatMap((it) => it.locales))].sort().map((value) => ({ value }))
  return facets?.[filter] ?? []
}

function wordOf(filter: Filter, value: string, labels: Labels): string {
  switch (filter) {
    case 'type':
      return labels.type(value)
    case 'state':
      return stateWord(value as ItemState)
    case 'kind':
      return labels.kind(value)
    case 'brand':
      return labels.brand(value)
    case 'market':
      return labels.market(value)
    case 'locale':
      return labels.locale(value)
    case 'audience':
      return labels.concept('audiences', value)
    case 'stage':
      return labels.concept('stages', value)
    case 'need':
      return labels.concept('needs', value)
  }
}

interface FilterPickProps {
  readonly name: string
  readonly chosen: readonly string[]
  readonly options: readonly (Option & { readonly label: string })[]
  readonly wordOf: (value: string) => string
  readonly onToggle: (value: string) => void
  readonly onClear: () => void
}

function FilterPick({ name, chosen, options, wordOf: word, onToggle, onClear }: FilterPickProps) {
  const [opened, setOpened] = useState(false)
  const [words, setWords] = useState('')
  // What is chosen stays in the list, even when nothing of it is left to find.
  const all: readonly (Option & { readonly label: string })[] = [...options, ...chosen.filter((it) => options.every((option) => option.value !== it)).map((value) => ({ value, label: word(value) }))]
  const shown = all.filter((it) => it.label.toLowerCase().includes(words.toLowerCase()))
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={260} trapFocus returnFocus onClose={() => setWords('')}>
      <Popover.Target>
        <button type="button" className={classes.pick} data-active={chosen.length > 0 || undefined} aria-haspopup="dialog" aria-expanded={opened} onClick={() => setOpened((it) => !it)}>
          <span className={chosen.length === 0 ? undefined : 't3'}>{name}</span>
          {chosen.length > 0 && <span className="clip m">{chosen.length > 2 ? `${chosen.length} chosen` : chosen.map(word).join(', ')}</span>}
          <IconChevronDown size={12} stroke={1.75} aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={name}>
        {all.length > 8 && <TextInput data-autofocus aria-label={`Find in ${name}`} placeholder="Find" value={words} onChange={(event) => setWords(event.currentTarget.value)} />}
        <div className={classes.options}>
          {shown.map((option) => (
            <div key={option.value} className={classes.option}>
              <Checkbox size="xs" label={option.label} checked={chosen.includes(option.value)} onChange={() => onToggle(option.value)} />
              {option.count !== undefined && <span className="t3 f12 num">{option.count}</span>}
            </div>
          ))}
          {shown.length === 0 && <p className={classes.noOption}>{all.length === 0 ? 'Nothing here to filter by.' : 'No value with these letters.'}</p>}
        </div>
        {chosen.length > 0 && (
          <button type="button" className={classes.clearPick} onClick={onClear}>
            Clear {name.toLowerCase()}
          </button>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
