import { Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { Button, Dialog, ErrorState, useToast } from '@/ui'

import { channelsKey, revokeKey, type ApiKey } from './api'
import classes from './keys.module.css'

/** Ends a key at once. It can't be undone, so it names its consequence and asks why. */
export function RevokeKeyDialog({ apiKey, onClose }: { readonly apiKey: ApiKey; readonly onClose: () => void }) {
  const [reason, setReason] = useState('')
  const client = useQueryClient()
  const toast = useToast()
  const revoke = useMutation({
    mutationFn: () => revokeKey(apiKey.id, reason.trim()),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: channelsKey })
      toast({ message: `${apiKey.name} was revoked` })
      onClose()
    },
  })
  return (
    <Dialog opened onClose={onClose} title={`Revoke ${apiKey.name}`} size={480}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (reason.trim() !== '' && !revoke.isPending) revoke.mutate()
        }}
      >
        <p>
          Every app that uses <span className="mono">{apiKey.prefix}…</span> is refused within 5 seconds. This can&apos;t be undone; a new key can be issued.
        </p>
        <Textarea label="Reason" description="It stands in the audit trail." autosize minRows={2} maxLength={2000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
        {revoke.isError && <ErrorState error={revoke.error} kept="The key still works." />}
        <div className={classes.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="danger" busy={revoke.isPending && 'Revoking…'} disabledReason={reason.trim() === '' ? 'Say why first.' : undefined}>
            Revoke the key
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
