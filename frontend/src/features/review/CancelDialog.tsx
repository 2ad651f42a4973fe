import { Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'

import { Button, Dialog, ErrorState, useToast } from '@/ui'

import { cancelJob, jobKey, type Job } from './api'
import classes from './review.module.css'
import { useKept } from '@/content/useKept'

/** Ends a job before it is certified. Says what that causes first; what is typed as the reason is kept. */
export function CancelDialog({ job, onClose }: { readonly job: Job; readonly onClose: () => void }) {
  const [reason, setReason] = useKept(`cancel/${job.code}`)
  const client = useQueryClient()
  const toast = useToast()
  const cancel = useMutation({
    mutationFn: () => cancelJob(job.code, { reason: reason.trim() }),
    onSuccess: async (cancelled) => {
      setReason('')
      client.setQueryData(jobKey(job.code), cancelled)
      await Promise.all([client.invalidateQueries({ queryKey: ['jobs'] }), client.invalidateQueries({ queryKey: ['my-work'] }), client.invalidateQueries({ queryKey: ['items'] })])
      toast({ message: `${job.code} is cancelled.` })
      onClose()
    },
  })
  return (
    <Dialog opened onClose={onClose} title={`Cancel the review ${job.code}`}>
      <form
        className={classes.cancelForm}
        onSubmit={(event) => {
          event.preventDefault()
          if (reason.trim() !== '' && !cancel.isPending) cancel.mutate()
        }}
      >
        <p className="t2">
          The circulation ends for all disciplines and no verdict can be given any more. Verdicts, comments and signatures so far stay on record. Version {job.version.number} can&apos;t be certified under this job
          code; the draft can be submitted again as a new job. This can&apos;t be undone.
        </p>
        <Textarea label="Reason, for the audit trail" required withAsterisk={false} autosize minRows={2} maxLength={2000} data-autofocus value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        {cancel.isError && <ErrorState error={cancel.error} kept="The review goes on; your reason is kept." />}
        <div className={classes.cancelActions}>
          <Button onClick={onClose}>Let it go on</Button>
          <Button type="submit" variant="danger" busy={cancel.isPending && 'Cancelling…'} disabledReason={reason.trim() === '' ? 'Say why.' : undefined}>
            Cancel the review
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
