import { Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { Button, Dialog } from '@/ui'

import { discardDraft } from './api'
import type { Desk, DraftDesk } from './DraftDesk'
import classes from './editor.module.css'

interface DiscardDialogProps {
  readonly itemId: string
  readonly locale: string
  readonly desk: Desk
  readonly editing: DraftDesk
  readonly hasVersion: boolean
  readonly onClose: () => void
  /** Told whether nothing is left of the item in this language. */
  readonly onDone: (gone: boolean) => Promise<void>
}

/** Throws a draft away, with its reason for the audit trail. */
export function DiscardDialog({ itemId, locale, desk, editing, hasVersion, onClose, onDone }: DiscardDialogProps) {
  const [reason, setReason] = useState('')
  const discard = useMutation({
    mutationFn: async () => {
      await editing.saveNow()
      await discardDraft(itemId, locale, editing.snapshot().etag, reason.trim())
    },
    onSuccess: () => onDone(!hasVersion),
  })
  return (
    <Dialog opened onClose={onClose} title="Throw this draft away">
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          discard.mutate()
        }}
      >
        <p className="t2">Revision {desk.revision} and everything in it goes. {hasVersion ? 'Submitted versions stay as they are.' : 'There is no submitted version, so nothing of this language is left.'} This cannot be undone.</p>
        <Textarea label="Reason, for the audit trail" required withAsterisk={false} autosize minRows={2} data-autofocus value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        {discard.isError && (
          <p role="alert" className={classes.error}>
            {discard.error.detail ?? discard.error.title}
          </p>
        )}
        <div className={classes.dialogActions}>
          <span className="grow" />
          <Button onClick={onClose}>Keep it</Button>
          <Button type="submit" variant="danger" busy={discard.isPending && 'Throwing away…'} disabledReason={reason.trim() === '' ? 'Say why.' : undefined}>
            Throw away
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
