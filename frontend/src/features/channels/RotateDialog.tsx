import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { Button, Dialog, ErrorState, Picker, SecretOnce } from '@/ui'

import classes from './keys.module.css'
import { rotateSecret, webhooksKey, type Webhook } from './webhookApi'

const OVERLAPS = [
  { value: '24', label: '24 hours' },
  { value: '72', label: '3 days' },
  { value: '168', label: '7 days' },
  { value: '0', label: 'It ends at once (it leaked)' },
]

/** A new signing secret; both count until the old one ends, so that no call is lost while the app changes over. */
export function RotateDialog({ webhook, onClose }: { readonly webhook: Webhook; readonly onClose: () => void }) {
  const [hours, setHours] = useState('24')
  const client = useQueryClient()
  const rotate = useMutation({
    mutationFn: () => rotateSecret(webhook.id, Number(hours)),
    onSuccess: () => client.invalidateQueries({ queryKey: webhooksKey }),
  })
  return (
    <Dialog opened onClose={onClose} title={rotate.data === undefined ? 'Rotate the secret' : 'Keep this secret now'} size={520}>
      {rotate.data !== undefined ? (
        <SecretOnce secret={rotate.data.secret} onClose={onClose}>
          <p>
            The new secret of <b>{webhook.name}</b> is shown only here.{' '}
            {hours === '0' ? 'The old one has ended: calls fail at the app until it knows this one.' : `Calls are signed with both for ${OVERLAPS.find((it) => it.value === hours)?.label ?? ''}.`}
          </p>
        </SecretOnce>
      ) : (
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault()
            if (!rotate.isPending) rotate.mutate()
          }}
        >
          <p>Calls will carry a signature with the new secret and one with the old secret. An app that knows either accepts them.</p>
          <Picker layout="above" label="Old secret counts for" value={hours} options={OVERLAPS} onChange={(it) => setHours(it ?? '24')} />
          {webhook.secrets.length > 1 && <p className="t2">A secret that is already being replaced ends now: two count at most.</p>}
          {rotate.isError && <ErrorState error={rotate.error} kept="The secret is unchanged." />}
          <div className={classes.actions}>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" busy={rotate.isPending && 'Rotating…'}>
              Make a new secret
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
