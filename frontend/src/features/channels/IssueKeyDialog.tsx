import { Checkbox, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { Button, Dialog, ErrorState, Picker, SecretOnce } from '@/ui'

import { channelsKey, issueKey, type Channel, type IssuedApiKey } from './api'
import { BrandField, useOwnBrands } from './BrandField'
import classes from './keys.module.css'
import { ScopeFields, useAskedScope, type Scope } from './ScopeFields'

const DAYS = 365

interface IssueKeyDialogProps {
  readonly channels: readonly Channel[]
  readonly channelId: string | undefined
  readonly onClose: () => void
}

/** Asks for the smallest scope that an app needs, then shows the secret once. */
export function IssueKeyDialog({ channels, channelId, onClose }: IssueKeyDialogProps) {
  const [issued, setIssued] = useState<IssuedApiKey>()
  return (
    <Dialog opened onClose={onClose} title={issued === undefined ? 'Issue a key' : 'Keep this secret now'} size={560}>
      {issued === undefined ? <Form channels={channels} channelId={channelId} onClose={onClose} onIssued={setIssued} /> : <Secret issued={issued} onClose={onClose} />}
    </Dialog>
  )
}

function Form({ channels, channelId, onClose, onIssued }: IssueKeyDialogProps & { readonly onIssued: (key: IssuedApiKey) => void }) {
  const client = useQueryClient()
  const [channel, setChannel] = useState(channelId ?? channels[0]?.id ?? '')
  const [use, setUse] = useState<'key' | 'client'>('key')
  const [name, setName] = useState('')
  const [scope, setScope] = useState<Scope>({ markets: [], kinds: [] })
  const own = useOwnBrands()
  const [brands, setBrands] = useState<readonly string[]>(own)
  const [mayExplain, setMayExplain] = useState(false)
  const [mayTimeTravel, setMayTimeTravel] = useState(false)
  const [lastDay, setLastDay] = useState(() => new Date(Date.now() + DAYS * 86_400_000).toISOString().slice(0, 10))
  const asked = useAskedScope(scope)
  const missing = [channel === '' && 'a channel', name.trim() === '' && 'a name', scope.markets.length === 0 && 'a market', scope.kinds.length === 0 && 'a kind', brands.length === 0 && 'a brand', lastDay === '' && 'an end'].filter(Boolean)

  const issue = useMutation({
    mutationFn: () =>
      issueKey(channel, {
        name: name.trim(),
        use,
        ...asked,
        brands: [...brands],
        mayExplain,
        mayTimeTravel,
        expiresAt: `${lastDay}T00:00:00Z`,
      }),
    onSuccess: (key) => {
      void client.invalidateQueries({ queryKey: channelsKey })
      onIssued(key)
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
      <div className={classes.two}>
        <Picker layout="above" label="Channel" value={channel} options={channels.map((it) => ({ value: it.id, label: it.name }))} onChange={(id) => setChannel(id ?? '')} />
        <TextInput label="Name" description="The app that will use it." value={name} maxLength={120} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
      </div>
      <Picker
        layout="above"
        label="How it signs in"
        value={use}
        options={[
          { value: 'key', label: 'API key, sent with each request' },
          { value: 'client', label: 'OAuth 2 client, buys tokens of five minutes' },
        ]}
        onChange={(chosen) => setUse(chosen === 'client' ? 'client' : 'key')}
      />
      <ScopeFields value={scope} onChange={setScope} />
      <BrandField value={brands} onChange={setBrands} />
      <div className={classes.choices}>
        <Checkbox size="xs" label="May ask why (explanations)" checked={mayExplain} onChange={(event) => setMayExplain(event.currentTarget.checked)} />
        <Checkbox size="xs" label="May ask for the past" checked={mayTimeTravel} onChange={(event) => setMayTimeTravel(event.currentTarget.checked)} />
      </div>
      <TextInput type="date" label="Ends on" description="At 00:00 UTC." className={classes.date ?? ''} value={lastDay} onChange={(event) => setLastDay(event.currentTarget.value)} />
      {issue.isError && <ErrorState error={issue.error} kept="No key was issued; your choices are kept." />}
      <div className={classes.actions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={issue.isPending && 'Issuing…'} disabledReason={missing.length === 0 ? undefined : `Choose ${missing.join(', ')} first.`}>
          {use === 'client' ? 'Issue the client' : 'Issue the key'}
        </Button>
      </div>
    </form>
  )
}

export function Secret({ issued, onClose }: { readonly issued: IssuedApiKey; readonly onClose: () => void }) {
  return (
    <SecretOnce secret={issued.secret} onClose={onClose}>
      <p>
        This is the {issued.use === 'client' ? 'secret' : 'key'} of <b>{issued.name}</b>. It is shown only here; nobody can show it again. Put it into the app&apos;s secret store, never into code or an e-mail.
      </p>
      {issued.use === 'client' && (
        <p>
          Its client id is <code>{issued.id}</code>. <span className="mono">POST /oauth2/token</span> gives a token for both.
        </p>
      )}
    </SecretOnce>
  )
}
