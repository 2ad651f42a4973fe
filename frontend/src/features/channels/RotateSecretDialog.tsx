import { Checkbox, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { Button, Dialog, ErrorState } from '@/ui'

import { channelsKey, rotateSecret, type ApiKey, type IssuedApiKey } from './api'
import { Secret } from './IssueKeyDialog'
import classes from './keys.module.css'

/** Gives a client a new secret, so that its app can change over while the one before still works. */
export function RotateSecretDialog({ apiKey, onClose }: { readonly apiKey: ApiKey; readonly onClose: () => void }) {
  const [issued, setIssued] = useState<IssuedApiKey>()
  const [keepsPrevious, setKeepsPrevious] = useState(true)
  const [reason, setReason] = useState('')
  const client = useQueryClient()
  const rotate = useMutation({
    mutationFn: () => rotateSecret(apiKey.id, keepsPrevious, reason.trim()),
    onSuccess: (key) => {
      void client.invalidateQueries({ queryKey: channelsKey })
      setIssued(key)
    },
  })
  if (issued !== undefined) {
    return (
      <Dialog opened onClose={onClose} title="Keep this secret now" size={560}>
        <Secret issued={issued} onClose={onClose} />
      </Dialog>
    )
  }
  return (
    <Dialog opened onClose={onClose} title={`New secret for ${apiKey.name}`} size={480}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (reason.trim() !== '' && !rotate.isPending) rotate.mutate()
        }}
      >
        <p>
          {apiKey.secrets === 2 ? 'Two secrets are valid now; the older of them ends at once.' : 'At most two secrets are valid at a time.'} Tokens that were bought already hold for their five minutes.
        </p>
        <Checkbox
          size="xs"
          label={`Keep ${apiKey.prefix}… valid until the next new secret`}
          checked={keepsPrevious}
          onChange={(event) => setKeepsPrevious(event.currentTarget.checked)}
        />
        <Textarea label="Reason" description="It stands in the audit trail." autosize minRows={2} maxLength={2000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
        {rotate.isError && <ErrorState error={rotate.error} kept="The secrets are as they were." />}
        <div className={classes.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={rotate.isPending && 'Making it…'} disabledReason={reason.trim() === '' ? 'Say why first.' : undefined}>
            Make a new secret
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
