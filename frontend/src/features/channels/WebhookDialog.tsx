import { Checkbox, MultiSelect, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { brandsQuery, contentTypesQuery, marketsQuery } from '@/api/framework'
import { Button, Dialog, ErrorState, Picker, SecretOnce } from '@/ui'

import type { Channel } from './api'
import classes from './keys.module.css'
import { changeWebhook, createWebhook, webhooksKey, type IssuedWebhook, type Webhook } from './webhookApi'
import { EVENTS } from './webhookWords'

interface WebhookDialogProps {
  readonly channels: readonly Channel[]
  /** The endpoint to change; without one a new one is made. */
  readonly webhook?: Webhook | undefined
  readonly onClose: () => void
}

/** Where a channel's app wants to be told of what. A new endpoint's secret is shown once, at the end. */
export function WebhookDialog({ channels, webhook, onClose }: WebhookDialogProps) {
  const [issued, setIssued] = useState<IssuedWebhook>()
  const title = issued !== undefined ? 'Keep this secret now' : webhook === undefined ? 'Add an endpoint' : `Change ${webhook.name}`
  return (
    <Dialog opened onClose={onClose} title={title} size={560}>
      {issued === undefined ? (
        <Form channels={channels} webhook={webhook} onClose={onClose} onIssued={setIssued} />
      ) : (
        <SecretOnce secret={issued.secret} onClose={onClose}>
          <p>
            This is the signing secret of <b>{issued.name}</b>. It is shown only here; nobody can show it again. The app verifies with it that calls are ours.
          </p>
        </SecretOnce>
      )}
    </Dialog>
  )
}

function Form({ channels, webhook, onClose, onIssued }: WebhookDialogProps & { readonly onIssued: (it: IssuedWebhook) => void }) {
  const client = useQueryClient()
  const [channel, setChannel] = useState(webhook?.channelId ?? channels[0]?.id ?? '')
  const [name, setName] = useState(webhook?.name ?? '')
  const [url, setUrl] = useState(webhook?.url ?? 'https://')
  const [events, setEvents] = useState<readonly string[]>(webhook?.events ?? EVENTS.map((it) => it.type))
  const [types, setTypes] = useState<readonly string[]>(webhook?.only?.types ?? [])
  const [markets, setMarkets] = useState<readonly string[]>(webhook?.only?.markets ?? [])
  const [brands, setBrands] = useState<readonly string[]>(webhook?.only?.brands ?? [])
  const knownTypes = useQuery(contentTypesQuery).data?.types ?? []
  const knownMarkets = useQuery(marketsQuery).data?.markets ?? []
  const knownBrands = useQuery(brandsQuery).data?.brands ?? []
  const only = { ...(types.length === 0 ? {} : { types: [...types] }), ...(markets.length === 0 ? {} : { markets: [...markets] }), ...(brands.length === 0 ? {} : { brands: [...brands] }) }
  const missing = [channel === '' && 'a channel', name.trim() === '' && 'a name', /^https?:\/\/./.test(url.trim()) || 'an address', events.length === 0 && 'an event'].filter((it) => typeof it === 'string')
  const body = () => ({ name: name.trim(), url: url.trim(), events: EVENTS.map((it) => it.type).filter((it) => events.includes(it)), ...(Object.keys(only).length === 0 ? {} : { only }) })
  const save = useMutation({
    mutationFn: async () => (webhook === undefined ? createWebhook(channel, body()) : (await changeWebhook(webhook.id, body()), undefined)),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: webhooksKey })
      if (made === undefined) onClose()
      else onIssued(made)
    },
  })
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (missing.length === 0 && !save.isPending) save.mutate()
      }}
    >
      <div className={classes.two}>
        {webhook === undefined && <Picker layout="above" label="Channel" value={channel} options={channels.map((it) => ({ value: it.id, label: it.name }))} onChange={(id) => setChannel(id ?? '')} />}
        <TextInput label="Name" description="The app that is told." value={name} maxLength={120} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
      </div>
      <TextInput label="Address" description="An https address on the public internet, port 443 or 8443. Redirects are not followed." type="url" value={url} maxLength={2000} onChange={(event) => setUrl(event.currentTarget.value)} />
      <Checkbox.Group label="Told of" description="Only of what a key of the channel can read." value={[...events]} onChange={setEvents}>
        <div className={classes.form} style={{ gap: 6, marginTop: 6 }}>
          {EVENTS.map((it) => (
            <Checkbox key={it.type} size="xs" value={it.type} label={`${it.words}: ${it.when}`} />
          ))}
        </div>
      </Checkbox.Group>
      <MultiSelect label="Only of these types" description="Nothing chosen is every type." clearable searchable data={options(types, knownTypes.map((it) => ({ value: it.type, label: it.title })))} value={[...types]} onChange={setTypes} />
      <MultiSelect label="Only in these markets" description="Nothing chosen is every market that a key of the channel can read." clearable searchable data={options(markets, knownMarkets.map((it) => ({ value: it.market, label: it.name })))} value={[...markets]} onChange={setMarkets} />
      <MultiSelect label="Only of these brands" description="Nothing chosen is every brand. Once one is chosen, content without a brand is left out." clearable searchable data={options(brands, knownBrands.map((it) => ({ value: it.key, label: it.name })))} value={[...brands]} onChange={setBrands} />
      {save.isError && <ErrorState error={save.error} kept="Nothing was changed; what you typed is kept." />}
      <div className={classes.actions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={save.isPending && 'Saving…'} disabledReason={missing.length === 0 ? undefined : `Give ${missing.join(', ')} first.`}>
          {webhook === undefined ? 'Add the endpoint' : 'Save'}
        </Button>
      </div>
    </form>
  )
}

interface Choice {
  readonly value: string
  readonly label: string
}

/** What can be chosen; what was chosen before its words are there stands for itself, so that saving never loses it. */
function options(chosen: readonly string[], known: readonly Choice[]): Choice[] {
  return [...known, ...chosen.filter((it) => known.every((other) => other.value !== it)).map((it) => ({ value: it, label: it }))]
}
