import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { IconEye } from '@tabler/icons-react'
import { useState } from 'react'

import { useLabels } from '@/api/framework'
import { hasRole, usePerson } from '@/app/session'
import { Button, Chip, EmptyState, ErrorState, Facts, KeyBar, LoadingRows, PanelActions, PanelHead, PanelSection, ReasonDialog, Row, RowGroup, Rows, sayMoment, SplitPage, useNow, useToast } from '@/ui'

import { channelsQuery, type Channel } from './api'
import { ChannelsBar } from './ChannelsBar'
import { IssuePreviewTokenDialog } from './IssuePreviewTokenDialog'
import { keyState, sayScope } from './keyState'
import { previewTokensKey, previewTokensQuery, revokePreviewToken, type PreviewToken } from './previewApi'

const route = getRouteApi('/signed-in/channels/previews')
const COLUMNS = 'minmax(140px, 1.2fr) 120px minmax(0, 1fr) minmax(0, 1fr) 150px'
const MAY_NOT = 'Only channel managers and administrators make and revoke preview tokens.'
// A token lives for 30 days at most: a warning over a month would always stand there.
const WARN_DAYS = 3

/** Who may look at what is not approved, in which channel's app, and until when. */
export function PreviewTokensScreen() {
  const { token: chosenId } = route.useSearch()
  const navigate = useNavigate({ from: '/channels/previews' })
  const person = usePerson()
  const channels = useQuery(channelsQuery)
  const tokens = useQuery(previewTokensQuery)
  const [dialog, setDialog] = useState<'issue' | 'revoke' | null>(null)
  const mayManage = hasRole(person, 'channel-manager', 'administrator')
  const chosen = tokens.data?.tokens.find((it) => it.id === chosenId)
  const failed = [channels, tokens].find((it) => it.isError)
  const known = channels.data !== undefined && tokens.data !== undefined

  return (
    <>
      <ChannelsBar current="/channels/previews" group="Preview tokens" action="Make a preview token" ready={channels.data !== undefined} disabledReason={mayManage ? undefined : MAY_NOT} onAct={() => setDialog('issue')} />
      <SplitPage
        panelLabel="Chosen preview token"
        panelWidth="380px"
        footer={<KeyBar hints={[{ keys: ['j', 'k'], label: 'move' }]} note="Tokens are shown once, when they are made. Those that ended stay listed for 90 days." />}
        panel={
          chosen === undefined ? (
            <EmptyState icon={<IconEye size={18} stroke={1.5} />} title="Choose a preview token">
              What it shows, whose eyes it has and how to revoke it stand here.
            </EmptyState>
          ) : (
            <TokenPanel token={chosen} channel={channels.data?.channels.find((it) => it.id === chosen.channelId)} mayManage={mayManage} onRevoke={() => setDialog('revoke')} />
          )
        }
      >
        {failed === undefined && !known && <LoadingRows label="Loading preview tokens" />}
        {failed !== undefined && <ErrorState error={failed.error} onRetry={() => void Promise.all([channels.refetch(), tokens.refetch()])} />}
        {known && channels.data.channels.length === 0 && <EmptyState title="There are no channels yet.">An administrator sets up channels; then their apps can be shown previews here.</EmptyState>}
        {known && (
          <Rows label="Preview tokens" selected={chosenId} onSelect={(token) => void navigate({ search: { token }, replace: true })}>
            {channels.data.channels.map((channel) => {
              const own = tokens.data.tokens.filter((it) => it.channelId === channel.id)
              return (
                <RowGroup key={channel.id} title={channel.name} count={own.length} empty={<EmptyState title="Nobody looks at drafts in this channel.">Make a token to see them in its app before they are approved.</EmptyState>}>
                  {own.length === 0 ? null : own.map((token) => <TokenRow key={token.id} token={token} />)}
                </RowGroup>
              )
            })}
          </Rows>
        )}
      </SplitPage>
      {dialog === 'issue' && <IssuePreviewTokenDialog channels={channels.data?.channels ?? []} channelId={chosen?.channelId} onClose={() => setDialog(null)} />}
      {dialog === 'revoke' && chosen !== undefined && <RevokeDialog token={chosen} onClose={() => setDialog(null)} />}
    </>
  )
}

function TokenRow({ token }: { readonly token: PreviewToken }) {
  const state = keyState(token, useNow(), WARN_DAYS)
  const labels = useLabels()
  return (
    <Row id={token.id} columns={COLUMNS}>
      <span className="clip m">{token.name}</span>
      <span className="mono t2 clip">{token.prefix}…</span>
      <span className="clip t2">{sayScope(token.markets, 'every market')}</span>
      <span className="clip t2">{sayScope(token.kinds.map(labels.kind), 'every kind')}</span>
      <span>
        <Chip tone={state.tone}>{state.words}</Chip>
      </span>
    </Row>
  )
}

interface TokenPanelProps {
  readonly token: PreviewToken
  readonly channel: Channel | undefined
  readonly mayManage: boolean
  readonly onRevoke: () => void
}

function TokenPanel({ token, channel, mayManage, onRevoke }: TokenPanelProps) {
  const labels = useLabels()
  const now = useNow()
  const state = keyState(token, now, WARN_DAYS)
  return (
    <>
      <PanelHead title={token.name} eyebrow={<span>{channel?.name}</span>}>
        <p style={{ marginTop: 6 }}>
          <Chip tone={state.tone}>{state.words}</Chip>
        </p>
      </PanelHead>
      <PanelSection title="Shows">
        <Facts
          facts={[
            ['Markets', sayScope(token.markets.map((it) => (it === '*' ? it : labels.market(it))), 'Every market')],
            ['Locales', sayScope(token.locales, 'Every locale')],
            ['Kinds', sayScope(token.kinds.map(labels.kind), 'Every kind')],
            ['As seen by', token.madeBy],
          ]}
        />
        <p className="f12 t3" style={{ marginTop: 8 }}>
          Drafts and newest versions that {token.madeBy} may see too, at the moment of looking. What lies beyond reads as not found.
        </p>
      </PanelSection>
      <PanelSection title="Token" grow>
        <Facts
          facts={[
            ['Begins with', <span key="prefix" className="mono">{token.prefix}…</span>],
            ['Opens', <span key="opens" className="mono">/preview/v1</span>],
            ['Expires', sayMoment(new Date(token.expiresAt))],
            ...(token.revokedAt === undefined ? [] : [['Revoked', sayMoment(new Date(token.revokedAt))] as const]),
          ]}
        />
      </PanelSection>
      {token.revokedAt === undefined && new Date(token.expiresAt) > now && (
        <PanelActions>
          <Button variant="danger" size="lg" disabledReason={mayManage ? undefined : MAY_NOT} onClick={onRevoke}>
            Revoke…
          </Button>
        </PanelActions>
      )}
    </>
  )
}

function RevokeDialog({ token, onClose }: { readonly token: PreviewToken; readonly onClose: () => void }) {
  const client = useQueryClient()
  const toast = useToast()
  async function revoke(reason: string) {
    await revokePreviewToken(token.id, reason)
    await client.invalidateQueries({ queryKey: previewTokensKey })
    toast({ message: `${token.name} was revoked` })
  }
  return (
    <ReasonDialog title={`Revoke ${token.name}`} action="Revoke the token" busy="Revoking…" danger kept="The token still works." onDo={revoke} onClose={onClose}>
      <p>
        Every app that uses <span className="mono">{token.prefix}…</span> sees nothing from its next request on. This can&apos;t be undone; a new token can be made.
      </p>
    </ReasonDialog>
  )
}
