import { TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { Button, Dialog, ErrorState, Picker, SecretOnce } from '@/ui'

import type { Channel } from './api'
import classes from './keys.module.css'
import { issuePreviewToken, previewTokensKey, type IssuedPreviewToken } from './previewApi'
import { ScopeFields, useAskedScope, type Scope } from './ScopeFields'

const DAY = 86_400_000
const USUAL_DAYS = 7
const MOST_DAYS = 29

const dayAfter = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10)

interface IssuePreviewTokenDialogProps {
  readonly channels: readonly Channel[]
  readonly channelId: string | undefined
  readonly onClose: () => void
}

/** Makes a token for the smallest scope that is to be looked at, then shows it once. */
export function IssuePreviewTokenDialog({ channels, channelId, onClose }: IssuePreviewTokenDialogProps) {
  const [issued, setIssued] = useState<IssuedPreviewToken>()
  return (
    <Dialog opened onClose={onClose} title={issued === undefined ? 'Make a preview token' : 'Keep this token now'} size={560}>
      {issued === undefined ? (
        <Form channels={channels} channelId={channelId} onClose={onClose} onIssued={setIssued} />
      ) : (
        <SecretOnce secret={issued.secret} onClose={onClose}>
          <p>
            This is the token <b>{issued.name}</b>. It is shown only here. Put it into the secret store of the app&apos;s staging site: whoever has it sees what is not approved.
          </p>
          <p>
            It opens <span className="mono">/preview/v1</span> and nothing else.
          </p>
        </SecretOnce>
      )}
    </Dialog>
  )
}

function Form({ channels, channelId, onClose, onIssued }: IssuePreviewTokenDialogProps & { readonly onIssued: (token: IssuedPreviewToken) => void }) {
  const client = useQueryClient()
  const [channel, setChannel] = useState(channelId ?? channels[0]?.id ?? '')
  const [name, setName] = useState('')
  const [scope, setScope] = useState<Scope>({ markets: [], kinds: [] })
  const [lastDay, setLastDay] = useState(() => dayAfter(USUAL_DAYS))
  const asked = useAskedScope(scope)
  const missing = [channel === '' && 'a channel', name.trim() === '' && 'a name', scope.markets.length === 0 && 'a market', scope.kinds.length === 0 && 'a kind', lastDay === '' && 'an end'].filter(Boolean)
  const issue = useMutation({
    mutationFn: () => issuePreviewToken(channel, { name: name.trim(), ...asked, expiresAt: `${lastDay}T00:00:00Z` }),
    onSuccess: (token) => {
      void client.invalidateQueries({ queryKey: previewTokensKey })
      onIssued(token)
    },
  })
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (missing.length === 0 && !issue.isPending) issue.mutate()
      }}
    >
      <p className="t2">It shows drafts and newest versions, as you may see them, to an app of this channel. It ends with your right to make it.</p>
      <div className={classes.two}>
        <Picker layout="above" label="Channel" value={channel} options={channels.map((it) => ({ value: it.id, label: it.name }))} onChange={(id) => setChannel(id ?? '')} />
        <TextInput label="Name" description="Where it will be used." value={name} maxLength={120} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
      </div>
      <ScopeFields value={scope} onChange={setScope} />
      <TextInput type="date" label="Ends on" description="At 00:00 UTC, within 30 days." className={classes.date ?? ''} min={dayAfter(1)} max={dayAfter(MOST_DAYS)} value={lastDay} onChange={(event) => setLastDay(event.currentTarget.value)} />
      {issue.isError && <ErrorState error={issue.error} kept="No token was made; your choices are kept." />}
      <div className={classes.actions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={issue.isPending && 'Making…'} disabledReason={missing.length === 0 ? undefined : `Choose ${missing.join(', ')} first.`}>
          Make the token
        </Button>
      </div>
    </form>
  )
}
