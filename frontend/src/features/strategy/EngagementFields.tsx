import { NumberInput, Radio, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconX } from '@tabler/icons-react'

import { useLabels } from '@/api/framework'
import type { Schema } from '@/api/types'
import { Button, ErrorState, LoadingRows } from '@/ui'

import { engagementModelsQuery } from './api'
import { mixTotal, sayPercent, withModel, type ContactForm, type ObjectiveForm } from './editing'
import type { FieldErrors } from './fieldErrors'
import classes from './strategyEditor.module.css'
import { sayContacts, sayShare } from './words'

interface EngagementFieldsProps {
  readonly objective: ObjectiveForm
  readonly channels: readonly Schema<'Concept'>[]
  readonly at: string
  readonly errors: FieldErrors
  readonly onChange: (objective: ObjectiveForm) => void
}

/** The engagement model as data: choosing one fills the channel mix and the contact budget, which stay free to change. */
export function EngagementFields({ objective, channels, at, errors, onChange }: EngagementFieldsProps) {
  const labels = useLabels()
  const models = useQuery(engagementModelsQuery)
  const total = mixTotal(objective)
  const left = channels.filter((it) => objective.mix.every((part) => part.channel !== it.notation))
  const setMix = (mix: ObjectiveForm['mix']) => onChange({ ...objective, mix })
  const model = models.data?.models.find((it) => it.notation === objective.engagementModel)

  function choose(notation: string) {
    const chosen = models.data?.models.find((it) => it.notation === notation)
    if (chosen !== undefined) onChange(withModel(objective, chosen))
  }

  return (
    <>
      {models.isPending && <LoadingRows label="Loading the engagement models" rows={3} />}
      {models.isError && <ErrorState error={models.error} onRetry={() => void models.refetch()} />}
      {models.data !== undefined && (
        <Radio.Group label="Engagement model" value={objective.engagementModel} onChange={choose} error={errors.at(`${at}/engagementModel`)}>
          <div className={classes.models}>
            {models.data.models.map((it) => (
              <Radio.Card key={it.notation} value={it.notation} className={classes.model ?? ''} aria-label={it.label}>
                <span className="row">
                  <Radio.Indicator size="xs" />
                  <span className="m">{it.label}</span>
                </span>
                {it.definition !== undefined && <span className="f12 t2">{it.definition}</span>}
                <span className={classes.modelFacts}>
                  <span>Leads</span>
                  <span>{it.leadChannels.map((channel) => labels.concept('channels', channel)).join(', ')}</span>
                  <span>With a person</span>
                  <span>{sayShare(it.humanContact)} of contacts</span>
                  <span>Budget</span>
                  <span>{sayContacts(it.contactPolicy)}</span>
                </span>
              </Radio.Card>
            ))}
          </div>
        </Radio.Group>
      )}
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
      <ContactFields contacts={objective.contacts} at={`${at}/contactPolicy`} errors={errors} onChange={(contacts) => onChange({ ...objective, contacts })} />
      {model !== undefined && (
        <button type="button" className={`link f12 ${classes.plainButton}`} onClick={() => onChange(withModel(objective, model))}>
          Take mix and budget of {model.label.toLowerCase()} again
        </button>
      )}
    </>
  )
}

/** How often one person may be contacted, and shown the same item. Serving enforces it. */
function ContactFields({ contacts, at, errors, onChange }: { readonly contacts: ContactForm; readonly at: string; readonly errors: FieldErrors; readonly onChange: (contacts: ContactForm) => void }) {
  const field = (name: keyof ContactForm, label: string, max: number) => (
    <NumberInput
      label={label}
      min={1}
      max={max}
      allowDecimal={false}
      allowNegative={false}
      hideControls
      value={contacts[name]}
      error={errors.at(`${at}/${name}`)}
      onChange={(value) => onChange({ ...contacts, [name]: typeof value === 'number' ? value : '' })}
    />
  )
  return (
    <div className={classes.block}>
      <span className={classes.label}>Contact budget for one person</span>
      <div className={classes.four}>
        {field('contacts', 'Contacts, at most', 1000)}
        {field('perDays', 'in days', 365)}
        {field('itemRepeats', 'Same item, at most', 1000)}
        {field('itemPerDays', 'in days', 365)}
      </div>
    </div>
  )
}
