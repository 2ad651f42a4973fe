import { Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'

import { Button } from './Button'
import { Dialog } from './Dialog'
import classes from './dialogForm.module.css'
import { ErrorState } from './states'

interface ReasonDialogProps {
  readonly title: string
  readonly action: string
  readonly busy: string
  readonly danger?: boolean
  /** What will happen. */
  readonly children: ReactNode
  readonly kept: string
  readonly help?: string
  readonly onDo: (reason: string) => Promise<unknown>
  readonly onClose: () => void
  /** When it closes without the act; as `onClose` without it. */
  readonly onCancel?: () => void
}

/** An act that stands in the audit trail with its reason. It closes when the act is done. */
export function ReasonDialog({ title, action, busy, danger = false, children, kept, help = 'It stands in the audit trail.', onDo, onClose, onCancel = onClose }: ReasonDialogProps) {
  const [reason, setReason] = useState('')
  const run = useMutation({ mutationFn: () => onDo(reason.trim()), onSuccess: onClose })
  return (
    <Dialog opened onClose={onCancel} title={title} size={480}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (reason.trim() !== '' && !run.isPending) run.mutate()
        }}
      >
        <div>{children}</div>
        <Textarea label="Reason" description={help} autosize minRows={2} maxLength={2000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
        {run.isError && <ErrorState error={run.error} kept={kept} />}
        <div className={classes.actions}>
          <Button onClick={onCancel}>Cancel</Button>
          <Button type="submit" variant={danger ? 'danger' : 'primary'} busy={run.isPending && busy} disabledReason={reason.trim() === '' ? 'Say why first.' : undefined}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
