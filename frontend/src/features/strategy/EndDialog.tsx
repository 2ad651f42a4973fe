import { Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { Button, Dialog, ErrorState, useToast } from '@/ui'

import { endVersion, strategyKeys, type StrategyVersion } from './api'
import classes from './objectives.module.css'

/** Ends what is active or scheduled. It can't be undone, so it says first what follows. */
export function EndDialog({ version, onClose }: { readonly version: StrategyVersion; readonly onClose: () => void }) {
  const [reason, setReason] = useState('')
  const client = useQueryClient()
  const toast = useToast()
  const end = useMutation({
    mutationFn: () => endVersion(version.strategyId, version.number, { reason: reason.trim() }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: strategyKeys })
      toast({ message: `${version.name} v${version.number} has ended.` })
      onClose()
    },
  })
  return (
    <Dialog opened onClose={onClose} title={`End ${version.name} v${version.number}`} size={520}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (reason.trim() !== '' && !end.isPending) end.mutate()
        }}
      >
        <p>
          At once it decides nothing any more: content sets are ordered without it, its plan leaves the framework matrix. It stays readable and can&apos;t be activated again; to take it up later, store it as the next
          version.
        </p>
        <Textarea label="Reason" description="It stands in the audit trail." autosize minRows={2} maxLength={2000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
        {end.isError && <ErrorState error={end.error} kept="It goes on as before." />}
        <div className={classes.actions}>
          <Button onClick={onClose}>Let it go on</Button>
          <Button type="submit" variant="danger" busy={end.isPending && 'Ending…'} disabledReason={reason.trim() === '' ? 'Say why first.' : undefined}>
            End v{version.number}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
