import { NumberInput, Radio, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'

import { useLabels } from '@/api/framework'
import type { Schema } from '@/api/types'
import { Button } from '@/ui'

import { mixOf, mixTotal, sayPercent, type ObjectiveForm } from './editing'
import type { FieldErrors } from './fieldErrors'
import classes from './strategyEditor.module.css'

interface EngagementFieldsProps {
  readonly objective: ObjectiveForm
  readonly models: readonly Schema<'Concept'>[]
  readonly channels: readonly Schema<'Concept'>[]
  readonly at: string
  readonly errors: FieldErrors
  readonly onChange: (objective: ObjectiveForm) => void
}

/** The engagement model as data: choosing one fills the channel mix and the contact budget, which stay free to change. */
export function EngagementFields({ objective, models, channels, at, errors, onChange }: EngagementFieldsProps) {
  const labels = useLabels()
  const total = mixTotal(objective)
  const left = channels.filter((it) => objective.mix.every((part) => part.channel !== it.notation))
  const setMix = (mix: ObjectiveForm['mix']) => onChange({ ...objective, mix })

  function choose(notation: string) {
    const model = models.find((it) => it.notation === notation)
    if (model === undefined) return
    onChange({ ...objective, engagementModel: notation, mix: mixOf(model) })
  }

  return (
    <>
      <Radio.Group label="Engagement model" value={objective.engagementModel} onChange={choose} error={errors.at(`${at}/engagementModel`)}>
        <div className={classes.models}>
          {models.map((model) => (
            <Radio.Card key={model.notation} value={model.notation} className={classes.model ?? ''} aria-label={model.label}>
              <span className="m">{model.label}</span>
              {model.definition !== undefined && <span className="f12 t2">{model.definition}</span>}
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
      <div className={classes.block}>
        <span className={classes.label}>Channel mix</span>
        {objective.mix.map((part, index) => (
          <div key={part.channel} className={classes.mix}>
            <span>{labels.concept('channels', part.channel)}</span>
            <NumberInput
              aria-label={`Share of ${labels.concept('channels', part.channel)}`}
              min={0}
              max={100}
              step={5}
              decimalScale={1}
              suffix="%"
              value={part.percent}
              onChange={(percent) => setMix(objective.mix.map((it, at) => (at === index ? { ...it, percent: typeof percent === 'number' ? percent : '' } : it)))}
            />
            <Button variant="quiet" iconOnly aria-label={`Remove ${labels.concept('channels', part.channel)}`} icon={<IconX size={14} stroke={1.5} aria-hidden="true" />} onClick={() => setMix(objective.mix.filter((it) => it.channel !== part.channel))} />
          </div>
        ))}
        <div className={classes.mix}>
          <Select
            aria-label="Add a channel"
            placeholder="Add a channel"
            value={null}
            data={left.map((it) => ({ value: it.notation, label: it.label }))}
            onChange={(channel) => channel !== null && setMix([...objective.mix, { channel, percent: Math.max(0, Math.round((100 - total) * 10) / 10) }])}
          />
          <span className={classes.mixTotal} data-off={(objective.mix.length > 0 && Math.abs(total - 100) > 0.1) || undefined} role="status">
            {sayPercent(total)} of 100%
          </span>
        </div>
        {errors.at(`${at}/channelMix`) !== undefined && <p className={classes.wrong}>{errors.at(`${at}/channelMix`)}</p>}
      </div>
    </>
  )
}
