import { NumberInput, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { IconBell, IconCheck, IconClock } from '@tabler/icons-react'
import { useState } from 'react'

import { Button, Chip, Dialog, ErrorState, LoadingRows, ReasonDialog, sayDate, sayMoment, SplitPage, StateBadge, TopBar, useActions, useNow, useToast } from '@/ui'

import { ChannelTabs } from './ChannelTabs'
import keyClasses from './keys.module.css'
import { close, confirmFor, recallQuery, recallsKey, remind, type RecallChannel, type RecallDetail } from './recallApi'
import classes from './recalls.module.css'
import { saySecond, sayWait } from './webhookWords'

const route = getRouteApi('/signed-in/channels/recalls/$recallId')

/** The one question of an incident: which channel has not confirmed that the content is gone, and what can I do about it. */
export function RecallScreen() {
  const { recallId } = route.useParams()
  const navigate = useNavigate()
  const client = useQueryClient()
  const toast = useToast()
  const detail = useQuery(recallQuery(recallId))
  const [confirming, setConfirming] = useState<RecallChannel | null>(null)
  const [closing, setClosing] = useState(false)
  const refresh = () => Promise.all([client.invalidateQueries({ queryKey: recallsKey }), client.invalidateQueries({ queryKey: ['my-work'] })])
  const reminding = useMutation({
    mutationFn: (channelId?: string) => remind(recallId, channelId),
    onSuccess: async ({ channels, recently }) => {
      const left = recently === 0 ? '' : recently === 1 ? '; one was within the last hour' : `; ${recently} were within the last hour`
      toast({ message: `${channels === 1 ? 'One channel was reminded' : `${channels} channels were reminded`}${left}` })
      await refresh()
    },
  })
  const data = detail.data
  const waiting = data?.channels.filter((it) => it.confirmation === undefined) ?? []
  const mayRemind = data?.mayConfirm === true && data.recall.state === 'open' && waiting.length > 0
  useActions('Recall', [
    { label: 'Remind every channel that has not confirmed', keys: 'r', disabled: !mayRemind, run: () => reminding.mutate(undefined) },
    { label: 'All recalls', keys: 'Escape', palette: false, run: () => void navigate({ to: '/channels/recalls', search: {} }) },
  ])

  return (
    <>
      <TopBar
        title="Channels"
        tabs={<ChannelTabs current="/channels/recalls" />}
        actions={
          data !== undefined && (
            <>
              {data.mayClose && <Button onClick={() => setClosing(true)}>Close…</Button>}
              {mayRemind && (
                <Button variant="primary" keys="r" icon={<IconBell size={16} stroke={1.75} aria-hidden="true" />} busy={reminding.isPending && 'Reminding…'} onClick={() => reminding.mutate(undefined)}>
                  Remind {waiting.length === 1 ? 'it' : `all ${waiting.length}`}
                </Button>
              )}
            </>
          )
        }
      />
      <SplitPage>
        {detail.isPending && <LoadingRows label="Loading the recall" />}
        {detail.isError && <ErrorState error={detail.error} onRetry={() => void detail.refetch()} {...(data === undefined ? {} : { kept: `What you see below is from ${sayMoment(new Date(detail.dataUpdatedAt))}.` })} />}
        {reminding.isError && <ErrorState error={reminding.error} kept="Nobody was reminded." />}
        {data !== undefined && (
          <article className={classes.page}>
            <Head data={data} />
            <ChannelTable data={data} onConfirm={setConfirming} onRemind={(id) => reminding.mutate(id)} />
            <What data={data} />
          </article>
        )}
      </SplitPage>
      {confirming !== null && (
        <ConfirmDialog
          recallId={recallId}
          channel={confirming}
          onClose={() => setConfirming(null)}
          onDone={() => {
            toast({ message: `Confirmed for ${confirming.channel.name}` })
            void refresh()
          }}
        />
      )}
      {closing && data !== undefined && (
        <ReasonDialog
          title="Close the recall"
          action="Close the recall"
          busy="Closing…"
          danger
          kept="The recall is still open."
          onClose={() => setClosing(false)}
          onDo={async (reason) => {
            await close(recallId, reason)
            await refresh()
          }}
        >
          <p>
            {waiting.length === 1 ? `${waiting[0]?.channel.name ?? 'One channel'} has` : `${waiting.length} channels have`} not confirmed. Nobody is reminded any more, and the record says that the recall was closed without them.
          </p>
        </ReasonDialog>
      )}
    </>
  )
}

function Head({ data: { recall } }: { readonly data: RecallDetail }) {
  const now = useNow()
  const missing = recall.channels - recall.confirmed
  const withdrawn = new Date(recall.withdrawnAt)
  const tone = recall.state === 'complete' ? 'ok' : recall.state === 'closed' ? 'warn' : 'block'
  return (
    <header className={classes.head} data-tone={tone}>
      <p className={classes.eyebrow}>
        <StateBadge state="withdrawn" />
        <Link to="/content/$itemId" params={{ itemId: recall.item.key }} className="mono">
          {recall.item.key}
        </Link>
        <span>{recall.markets.join(', ')}</span>
      </p>
      <h2>{recall.item.title}</h2>
      <p className={classes.count} role="status">
        {recall.state === 'complete' ? (
          <>
            <b>All {recall.channels}</b> {recall.channels === 1 ? 'channel has' : 'channels have'} confirmed, {recall.endedAt === undefined ? '' : `within ${sayWait(withdrawn, new Date(recall.endedAt))}`}
          </>
        ) : (
          <>
            <b>
              {missing} of {recall.channels}
            </b>{' '}
            {recall.channels === 1 ? 'channel has' : 'channels have'} not confirmed{recall.state === 'open' ? `, ${sayWait(withdrawn, now)} after the withdrawal` : '; the recall was closed without them'}
          </>
        )}
      </p>
      <div className={classes.bar} role="img" aria-label={`${recall.confirmed} of ${recall.channels} confirmed`}>
        <span style={{ width: `${recall.channels === 0 ? 100 : (recall.confirmed / recall.channels) * 100}%` }} />
      </div>
      <p className="t2">
        <b>{recall.withdrawnBy.displayName}</b> withdrew it, {saySecond(withdrawn)}: {recall.reason}
      </p>
      {recall.state === 'closed' && recall.endedBy !== undefined && recall.endedAt !== undefined && (
        <p className="t2">
          <b>{recall.endedBy.displayName}</b> closed the recall, {saySecond(new Date(recall.endedAt))}: {recall.endReason}
        </p>
      )}
    </header>
  )
}

function ChannelTable({ data, onConfirm, onRemind }: { readonly data: RecallDetail; readonly onConfirm: (it: RecallChannel) => void; readonly onRemind: (id: string) => void }) {
  return (
    <div className={classes.tableScroll} tabIndex={0} role="region" aria-label="Channels and their confirmations">
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Channel</th>
            <th scope="col">Confirmation</th>
            <th scope="col">Told</th>
            <th scope="col">Had</th>
            <th scope="col">
              <span className="sr">What to do</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.channels.map((it) => (
            <ChannelRow key={it.channel.id} data={data} row={it} onConfirm={() => onConfirm(it)} onRemind={() => onRemind(it.channel.id)} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ChannelRow({ data, row, onConfirm, onRemind }: { readonly data: RecallDetail; readonly row: RecallChannel; readonly onConfirm: () => void; readonly onRemind: () => void }) {
  const now = useNow()
  const withdrawn = new Date(data.recall.withdrawnAt)
  const { confirmation } = row
  const had = data.parts.filter((it) => row.publications.includes(it.publicationId))
  const listening = row.endpoints.filter((it) => it.state === 'active')
  return (
    <tr data-missing={confirmation === undefined || undefined}>
      <th scope="row">
        {row.channel.name}
        <span className="mono t3 f12">{row.channel.key}</span>
      </th>
      <td>
        {confirmation === undefined ? (
          <p className={classes.state} data-tone="block">
            <IconClock size={18} stroke={1.75} aria-hidden="true" />
            <span>
              <b>Not confirmed</b> for {sayWait(withdrawn, now)}
            </span>
          </p>
        ) : (
          <>
            <p className={classes.state} data-tone="ok">
              <IconCheck size={18} stroke={2} aria-hidden="true" />
              <span>
                <b>Confirmed</b> after {sayWait(withdrawn, new Date(confirmation.confirmedAt))}
              </span>
            </p>
            <p className="t3 f12">
              {saySecond(new Date(confirmation.confirmedAt))}
              {confirmation.confirmedBy === undefined ? ', by its own key' : `, by ${confirmation.confirmedBy.displayName} for the channel`}
              {confirmation.copiesRemoved === undefined ? '' : `; ${confirmation.copiesRemoved} ${confirmation.copiesRemoved === 1 ? 'copy' : 'copies'} removed`}
            </p>
            {(confirmation.reason ?? confirmation.note) !== undefined && <p className="t2 f12">“{confirmation.reason ?? confirmation.note}”</p>}
          </>
        )}
      </td>
      <td>
        {row.toldAt !== undefined ? (
          <p>
            Its app took the call after {sayTold(withdrawn, new Date(row.toldAt))}
          </p>
        ) : row.endpoints.length === 0 ? (
          <Chip tone="warn">No webhook</Chip>
        ) : listening.length === 0 ? (
          <Chip tone="warn">Webhook {row.endpoints[0]?.state}</Chip>
        ) : (
          <Chip tone="block">Not taken yet</Chip>
        )}
        {row.toldAt === undefined && <p className="t3 f12">{listening.length === 0 ? 'Tell the people who run it.' : 'Its calls are tried again.'}</p>}
        {row.reminders > 0 && (
          <p className="t3 f12">
            {row.reminders} {row.reminders === 1 ? 'reminder' : 'reminders'}
            {row.remindedAt === undefined ? '' : `, the last ${sayMoment(new Date(row.remindedAt))}`}
          </p>
        )}
        {confirmation === undefined && row.remindAt !== undefined && listening.length > 0 && new Date(row.remindAt) > now && <p className="t3 f12">Next reminder in {sayWait(now, new Date(row.remindAt))}</p>}
      </td>
      <td className="t2">
        {had.map((it) => (
          <p key={it.publicationId} className="nw">
            {it.market}, {it.locale} <span className="t3 f12">v{it.version}</span>
          </p>
        ))}
        <p className="t3 f12">{sayServed(row.served)}</p>
      </td>
      <td>
        {confirmation === undefined && data.mayConfirm && (
          <div className={classes.do}>
            {listening.length > 0 && data.recall.state === 'open' && (
              <Button aria-label={`Remind ${row.channel.name}`} onClick={onRemind}>
                Remind
              </Button>
            )}
            <Button aria-label={`Confirm for ${row.channel.name}`} onClick={onConfirm}>
              Confirm for it…
            </Button>
          </div>
        )}
      </td>
    </tr>
  )
}

/** Sets and events are counted, single items and synchronised copies are not: none of them is no proof that it holds no copy. */
function sayServed({ sets, shown, lastOn }: RecallChannel['served']): string {
  if (sets === 0 && shown === 0) {
    return 'In no set of its own that was counted'
  }
  const served = `In ${sets === 1 ? 'one set' : `${sets} sets`}${shown === 0 ? '' : `, shown ${shown === 1 ? 'once' : `${shown} times`}`}`
  return lastOn === undefined ? served : `${served}, last on ${sayDate(new Date(lastOn))}`
}

function sayTold(from: Date, at: Date): string {
  const seconds = (at.getTime() - from.getTime()) / 1_000
  return seconds < 60 ? `${Math.max(0, seconds).toFixed(1)} s` : sayWait(from, at)
}

function What({ data }: { readonly data: RecallDetail }) {
  return (
    <section className={classes.what}>
      <h3>What was withdrawn</h3>
      <ul>
        {data.parts.map((it) => (
          <li key={it.publicationId}>
            {it.market}, {it.locale}, version {it.version} <span className="mono t3 f12">{it.jobCode}</span>
          </li>
        ))}
      </ul>
      <p className="t3 f12">
        A channel stands here when one of its keys could read the content while it was effective. Its app confirms with <span className="mono">POST /v1/recalls/{data.recall.id}/confirmations</span>.
      </p>
    </section>
  )
}

function ConfirmDialog({ recallId, channel, onClose, onDone }: { readonly recallId: string; readonly channel: RecallChannel; readonly onClose: () => void; readonly onDone: () => void }) {
  const [reason, setReason] = useState('')
  const [removedAt, setRemovedAt] = useState('')
  const [copies, setCopies] = useState<number | ''>('')
  const confirm = useMutation({
    mutationFn: () =>
      confirmFor(recallId, channel.channel.id, {
        reason: reason.trim(),
        ...(removedAt === '' ? {} : { removedAt: `${removedAt}:00Z` }),
        ...(copies === '' ? {} : { copiesRemoved: copies }),
      }),
    onSuccess: () => {
      onDone()
      onClose()
    },
  })
  return (
    <Dialog opened onClose={onClose} title={`Confirm for ${channel.channel.name}`} size={480}>
      <form
        className={keyClasses.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (reason.trim() !== '' && !confirm.isPending) confirm.mutate()
        }}
      >
        <p>You state that no copy is left in this channel. It can&apos;t be taken back, and it stands in the audit trail with your name.</p>
        <Textarea label="Reason" description="How you know it, and why the app did not confirm itself." autosize minRows={2} maxLength={2000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
        <TextInput type="datetime-local" label="Last copy removed" description="UTC; leave it empty for now." value={removedAt} onChange={(event) => setRemovedAt(event.currentTarget.value)} />
        <NumberInput label="Copies removed" description="If they were counted." min={0} max={1_000_000_000} allowDecimal={false} allowNegative={false} value={copies} onChange={(it) => setCopies(typeof it === 'number' ? it : '')} />
        {confirm.isError && <ErrorState error={confirm.error} kept="Nothing was confirmed." />}
        <div className={keyClasses.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={confirm.isPending && 'Confirming…'} disabledReason={reason.trim() === '' ? 'Say how you know first.' : undefined}>
            Confirm for the channel
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
