import { NumberInput } from '@mantine/core'

import { useLabels } from '@/api/framework'

import { stagesBetween, type ObjectiveForm, type Stage } from './editing'
import classes from './strategyEditor.module.css'

interface PlanGridProps {
  readonly objective: ObjectiveForm
  readonly stages: readonly Stage[]
  readonly error: string | undefined
  readonly onChange: (plan: ObjectiveForm['plan']) => void
}

/** How many items each cell shall have: the objective's needs by the stages that it covers. An empty cell plans nothing. */
export function PlanGrid({ objective, stages, error, onChange }: PlanGridProps) {
  const labels = useLabels()
  const columns = stagesBetween(objective, stages)
  if (columns.length === 0 || objective.needs.length === 0) {
    return <p className="t2">Choose the stages and at least one need; then say here how many items each cell needs.</p>
  }
  const total = columns.reduce((sum, stage) => sum + objective.needs.reduce((all, need) => all + (objective.plan[`${stage.notation}/${need}`] ?? 0), 0), 0)
  return (
    <div className={classes.block}>
      <table className={classes.plan}>
        <thead>
          <tr>
            <th scope="col">Need</th>
            {columns.map((stage) => (
              <th key={stage.notation} scope="col">
                {stage.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {objective.needs.map((need) => (
            <tr key={need}>
              <th scope="row">{labels.concept('needs', need)}</th>
              {columns.map((stage) => {
                const cell = `${stage.notation}/${need}`
                return (
                  <td key={stage.notation}>
                    <NumberInput
                      aria-label={`Items for ${labels.concept('needs', need)}, ${stage.label}`}
                      hideControls
                      min={0}
                      max={999}
                      allowDecimal={false}
                      allowNegative={false}
                      placeholder="–"
                      value={objective.plan[cell] ?? ''}
                      onChange={(value) => {
                        const { [cell]: _, ...others } = objective.plan
                        onChange(typeof value === 'number' && value > 0 ? { ...others, [cell]: value } : others)
                      }}
                    />
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="f12 t3">{total === 0 ? 'It plans no content yet; the matrix would not count it.' : `${total} ${total === 1 ? 'item' : 'items'} planned.`}</p>
      {error !== undefined && <p className={classes.wrong}>{error}</p>}
    </div>
  )
}
