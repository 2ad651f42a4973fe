import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { IconWebhook } from '@tabler/icons-react'
import { useState } from 'react'

import { useLabels } from '@/api/framework'
import { hasRole, usePerson } from '@/app/session'
import { Button, Chip, EmptyState, ErrorState, Facts, IncompleteState, KeyBar, LoadingRows, PanelActions, PanelHead, PanelSection, ReasonDialog, Row, RowGroup, Rows, sayMoment, SplitPage, useNow, useToast } from '@/ui'

import { channelsQuery } from './api'
import { ChannelsBar } from './ChannelsBar'
import { RotateDialog } from './RotateDialog'
import { act, sendTest, webhooksKey, webhooksQuery, type Act, type Webhook } from './webhookApi'
import { WebhookDialog } from './WebhookDialog'
import { sayEvent, sayLast, sayOnly, webhookState } from './webhookWords'
import classes from './webhooks.module.css'

const route = getRouteApi('/signed-in/channels/webhooks')
const COLUMNS = 'minmax(130px, 0.8fr) minmax(0, 1.9fr) minmax(0, 0.9fr) 120px'
const MAY_NOT = 'Only channel managers and administrators see and change webhooks.'

type Opened = 'add' | 'change' | 'rotate' | Act | null

/** Who is told of changes, and whether it works. */
export function WebhooksScreen() {
  const { webhook: chosenId } = route.useSearch()
  const navigate = useNavigate({ from: '/channels/webhooks' })
  const mayManage = hasRole(usePerson(), 'channel-manager', 'administrator')
  const channels = useQuery(channelsQuery)
  const webhooks = useQuery({ ...webhooksQuery, enabled: mayManage })
  const [opened, setOpened] = useState<Opened>(null)
  const all = webhooks.data?.webhooks ?? []
  const chosen = all.find((it) => it.id === chosenId)
  const groups = (channels.data?.channels ?? []).map((channel) => ({ channel, own: all.filter((it) => it.channelId === channel.id) }))
  const openLog = (id: string) => void navigate({ to: '/channels/webhooks/$webhookId', params: { webhookId: id }, search: {} })

  return (
    <>
      <ChannelsBar current="/channels/webhooks" group="Webhooks" action="Add an endpoint" ready={channels.data !== undefined} disabledReason={mayManage ? undefined : MAY_NOT} onAct={() => setOpened('add')} />
      <SplitPage
        panelLabel="Chosen endpoint"
        panelWidth="400px"
        footer={
          <KeyBar
            hints={[
              { keys: ['j', 'k'], label: 'move' },
              { keys: ['Enter'], label: 'delivery log' },
            ]}
            note="Calls are made at least once, in no fixed order; each says its sequence."
          />
        }
        panel={
          chosen === undefined ? (
            <EmptyState icon={<IconWebhook size={18} stroke={1.5} />} title="Choose an endpoint">
              Its state, its secrets and its log stand here.
            </EmptyState>
          ) : (
            <WebhookPanel webhook={chosen} onOpen={setOpened} onLog={() => openLog(chosen.id)} />
          )
        }
      >
        {!mayManage && <EmptyState title="Webhooks are not yours to see.">{MAY_NOT} Ask one of them, or look at the recalls.</EmptyState>}
        {mayManage && (webhooks.isPending || channels.isPending) && <LoadingRows label="Loading webhooks" />}
        {webhooks.isError && <ErrorState error={webhooks.error} onRetry={() => void webhooks.refetch()} {...(webhooks.data === undefined ? {} : { kept: 'What you see below may be old.' })} />}
        {channels.isError && webhooks.data !== undefined && <IncompleteState onRetry={() => void channels.refetch()}>The channels could not be loaded, so their endpoints can&apos;t be shown.</IncompleteState>}
        {webhooks.data !== undefined && channels.data !== undefined && (
          <Rows label="Webhooks" selected={chosenId} onSelect={(id) => void navigate({ search: { webhook: id }, replace: true })} onOpen={openLog}>
            {groups.map(({ channel, own }) => (
              <RowGroup key={channel.id} title={channel.name} count={own.length} empty={<EmptyState title="This channel is told of nothing.">It has to ask for changes by itself. Add an endpoint for its app.</EmptyState>}>
                {own.length === 0 ? null : own.map((it) => <WebhookRow key={it.id} webhook={it} />)}
              </RowGroup>
            ))}
          </Rows>
        )}
      </SplitPage>
      {opened === 'add' && <WebhookDialog channels={channels.data?.channels ?? []} onClose={() => setOpened(null)} />}
      {chosen !== undefined && <Dialogs webhook={chosen} opened={opened} onClose={() => setOpened(null)} onGone={() => void navigate({ search: {}, replace: true })} />}
    </>
  )
}

function WebhookRow({ webhook }: { readonly webhook: Webhook }) {
  const now = useNow()
  const state = webhookState(webhook, now)
  const only = sayOnly(webhook.only, useLabels())
  return (
    <Row id={webhook.id} columns={COLUMNS}>
      <span className="clip m">
        {webhook.name}
        {only !== undefined && <span className="t3 f12"> only {only}</span>}
      </span>
      <span className="clip t2 mono f12">{webhook.url}</span>
      <span className="clip t2">{sayLast(webhook, now)}</span>
      <span>
        <Chip tone={state.tone}>{state.words}</Chip>
      </span>
    </Row>
  )
}

