import { Radio, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { Button, Dialog, ErrorState, Finding, sayMoment, useToast } from '@/ui'

import { activateVersion, strategyKeys, type StrategyVersion } from './api'
import { fieldErrors } from './fieldErrors'
import classes from './objectives.module.css'

/** A day of a date field as the moment at which it begins (UTC). */
const startOf = (day: string) => `${day}T00:00:00Z`

/** Makes an approved version the one that orders content sets and fills the matrix, now or in a window. Names what it causes before it is done. */
export function ActivateDialog({ version, onClose }: { readonly version: StrategyVersion; readonly onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [begin, setBegin] = useState<'now' | 'later'>('now')
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  const client = useQueryClient()
  const toast = useToast()
  const unmeasured = version.document.objectives.filter((it) => it.measurementPlan === undefined)
  const activate = useMutation({
    mutationFn: () =>
      activateVersion(version.strategyId, version.number, { reason: reason.trim(), ...(begin === 'later' ? { from: startOf(from) } : {}), ...(until === '' ? {} : { until: startOf(until) }) }),
    onSuccess: async (activated) => {
      await client.invalidateQueries({ queryKey: strategyKeys })
      const since = activated.activations[0]?.from
      toast({ message: begin === 'later' && since !== undefined ? `${version.name} v${version.number} takes over on ${sayMoment(new Date(since))}.` : `${version.name} v${version.number} is active` })
      onClose()
    },
  })
  const errors = fieldErrors(activate.error?.errors ?? [])
  const blocked =
    unmeasured.length > 0
      ? 'Every objective needs a measurement plan first.'
      : begin === 'later' && from === ''
        ? 'Choose the day on which it takes over.'
        : until !== '' && begin === 'later' && until <= from
          ? 'The window ends before it begins; move one of the days.'
          : reason.trim() === ''
            ? 'Say why first.'
            : undefined
  return (
    <Dialog opened onClose={onClose} title={`Activate ${version.name} v${version.number}`} size={520}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (blocked === undefined && !activate.isPending) activate.mutate()
        }}
      >
        {unmeasured.map((it) => (
          <Finding key={it.id} severity="block" title={it.name} rule="measurement-plan-missing">
            has no measurement plan.
          </Finding>
        ))}
        <p>
          From then on this version orders every content set of its scope, on all channels, and the framework matrix counts its plan. The version that was active before ends and stays readable; to bring its plan back,
          store it as the next version.
        </p>
        <Radio.Group label="It takes over" value={begin} onChange={(value) => setBegin(value as 'now' | 'later')}>
          <div className="row" style={{ gap: 20, paddingTop: 4 }}>
            <Radio value="now" label="now" size="xs" />
            <Radio value="later" label="on a day (00:00 UTC)" size="xs" />
          </div>
        </Radio.Group>
        <div className={classes.pair}>
          {begin === 'later' && <TextInput type="date" label="From" value={from} error={errors.at('/from')} onChange={(event) => setFrom(event.currentTarget.value)} />}
          <TextInput type="date" label="Until, exclusive" description={until === '' ? 'Empty is open.' : undefined} value={until} error={errors.at('/until')} onChange={(event) => setUntil(event.currentTarget.value)} />
        </div>
        <Textarea label="Reason" description="It stands in the audit trail." autosize minRows={2} maxLength={2000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
        {activate.isError && (
          <>
            <ErrorState error={activate.error} kept="Nothing was activated." />
            {activate.error.errors.map((it) => (
              <Finding key={`${it.code}${it.path}`} severity="block" rule={it.code}>
                {it.message}
              </Finding>
            ))}
          </>
        )}
        <div className={classes.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={activate.isPending && 'Activating…'} disabledReason={blocked}>
            Activate v{version.number}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
