import { Checkbox, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'

import { brandsQuery, marketsQuery, useLabels, vocabulariesQuery } from '@/api/framework'
import type { Schema } from '@/api/types'
import { stagesFor } from '@/content/concepts'

import type { ObjectiveForm } from './editing'
import { EngagementFields } from './EngagementFields'
import type { FieldErrors } from './fieldErrors'
import { MeasurementFields } from './MeasurementFields'
import { OrderedNeeds } from './OrderedNeeds'
import { PlanGrid } from './PlanGrid'
import classes from './strategyEditor.module.css'
import { audienceOptions, segmentOptions } from './words'

export const KINDS: readonly Schema<'Kind'>[] = ['promotional', 'non-promotional', 'scientific-exchange']

interface ObjectiveFieldsProps {
  readonly objective: ObjectiveForm
  /** JSON pointer of the objective in the document. */
  readonly at: string
  readonly errors: FieldErrors
  readonly onChange: (objective: ObjectiveForm) => void
}

/** One objective in full, in the order in which a strategist thinks it: whom, from where to where, with what, how, how much, how judged. */
export function ObjectiveFields({ objective, at, errors, onChange }: ObjectiveFieldsProps) {
  const labels = useLabels()
  const vocabularies = useQuery(vocabulariesQuery).data
  const brands = useQuery(brandsQuery).data?.brands ?? []
  const markets = useQuery(marketsQuery).data?.markets ?? []
  const concepts = (scheme: string) => vocabularies?.schemes.find((it) => it.scheme === scheme)?.concepts ?? []
  const set = (change: Partial<ObjectiveForm>) => onChange({ ...objective, ...change })
  const wrong = (field: string) => errors.at(`${at}/${field}`)

  const journey = stagesFor(concepts('stages'), concepts('audiences'), objective.audience === '' ? [] : [objective.audience])
  const stages = [...journey].sort((a, b) => (a.order ?? 0) - (b.order ?? 0)).map((it) => ({ value: it.notation, label: it.label }))

  return (
    <>
      <TextInput label="Objective" description="One line that says what shall become different." maxLength={200} value={objective.name} error={wrong('name')} onChange={(event) => set({ name: event.currentTarget.value })} data-first />
      <section className={classes.section} aria-labelledby={`${objective.id}-whom`}>
        <h3 id={`${objective.id}-whom`}>Whom, and from where to where</h3>
        <div className={classes.three}>
          <Select
            label="Audience"
            searchable
            data={audienceOptions(vocabularies).map((it) => ({ value: it.value, label: it.label }))}
            value={objective.audience === '' ? null : objective.audience}
            error={wrong('audience')}
            onChange={(audience) => set({ audience: audience ?? '' })}
          />
          <Select label="From stage" data={stages} value={objective.fromStage === '' ? null : objective.fromStage} error={wrong('fromStage')} onChange={(fromStage) => set({ fromStage: fromStage ?? '' })} />
          <Select label="To stage" data={stages} value={objective.toStage === '' ? null : objective.toStage} error={wrong('toStage')} onChange={(toStage) => set({ toStage: toStage ?? '' })} />
        </div>
        {concepts('segments').length > 0 && (
          <MultiSelect
            label="Segments, beyond the specialty"
            placeholder={objective.segments.length === 0 ? 'Everybody in the audience' : ''}
            data={segmentOptions(concepts('segments'))}
            value={[...objective.segments]}
            error={wrong('segments')}
            onChange={(segments) => set({ segments })}
          />
        )}
        <OrderedNeeds concepts={concepts('needs')} needs={objective.needs} error={wrong('needs')} onChange={(needs) => set({ needs: [...needs] })} />
      </section>
      <section className={classes.section} aria-labelledby={`${objective.id}-where`}>
        <h3 id={`${objective.id}-where`}>For which brands, where and when</h3>
        <div className={classes.two}>
          <MultiSelect
            label="Brands"
            placeholder={objective.brands.length === 0 ? 'All brands' : ''}
            data={brands.map((it) => ({ value: it.key, label: it.name }))}
            value={objective.brands}
            error={wrong('brands')}
            onChange={(chosen) => set({ brands: chosen })}
          />
          <MultiSelect label="Markets" data={markets.map((it) => ({ value: it.market, label: it.name }))} value={objective.markets} error={wrong('markets')} onChange={(chosen) => set({ markets: chosen })} />
        </div>
        <div className={classes.three}>
          <Select
            label="Life-cycle stage of the brand"
            placeholder="Not stated"
            clearable
            clearButtonProps={{ 'aria-label': 'Not stated' }}
            data={concepts('life-cycle-stages').map((it) => ({ value: it.notation, label: it.label }))}
            value={objective.lifeCycleStage === '' ? null : objective.lifeCycleStage}
            error={wrong('lifeCycleStage')}
            onChange={(stage) => set({ lifeCycleStage: stage ?? '' })}
          />
          <Select
            label="Kind of content"
            placeholder="Any"
            clearable
            clearButtonProps={{ 'aria-label': 'Any kind' }}
            data={KINDS.map((it) => ({ value: it, label: labels.kind(it) }))}
            value={objective.kind ?? null}
            error={wrong('kind')}
            onChange={(kind) => {
              const { kind: _, ...others } = objective
              onChange(kind === null ? others : { ...others, kind: kind as Schema<'Kind'> })
            }}
          />
          <NumberInput
            label="Weight, up to 1"
            min={0}
            max={1}
            step={0.05}
            decimalScale={2}
            value={objective.weight}
            error={wrong('weight')}
            onChange={(weight) => set({ weight: typeof weight === 'number' ? weight : '' })}
          />
        </div>
        <div className={classes.three}>
          <TextInput type="date" label="First day" value={objective.from} error={wrong('from')} onChange={(event) => set({ from: event.currentTarget.value })} />
          <TextInput type="date" label="Last day" description={objective.until === '' ? 'Empty is open.' : undefined} value={objective.until} error={wrong('until')} onChange={(event) => set({ until: event.currentTarget.value })} />
        </div>
      </section>
      <section className={classes.section} aria-labelledby={`${objective.id}-how`}>
        <h3 id={`${objective.id}-how`}>How the company works with them</h3>
        <EngagementFields objective={objective} channels={concepts('channels')} at={at} errors={errors} onChange={onChange} />
        <Checkbox.Group label="Value exchange: what they get for their attention" value={objective.valueExchange} error={wrong('valueExchange')} onChange={(valueExchange) => set({ valueExchange })}>
          <div className={classes.checks}>
            {concepts('value-exchange').map((it) => (
              <Checkbox key={it.notation} size="xs" value={it.notation} label={it.label} />
            ))}
          </div>
        </Checkbox.Group>
      </section>
      <section className={classes.section} aria-labelledby={`${objective.id}-plan`}>
        <h3 id={`${objective.id}-plan`}>Planned content, items per cell of the framework matrix</h3>
        <PlanGrid objective={objective} stages={concepts('stages')} error={wrong('plan')} onChange={(plan) => set({ plan })} />
      </section>
      <section className={classes.section} aria-labelledby={`${objective.id}-measure`}>
        <h3 id={`${objective.id}-measure`}>How it will be judged</h3>
        <MeasurementFields measurement={objective.measurement} errors={errors} at={`${at}/measurementPlan`} onChange={(measurement) => set({ measurement })} />
      </section>
    </>
  )
}
