import { TextInput } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { IconRepeat, IconSend } from '@tabler/icons-react'
import { useState } from 'react'

import { Button, Chip, Dialog, EmptyState, ErrorState, Facts, KeyBar, LoadingRows, PanelActions, PanelHead, PanelSection, Picker, Row, RowList, Rows, sayAgo, Segments, SplitPage, TopBar, useActions, useNow, useToast } from '@/ui'

import { ChannelTabs } from './ChannelTabs'
import keyClasses from './keys.module.css'
import type { DeliveriesSearch, DeliveryState } from './routes'
import { deliveriesQuery, deliveryQuery, replayDelivery, replaySince, webhookQuery, webhooksKey, type Attempt, type Delivery, type Webhook } from './webhookApi'
import { deliveryState, EVENTS, sayEvent, sayOutcome, saySecond, sayWait } from './webhookWords'
import classes from './webhooks.module.css'

const route = getRouteApi('/signed-in/channels/webhooks/$webhookId')
const COLUMNS = '150px 92px minmax(0, 1fr) 96px minmax(150px, auto)'
const STATES: readonly { readonly value: DeliveryState | 'all'; readonly label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'waiting', label: 'Waiting' },
  { value: 'delivered', label: 'Delivered' },
  { value: 'failed', label: 'Given up' },
]

/** Everything that one endpoint was told, every try, and how to tell it again. */
export function DeliveriesScreen() {
  const { webhookId } = route.useParams()
  const { state, type, delivery: chosenId } = route.useSearch()
  const navigate = useNavigate({ from: '/channels/webhooks/$webhookId' })
  const webhook = useQuery(webhookQuery(webhookId))
  const log = useInfiniteQuery(deliveriesQuery(webhookId, state, type))
  const [replaying, setReplaying] = useState(false)
  const show = (change: DeliveriesSearch) => void navigate({ search: (old: DeliveriesSearch) => ({ ...old, ...change }), replace: true })
  const deliveries = log.data?.pages.flatMap((it) => it.deliveries) ?? []
  const active = webhook.data?.state === 'active'
  const notActive = active ? undefined : 'The endpoint is not active. Resume it first.'

  useActions('Delivery log', [{ label: 'Send everything since a time again', keys: 'r', disabled: !active, run: () => setReplaying(true) }])

  return (
    <>
      <TopBar
        title="Channels"
        tabs={<ChannelTabs current="/channels/webhooks" />}
        actions={
          <Button icon={<IconRepeat size={16} stroke={1.5} aria-hidden="true" />} keys="r" disabledReason={notActive} onClick={() => setReplaying(true)}>
            Replay since…
          </Button>
        }
      />
      <SplitPage
        panelLabel="Chosen delivery"
        panelWidth="460px"
        head={
          <div className={classes.filters}>
            <span className="b">{webhook.data?.name ?? 'Delivery log'}</span>
            <Segments label="State" value={state ?? 'all'} options={STATES} onChange={(it) => show({ state: it === 'all' ? undefined : it })} />
            <Picker label="Event" none="Every event" value={type} options={[...EVENTS.map((it) => ({ value: it.type as string, label: it.words })), { value: 'webhook.test', label: 'Test' }]} onChange={(it) => show({ type: it })} />
          </div>
        }
        footer={<KeyBar hints={[{ keys: ['j', 'k'], label: 'move' }]} note="Kept for 90 days." />}
        panel={
          chosenId === undefined ? (
            <EmptyState icon={<IconSend size={18} stroke={1.5} />} title="Choose a delivery">
              Its payload and every try stand here.
            </EmptyState>
          ) : (
            <DeliveryPanel key={chosenId} webhookId={webhookId} deliveryId={chosenId} notActive={notActive} />
          )
        }
      >
        {log.isPending && <LoadingRows label="Loading the delivery log" />}
        {(log.isError || webhook.isError) && <ErrorState error={log.error ?? webhook.error} onRetry={() => void Promise.all([log.refetch(), webhook.refetch()])} />}
        {log.data !== undefined && deliveries.length === 0 && (
          <EmptyState title={state === undefined && type === undefined ? 'Nothing was sent yet.' : 'Nothing in this view.'}>
            {state === undefined && type === undefined ? 'The next change that a key of the channel can read appears here. A test event shows at once whether the app can be reached.' : 'Take a filter away.'}
          </EmptyState>
        )}
        {deliveries.length > 0 && (
          <Rows label="Deliveries" selected={chosenId} onSelect={(id) => show({ delivery: id })}>
            <RowList label="Deliveries">
              {deliveries.map((it) => (
                <DeliveryRow key={it.id} delivery={it} />
              ))}
            </RowList>
          </Rows>
        )}
        {log.hasNextPage && (
          <div className={classes.more}>
            <Button busy={log.isFetchingNextPage && 'Loading…'} onClick={() => void log.fetchNextPage()}>
              Show older ones
            </Button>
          </div>
        )}
      </SplitPage>
      {replaying && webhook.data !== undefined && <ReplayDialog webhook={webhook.data} onClose={() => setReplaying(false)} />}
    </>
  )
}

function DeliveryRow({ delivery }: { readonly delivery: Delivery }) {
  const now = useNow()
  const state = deliveryState(delivery)
  return (
    <Row id={delivery.id} columns={COLUMNS}>
      <span className="clip m">{sayEvent(delivery.type)}</span>
      <span className="mono t2 f12">{delivery.sequence === undefined ? '' : `#${delivery.sequence}`}</span>
      <span className="clip t2">{delivery.reminder > 0 ? `Reminder ${delivery.reminder}` : delivery.attempts > 1 ? `${delivery.attempts} tries` : ''}</span>
      <span className="t2 nw">{sayAgo(new Date(delivery.createdAt), now)}</span>
      <span>
        <Chip tone={state.tone}>{state.words}</Chip>
      </span>
    </Row>
  )
}

