import { NumberInput, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconPlus } from '@tabler/icons-react'

import { Button } from '@/ui'

import { EMPTY_MEASUREMENT, type MeasurementForm } from './editing'
import type { FieldErrors } from './fieldErrors'
import classes from './strategyEditor.module.css'

interface MeasurementFieldsProps {
  readonly measurement: MeasurementForm | undefined
  readonly errors: FieldErrors
  readonly at: string
  readonly onChange: (measurement: MeasurementForm | undefined) => void
}

/** How the objective will be judged. It may come later, but activation waits for it. */
export function MeasurementFields({ measurement, errors, at, onChange }: MeasurementFieldsProps) {
  if (measurement === undefined) {
    return (
      <div className={classes.unmeasured}>
        <IconAlertTriangle size={16} stroke={1.5} aria-hidden="true" />
        <span className="grow">Without a measurement plan this version can be stored, but not activated: later nobody could tell a poor strategy from poor execution.</span>
        <Button icon={<IconPlus size={14} stroke={1.75} aria-hidden="true" />} onClick={() => onChange(EMPTY_MEASUREMENT)}>
          Add a measurement plan
        </Button>
      </div>
    )
  }
  const set = (change: Partial<MeasurementForm>) => onChange({ ...measurement, ...change })
  const typed = (value: number | string) => (typeof value === 'number' ? value : '')
  return (
    <div className={classes.block}>
      <TextInput
        label="KPI"
        description="What is measured, in words that a stranger would count the same way."
        maxLength={300}
        value={measurement.kpi}
        error={errors.at(`${at}/kpi`)}
        onChange={(event) => set({ kpi: event.currentTarget.value })}
      />
      <div className={classes.four}>
        <NumberInput label="Baseline" hideControls value={measurement.baseline} error={errors.at(`${at}/baseline`)} onChange={(value) => set({ baseline: typed(value) })} />
        <NumberInput label="Target" hideControls value={measurement.target} error={errors.at(`${at}/target`)} onChange={(value) => set({ target: typed(value) })} />
        <TextInput label="Unit" maxLength={60} value={measurement.unit} error={errors.at(`${at}/unit`)} onChange={(event) => set({ unit: event.currentTarget.value })} />
        <NumberInput label="Smallest sample" hideControls min={1} allowDecimal={false} value={measurement.smallestSample} error={errors.at(`${at}/smallestSample`)} onChange={(value) => set({ smallestSample: typed(value) })} />
      </div>
      <div className={classes.two}>
        <TextInput type="date" label="Measured from" value={measurement.from} error={errors.at(`${at}/from`)} onChange={(event) => set({ from: event.currentTarget.value })} />
        <TextInput type="date" label="Measured until, inclusive" value={measurement.until} error={errors.at(`${at}/until`)} onChange={(event) => set({ until: event.currentTarget.value })} />
      </div>
      <button type="button" className={`link f12 ${classes.plainButton}`} onClick={() => onChange(undefined)}>
        Take the measurement plan away
      </button>
    </div>
  )
}
