import { Select } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'

import type { Schema } from '@/api/types'
import { Button } from '@/ui'

import classes from './strategyEditor.module.css'
import { moved } from './editing'

interface OrderedNeedsProps {
  readonly concepts: readonly Schema<'Concept'>[]
  readonly needs: readonly string[]
  readonly error: string | undefined
  readonly onChange: (needs: readonly string[]) => void
}

/** The needs that an objective meets, the most important first; each with the question that people ask. */
export function OrderedNeeds({ concepts, needs, error, onChange }: OrderedNeedsProps) {
  const concept = (notation: string) => concepts.find((it) => it.notation === notation)
  const left = concepts.filter((it) => !needs.includes(it.notation))
  return (
    <div className={classes.block}>
      <span className={classes.label} id="needs-label">
        Needs, the most important first
      </span>
      {needs.length > 0 && (
        <ol className={classes.ordered} aria-labelledby="needs-label">
          {needs.map((need, at) => {
            const label = concept(need)?.label ?? need
            return (
              <li key={need}>
                <span className={classes.place}>{at + 1}</span>
                <span className="grow">
                  <span className="clip" style={{ display: 'block' }}>
                    {label}
                  </span>
                  {concept(need)?.example !== undefined && (
                    <span className="clip f12 t3" style={{ display: 'block' }}>
                      “{concept(need)?.example}”
                    </span>
                  )}
                </span>
                <Button variant="quiet" iconOnly aria-label={`Move ${label} up`} disabledReason={at === 0 ? 'It is the first already.' : undefined} icon={<IconArrowUp size={14} stroke={1.5} aria-hidden="true" />} onClick={() => onChange(moved(needs, at, at - 1))} />
                <Button
                  variant="quiet"
                  iconOnly
                  aria-label={`Move ${label} down`}
                  disabledReason={at === needs.length - 1 ? 'It is the last already.' : undefined}
                  icon={<IconArrowDown size={14} stroke={1.5} aria-hidden="true" />}
                  onClick={() => onChange(moved(needs, at, at + 1))}
                />
                <Button variant="quiet" iconOnly aria-label={`Remove ${label}`} icon={<IconX size={14} stroke={1.5} aria-hidden="true" />} onClick={() => onChange(needs.filter((it) => it !== need))} />
              </li>
            )
          })}
        </ol>
      )}
      <Select
        aria-label="Add a need"
        placeholder="Add a need"
        searchable
        nothingFoundMessage="No need has these words."
        value={null}
        data={left.map((it) => ({ value: it.notation, label: it.label }))}
        error={error}
        onChange={(need) => need !== null && onChange([...needs, need])}
      />
    </div>
  )
}
