import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import { brandsQuery, marketsQuery, vocabulariesQuery } from '@/api/framework'
import { Picker, type PickerOption } from '@/ui'

import { channelsQuery, type Channel, type Context } from './api'
import classes from './channels.module.css'
import { conceptsOf, stagesFor } from './context'
import type { ContextSearch } from './routes'

interface ContextBarProps {
  readonly label: string
  readonly channel: Channel | undefined
  readonly context: Context
  readonly onChange: (change: ContextSearch) => void
  /** Stands before the pickers, where there are two bars. */
  readonly mark?: string
  /** Stands after them. */
  readonly children?: ReactNode
}

/** Who asks, and for whom: the context of a content set. */
export function ContextBar({ label, channel, context, onChange, mark, children }: ContextBarProps) {
  const channels = useQuery(channelsQuery)
  const vocabularies = useQuery(vocabulariesQuery)
  const markets = useQuery(marketsQuery)
  const brands = useQuery(brandsQuery)
  const market = markets.data?.markets.find((it) => it.market === context.market)
  const concept = (it: { notation: string; label: string; broader?: string[] }): PickerOption => ({ value: it.notation, label: it.label, depth: (it.broader?.length ?? 0) > 0 ? 1 : 0 })
  function showAudience(audience: string | undefined) {
    const fits = audience !== undefined && stagesFor(vocabularies.data, audience).some((it) => it.value === context.stage)
    onChange({ audience, ...(fits ? {} : { stage: undefined }) })
  }
  return (
    <div className={classes.context} role="group" aria-label={label}>
      {mark !== undefined && (
        <b className={classes.mark} aria-hidden="true">
          {mark}
        </b>
      )}
      <Picker layout="above" label="Channel" value={channel?.key} options={channels.data?.channels.map((it) => ({ value: it.key, label: it.name })) ?? []} onChange={(key) => onChange({ channel: key })} />
      <Picker layout="above" label="Audience" value={context.audience} options={conceptsOf(vocabularies.data, 'audiences').map(concept)} onChange={showAudience} />
      <Picker layout="above" label="Stage" none="Any stage" value={context.stage} options={stagesFor(vocabularies.data, context.audience)} onChange={(stage) => onChange({ stage })} />
      <Picker layout="above" label="Need" none="Any need" value={context.need} options={conceptsOf(vocabularies.data, 'needs').map((it) => ({ value: it.notation, label: it.label }))} onChange={(need) => onChange({ need })} />
      <Picker layout="above" label="Market" value={context.market} options={markets.data?.markets.map((it) => ({ value: it.market, label: it.market, note: it.name })) ?? []} onChange={(next) => onChange({ market: next, locale: undefined })} />
      <Picker layout="above" label="Locale" value={context.locale} options={market?.locales.map((it) => ({ value: it, label: it })) ?? []} onChange={(locale) => onChange({ locale })} />
      <Picker layout="above" label="Brand" none="All brands" value={context.brand} options={brands.data?.brands.map((it) => ({ value: it.key, label: it.name })) ?? []} onChange={(brand) => onChange({ brand })} />
      {children}
    </div>
  )
}