function DeliveryPanel({ webhookId, deliveryId, notActive }: { readonly webhookId: string; readonly deliveryId: string; readonly notActive: string | undefined }) {
  const detail = useQuery(deliveryQuery(webhookId, deliveryId))
  const client = useQueryClient()
  const toast = useToast()
  const now = useNow()
  const replay = useMutation({
    mutationFn: () => replayDelivery(webhookId, deliveryId),
    onSuccess: async () => {
      toast({ message: 'It is sent again, with the same id' })
      await client.invalidateQueries({ queryKey: webhooksKey })
    },
  })
  if (detail.isPending) return <LoadingRows label="Loading the delivery" />
  if (detail.isError) return <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />
  const { delivery, payload, attempts } = detail.data
  const state = deliveryState(delivery)
  const lost = delivery.attempts - attempts.length
  return (
    <>
      <PanelHead title={sayEvent(delivery.type)} eyebrow={<span className="mono">{delivery.type}</span>}>
        <p style={{ marginTop: 6 }}>
          <Chip tone={state.tone}>{state.words}</Chip>
        </p>
      </PanelHead>
      <PanelSection title="Message">
        <Facts
          facts={[
            ['webhook-id', <span key="id" className="mono f12" style={{ overflowWrap: 'anywhere' }}>{delivery.id}</span>],
            ...(delivery.sequence === undefined ? [] : [['Sequence', <span key="s" className="mono">{delivery.sequence}</span>] as const]),
            ['Made', saySecond(new Date(delivery.createdAt))],
            ...(delivery.dueAt === undefined ? [] : [['Next try', notActive !== undefined ? 'when the endpoint is resumed' : new Date(delivery.dueAt) <= now ? 'now' : `in ${sayWait(now, new Date(delivery.dueAt))}`] as const]),
            ...(delivery.stateReason === undefined ? [] : [['Why', delivery.stateReason] as const]),
          ]}
        />
      </PanelSection>
      <PanelSection title="Tries" aside={delivery.attempts === 0 ? 'none yet' : String(delivery.attempts)}>
        <div className={classes.attempts}>
          {attempts.map((it) => (
            <AttemptView key={it.number} attempt={it} />
          ))}
          {lost > 0 && <p className="t3 f12">{lost === 1 ? 'One try has' : `${lost} tries have`} no result: it is running, or the server stopped before it knew one.</p>}
        </div>
      </PanelSection>
      <PanelSection title="Payload" grow>
        <pre className={classes.payload} tabIndex={0} aria-label="Payload">
          {pretty(payload)}
        </pre>
      </PanelSection>
      {replay.isError && <ErrorState error={replay.error} />}
      <PanelActions>
        <Button size="lg" busy={replay.isPending && 'Sending…'} disabledReason={delivery.state === 'waiting' ? 'It is tried again by itself.' : notActive} onClick={() => replay.mutate()}>
          Send it again
        </Button>
      </PanelActions>
    </>
  )
}

function AttemptView({ attempt }: { readonly attempt: Attempt }) {
  return (
    <div className={classes.attempt} data-tone={attempt.outcome === 'delivered' ? 'ok' : 'block'}>
      <p>
        <b>{sayOutcome(attempt.outcome)}</b> {attempt.status !== undefined && <span className="mono">{attempt.status}</span>} <span className="t3 f12">after {attempt.tookMs} ms</span>
      </p>
      <p className="t3 f12">
        Try {attempt.number}, {saySecond(new Date(attempt.startedAt))}
      </p>
      {attempt.outcome !== 'delivered' && <p className="t2">{attempt.detail}</p>}
      {attempt.response !== undefined && (
        <pre className={classes.payload} tabIndex={0} aria-label={`Answer to try ${attempt.number}`}>
          {attempt.response}
        </pre>
      )}
    </div>
  )
}

function pretty(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2)
  } catch {
    return payload
  }
}

function ReplayDialog({ webhook, onClose }: { readonly webhook: Webhook; readonly onClose: () => void }) {
  const [since, setSince] = useState(() => new Date(Date.now() - 86_400_000).toISOString().slice(0, 16))
  const client = useQueryClient()
  const toast = useToast()
  const replay = useMutation({
    mutationFn: () => replaySince(webhook.id, `${since}:00Z`),
    onSuccess: async ({ deliveries }) => {
      toast({ message: deliveries === 0 ? 'There was nothing since then' : `${deliveries} ${deliveries === 1 ? 'delivery is' : 'deliveries are'} sent again` })
      await client.invalidateQueries({ queryKey: webhooksKey })
      onClose()
    },
  })
  return (
    <Dialog opened onClose={onClose} title={`Replay to ${webhook.name}`} size={480}>
      <form
        className={keyClasses.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (since !== '' && !replay.isPending) replay.mutate()
        }}
      >
        <p>Everything that was delivered or given up since then is sent again, the oldest first, with the same ids. An app that remembers ids ignores what it has.</p>
        <TextInput type="datetime-local" label="Since" description="UTC." value={since} onChange={(event) => setSince(event.currentTarget.value)} data-autofocus />
        {replay.isError && <ErrorState error={replay.error} kept="Nothing was sent." />}
        <div className={keyClasses.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={replay.isPending && 'Replaying…'} disabledReason={since === '' ? 'Give a time first.' : undefined}>
            Send again
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
