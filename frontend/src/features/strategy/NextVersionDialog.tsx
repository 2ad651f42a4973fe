import { NumberInput, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { Button, Dialog, ErrorState } from '@/ui'

import { storeVersion, strategyKeys, type StrategyVersion } from './api'
import classes from './objectives.module.css'

interface NextVersionDialogProps {
  readonly version: StrategyVersion
  readonly latest: number
  readonly onClose: () => void
  readonly onStored: (version: StrategyVersion) => void
}

/** The next version from an existing one, with other words and weights. Versions never change once stored. */
export function NextVersionDialog({ version, latest, onClose, onStored }: NextVersionDialogProps) {
  const [summary, setSummary] = useState(version.document.summary ?? '')
  const [weights, setWeights] = useState<Readonly<Record<string, number>>>(() => Object.fromEntries(version.document.objectives.map((it) => [it.id, it.weight])))
  const client = useQueryClient()
  const store = useMutation({
    mutationFn: () =>
      storeVersion(version.strategyId, {
        summary: summary.trim(),
        objectives: version.document.objectives.map((it) => ({ ...it, weight: weights[it.id] ?? it.weight })),
      }),
    onSuccess: async (stored) => {
      await client.invalidateQueries({ queryKey: strategyKeys })
      onStored(stored)
    },
  })
  const same = summary.trim() === (version.document.summary ?? '').trim() && version.document.objectives.every((it) => weights[it.id] === it.weight)
  return (
    <Dialog opened onClose={onClose} title={`New version from v${version.number}`} size={620}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!same && !store.isPending) store.mutate()
        }}
      >
        <Textarea label="What the strategy is about" autosize minRows={2} maxLength={2000} value={summary} onChange={(event) => setSummary(event.currentTarget.value)} data-autofocus />
        <fieldset className={classes.weights}>
          <legend>Weights, 0 to 1: what comes first where objectives compete</legend>
          {version.document.objectives.map((it) => (
            <NumberInput
              key={it.id}
              label={it.name}
              className={classes.weight ?? ''}
              min={0}
              max={1}
              step={0.05}
              decimalScale={2}
              fixedDecimalScale
              clampBehavior="strict"
              value={weights[it.id] ?? it.weight}
              onChange={(value) => typeof value === 'number' && setWeights({ ...weights, [it.id]: value })}
            />
          ))}
        </fieldset>
        {store.isError && <ErrorState error={store.error} kept="No version was stored; what you typed is kept." />}
        <div className={classes.actions}>
          <span className="t3 f12 grow">It becomes v{latest + 1} and orders nothing until someone activates it.</span>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={store.isPending && 'Storing…'} disabledReason={same ? 'Change something first.' : undefined}>
            Store v{latest + 1}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
