import { Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { Button, Dialog, ErrorState, Finding, useToast } from '@/ui'

import { activateVersion, strategyKeys, type StrategyVersion } from './api'
import classes from './objectives.module.css'

/** Makes a version the one that orders content sets and fills the matrix. Names what it causes before it is done. */
export function ActivateDialog({ version, onClose }: { readonly version: StrategyVersion; readonly onClose: () => void }) {
  const [reason, setReason] = useState('')
  const client = useQueryClient()
  const toast = useToast()
  const unmeasured = version.document.objectives.filter((it) => it.measurementPlan === undefined)
  const activate = useMutation({
    mutationFn: () => activateVersion(version.strategyId, version.number, { reason: reason.trim() }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: strategyKeys })
      toast({ message: `${version.name} v${version.number} is active` })
      onClose()
    },
  })
  const blocked = unmeasured.length > 0 ? 'Every objective needs a measurement plan first.' : reason.trim() === '' ? 'Say why first.' : undefined
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
          From now on this version orders every content set of its scope, on all channels, and the framework matrix counts its plan. The version that was active before stays readable; activating it again brings it back.
        </p>
        <Textarea label="Reason" description="It stands in the audit trail." autosize minRows={2} maxLength={2000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
        {activate.isError && <ErrorState error={activate.error} kept="Nothing was activated." />}
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