function WebhookPanel({ webhook, onOpen, onLog }: { readonly webhook: Webhook; readonly onOpen: (it: Opened) => void; readonly onLog: () => void }) {
  const only = sayOnly(webhook.only, useLabels())
  const now = useNow()
  const toast = useToast()
  const client = useQueryClient()
  const [testing, setTesting] = useState(false)
  const state = webhookState(webhook, now)
  async function test() {
    setTesting(true)
    try {
      await sendTest(webhook.id)
      toast({ message: 'A test event is on its way; its result stands in the log' })
      await client.invalidateQueries({ queryKey: webhooksKey })
    } catch {
      toast({ message: 'The test event could not be sent. Resume the endpoint first, then try again.' })
    } finally {
      setTesting(false)
    }
  }
  return (
    <>
      <PanelHead title={webhook.name}>
        <p className={classes.address}>{webhook.url}</p>
        <p style={{ marginTop: 8 }}>
          <Chip tone={state.tone}>{state.words}</Chip>
        </p>
      </PanelHead>
      {webhook.stateReason !== undefined && (
        <PanelSection>
          <p className={classes.note} data-tone={webhook.state === 'disabled' ? 'block' : 'warn'} role="note">
            <b>{webhook.state === 'disabled' ? 'Disabled by the server' : 'Paused'}</b>, {sayMoment(new Date(webhook.stateAt))}: {webhook.stateReason} What happens meanwhile is kept and goes out when it is resumed.
          </p>
        </PanelSection>
      )}
      <PanelSection title="Calls">
        <Facts
          facts={[
            ['Last call', sayLast(webhook, now)],
            ['Last taken', webhook.lastDeliveredAt === undefined ? 'Never' : sayMoment(new Date(webhook.lastDeliveredAt))],
            ['Waiting', webhook.waiting === 0 ? 'Nothing' : String(webhook.waiting)],
            ['Given up', webhook.failed === 0 ? 'Nothing' : String(webhook.failed)],
          ]}
        />
        <div className={classes.buttons}>
          <Button onClick={onLog}>Delivery log</Button>
          <Button busy={testing && 'Sending…'} disabledReason={webhook.state === 'disabled' ? 'It is disabled. Resume it first.' : undefined} onClick={() => void test()}>
            Send a test event
          </Button>
        </div>
      </PanelSection>
      <PanelSection title="Told of">
        <div className={classes.chips}>
          {webhook.events.map((it) => (
            <Chip key={it} tone="line" title={it}>
              {sayEvent(it)}
            </Chip>
          ))}
        </div>
        <p className="t2" style={{ marginTop: 8 }}>
          {only === undefined ? 'Of everything that a key of the channel can read.' : `Only of: ${only}.`}
        </p>
      </PanelSection>
      <PanelSection title="Secrets" grow>
        <Facts facts={webhook.secrets.map((it, index) => [index === 0 ? 'Current' : 'Old', it.endsAt === undefined ? `since ${sayMoment(new Date(it.createdAt))}` : `counts until ${sayMoment(new Date(it.endsAt))}`] as const)} />
        <div className={classes.buttons}>
          <Button onClick={() => onOpen('rotate')}>Rotate the secret…</Button>
        </div>
      </PanelSection>
      <PanelActions>
        {webhook.state === 'active' ? (
          <Button size="lg" onClick={() => onOpen('pause')}>
            Pause…
          </Button>
        ) : (
          <Button size="lg" variant="primary" onClick={() => onOpen('resumption')}>
            Resume…
          </Button>
        )}
        <Button size="lg" onClick={() => onOpen('change')}>
          Change…
        </Button>
        <Button size="lg" variant="danger" onClick={() => onOpen('deletion')}>
          Delete…
        </Button>
      </PanelActions>
    </>
  )
}

const ACTS: Readonly<Record<Act, { readonly verb: string; readonly done: string; readonly busy: string; readonly words: string }>> = {
  pause: { verb: 'Pause', done: 'was paused', busy: 'Pausing…', words: 'No calls are made until it is resumed. What happens meanwhile waits and goes out then.' },
  resumption: { verb: 'Resume', done: 'is active again', busy: 'Resuming…', words: 'Calls are made again at once, those that have waited first.' },
  deletion: { verb: 'Delete', done: 'was deleted', busy: 'Deleting…', words: 'The app is told of nothing any more, and what waits for it is cancelled. This can’t be undone.' },
}

function Dialogs({ webhook, opened, onClose, onGone }: { readonly webhook: Webhook; readonly opened: Opened; readonly onClose: () => void; readonly onGone: () => void }) {
  const client = useQueryClient()
  const toast = useToast()
  if (opened === 'rotate') return <RotateDialog webhook={webhook} onClose={onClose} />
  if (opened === 'change') return <WebhookDialog channels={[]} webhook={webhook} onClose={onClose} />
  if (opened === null || opened === 'add') return null
  const it = ACTS[opened]
  return (
    <ReasonDialog
      title={`${it.verb} ${webhook.name}`}
      action={`${it.verb} the endpoint`}
      busy={it.busy}
      danger={opened === 'deletion'}
      kept="The endpoint is as it was."
      onClose={onClose}
      onDo={async (reason) => {
        await act(webhook.id, opened, reason)
        toast({ message: `${webhook.name} ${it.done}` })
        if (opened === 'deletion') onGone()
        await client.invalidateQueries({ queryKey: webhooksKey })
      }}
    >
      <p>{it.words}</p>
    </ReasonDialog>
  )
}
