import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'

import { Button, Chip, EmptyState, ErrorState, KeyBar, LoadingRows, Row, RowGroup, Rows, sayDate, SplitPage, StateMark, TopBar, useNow } from '@/ui'

import { ChannelTabs } from './ChannelTabs'
import { recallsQuery, type Recall } from './recallApi'
import classes from './recalls.module.css'
import { sayWait } from './webhookWords'

const route = getRouteApi('/signed-in/channels/recalls')
const COLUMNS = '16px 84px minmax(0, 1fr) 110px 190px 150px'

/** Withdrawals that channels have to confirm: what is still open stands first. */
export function RecallsScreen() {
  const { recall: chosen } = route.useSearch()
  const navigate = useNavigate({ from: '/channels/recalls' })
  const recalls = useInfiniteQuery(recallsQuery)
  const all = recalls.data?.pages.flatMap((it) => it.recalls) ?? []
  const open = all.filter((it) => it.state === 'open')
  const ended = all.filter((it) => it.state !== 'open')
  const go = (id: string) => void navigate({ to: '/channels/recalls/$recallId', params: { recallId: id } })
  return (
    <>
      <TopBar title="Channels" tabs={<ChannelTabs current="/channels/recalls" />} />
      <SplitPage
        footer={
          <KeyBar
            hints={[
              { keys: ['j', 'k'], label: 'move' },
              { keys: ['Enter'], label: 'open' },
            ]}
            note="A withdrawal opens a recall for every channel that could have the content."
          />
        }
      >
        {recalls.isPending && <LoadingRows label="Loading recalls" />}
        {recalls.isError && <ErrorState error={recalls.error} onRetry={() => void recalls.refetch()} {...(recalls.data === undefined ? {} : { kept: 'What you see below may be old.' })} />}
        {recalls.data !== undefined && (
          <Rows label="Recalls" selected={chosen ?? open[0]?.id ?? ended[0]?.id} onSelect={(id) => void navigate({ search: { recall: id }, replace: true })} onOpen={go}>
            <RowGroup title="Not confirmed by every channel" count={open.length} tone={open.length > 0 ? 'alert' : 'plain'} empty={<EmptyState title="No recall is open.">Every withdrawal was confirmed by the channels that could have the content, or closed.</EmptyState>}>
              {open.length === 0 ? null : open.map((it) => <RecallRow key={it.id} recall={it} onOpen={go} />)}
            </RowGroup>
            {ended.length > 0 && (
              <RowGroup title="Ended" count={ended.length}>
                {ended.map((it) => (
                  <RecallRow key={it.id} recall={it} onOpen={go} />
                ))}
              </RowGroup>
            )}
          </Rows>
        )}
        {recalls.hasNextPage && (
          <div className={classes.more}>
            <Button busy={recalls.isFetchingNextPage && 'Loading…'} onClick={() => void recalls.fetchNextPage()}>
              Show older ones
            </Button>
          </div>
        )}
      </SplitPage>
    </>
  )
}

function RecallRow({ recall, onOpen }: { readonly recall: Recall; readonly onOpen: (id: string) => void }) {
  const now = useNow()
  const missing = recall.channels - recall.confirmed
  return (
    <Row id={recall.id} columns={COLUMNS}>
      <StateMark state="withdrawn" />
      <span className="mono t2 f12">{recall.item.key}</span>
      {/* the pointer's short way; with keys it is Enter. The row must not hear of it: it would choose itself and stay. */}
      <span
        className={`clip m ${classes.title ?? ''}`}
        onClick={(event) => {
          event.stopPropagation()
          onOpen(recall.id)
        }}
      >
        {recall.item.title}
      </span>
      <span className="clip t2">{recall.markets.join(', ')}</span>
      <span>
        {recall.state === 'open' ? (
          <Chip tone="block">
            {missing} of {recall.channels} not confirmed
          </Chip>
        ) : recall.state === 'complete' ? (
          <Chip tone="ok">All {recall.channels} confirmed</Chip>
        ) : (
          <Chip tone="warn">Closed, {missing} not confirmed</Chip>
        )}
      </span>
      <span className="t2 nw">{recall.state === 'open' ? `for ${sayWait(new Date(recall.withdrawnAt), now)}` : recall.endedAt === undefined ? '' : sayDate(new Date(recall.endedAt))}</span>
    </Row>
  )
}
