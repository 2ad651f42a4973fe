import { Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { Button, Dialog, ErrorState, useToast } from '@/ui'

import { cancelBrief, type Brief } from './api'
import classes from './briefs.module.css'

export function CancelBriefDialog({ brief, onClose, onCancelled }: { readonly brief: Brief; readonly onClose: () => void; readonly onCancelled: (brief: Brief) => void }) {
  const [reason, setReason] = useState('')
  const toast = useToast()
  const cancel = useMutation({
    mutationFn: () => cancelBrief(brief.id, { reason: reason.trim() }),
    onSuccess: (cancelled) => {
      onCancelled(cancelled)
      toast({ message: 'The brief is cancelled.' })
      onClose()
    },
  })
  return (
    <Dialog opened onClose={onClose} title="Cancel the brief">
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (reason.trim() !== '' && !cancel.isPending) cancel.mutate()
        }}
      >
        <p className="t2">
          It leaves {brief.writer.displayName}&apos;s work and can&apos;t be opened again. {brief.item === undefined ? 'No draft was started.' : `The draft ${brief.item.key} stays.`}
        </p>
        <Textarea label="Reason" autosize minRows={2} maxLength={2000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
        {cancel.isError && <ErrorState error={cancel.error} kept="The brief stays as it is." />}
        <div className={classes.actions}>
          <Button onClick={onClose}>Keep it</Button>
          <Button type="submit" variant="danger" busy={cancel.isPending && 'Cancelling…'} disabledReason={reason.trim() === '' ? 'Say why.' : undefined}>
            Cancel the brief
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
