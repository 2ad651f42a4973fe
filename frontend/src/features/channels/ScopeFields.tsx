import { Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'

import { marketsQuery, useLabels } from '@/api/framework'

import type { NewApiKey } from './api'
import classes from './keys.module.css'

const KINDS: NewApiKey['kinds'] = ['promotional', 'non-promotional', 'scientific-exchange']

export interface Scope {
  readonly markets: readonly string[]
  readonly kinds: readonly string[]
}

interface ScopeFieldsProps {
  readonly value: Scope
  readonly onChange: (scope: Scope) => void
}

/** Asks for the smallest scope that an app needs. */
export function ScopeFields({ value, onChange }: ScopeFieldsProps) {
  const labels = useLabels()
  const markets = useQuery(marketsQuery)
  return (
    <>
      <Checkbox.Group label="Markets" value={[...value.markets]} onChange={(chosen) => onChange({ ...value, markets: chosen })} error={markets.isError ? 'Markets could not be loaded. Close and try again.' : undefined}>
        <div className={classes.choices}>
          {markets.data?.markets.map((it) => (
            <Checkbox key={it.market} size="xs" value={it.market} label={`${it.name} (${it.locales.join(', ')})`} />
          ))}
        </div>
      </Checkbox.Group>
      <Checkbox.Group label="Kinds" description="They never mix in one content set." value={[...value.kinds]} onChange={(chosen) => onChange({ ...value, kinds: chosen })}>
        <div className={classes.choices}>
          {KINDS.map((it) => (
            <Checkbox key={it} size="xs" value={it} label={labels.kind(it)} />
          ))}
        </div>
      </Checkbox.Group>
    </>
  )
}

/** The scope as the API takes it. Locales are those of the chosen markets: others would read nothing. */
export function useAskedScope({ markets, kinds }: Scope): Pick<NewApiKey, 'markets' | 'locales' | 'kinds'> {
  const packs = useQuery(marketsQuery)
  return {
    markets: [...markets],
    locales: [...new Set(packs.data?.markets.filter((it) => markets.includes(it.market)).flatMap((it) => it.locales))],
    kinds: KINDS.filter((it) => kinds.includes(it)),
  }
}
