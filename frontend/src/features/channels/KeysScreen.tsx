import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { IconKey } from '@tabler/icons-react'
import { useState } from 'react'

import { useLabels } from '@/api/framework'
import { hasRole, usePerson } from '@/app/session'
import { Button, Chip, EmptyState, ErrorState, Facts, KeyBar, LoadingRows, PanelActions, PanelHead, PanelSection, Row, RowGroup, Rows, sayDate, sayMoment, SplitPage, useNow } from '@/ui'

import { channelsQuery, type ApiKey, type Channel } from './api'
import { CdnSection } from './CdnSection'
import { ChannelsBar } from './ChannelsBar'
import { IssueKeyDialog } from './IssueKeyDialog'
import { RevokeKeyDialog } from './RevokeKeyDialog'
import { RotateSecretDialog } from './RotateSecretDialog'
import { KeyBrandsDialog } from './KeyBrandsDialog'
import { keyState, sayBrands, sayScope } from './keyState'

const route = getRouteApi('/signed-in/channels/keys')
const COLUMNS = 'minmax(140px, 2fr) 116px minmax(0, 1fr) minmax(0, 1fr) 130px'
const MAY_NOT = 'Only channel managers and administrators issue and revoke keys.'

/** Which apps may read, what, and until when. */
export function KeysScreen() {
  const { key: chosenId } = route.useSearch()
  const navigate = useNavigate({ from: '/channels/keys' })
  const person = usePerson()
  const channels = useQuery(channelsQuery)
  const [dialog, setDialog] = useState<'issue' | 'revoke' | 'rotate' | 'brands' | null>(null)
  const mayManage = hasRole(person, 'channel-manager', 'administrator')
  const chosen = channels.data?.channels.flatMap((channel) => channel.keys.map((key) => ({ channel, key }))).find((it) => it.key.id === chosenId)
  const choose = (key: string) => void navigate({ search: { key }, replace: true })

  return (
    <>
      <ChannelsBar current="/channels/keys" group="Channels and keys" action="Issue a key" ready={channels.data !== undefined} disabledReason={mayManage ? undefined : MAY_NOT} onAct={() => setDialog('issue')} />
      <SplitPage
        panelLabel="Chosen key"
        panelWidth="380px"
        footer={<KeyBar hints={[{ keys: ['j', 'k'], label: 'move' }]} note="Secrets are shown once, when a key is issued; nobody can show them again." />}
        panel={
          chosen === undefined ? (
            <EmptyState icon={<IconKey size={18} stroke={1.5} />} title="Choose a key">
              Its scope, its end and how to revoke it stand here.
            </EmptyState>
          ) : (
            <KeyPanel channel={chosen.channel} apiKey={chosen.key} mayManage={mayManage} onRevoke={() => setDialog('revoke')} onRotate={() => setDialog('rotate')} onBrands={() => setDialog('brands')} />
          )
        }
      >
        {channels.isPending && <LoadingRows label="Loading channels and keys" />}
        {channels.isError && <ErrorState error={channels.error} onRetry={() => void channels.refetch()} />}
        {channels.data?.channels.length === 0 && <EmptyState title="There are no channels yet.">An administrator sets up channels; then their apps get keys here.</EmptyState>}
        {channels.data !== undefined && (
          <Rows label="Keys" selected={chosenId} onSelect={choose}>
            {channels.data.channels.map((channel) => (
              <RowGroup
                key={channel.id}
                title={channel.name}
                count={channel.keys.length}
                empty={<EmptyState title="No app can read this channel.">Issue a key for the app that shows its content.</EmptyState>}
              >
                {channel.keys.length === 0 ? null : channel.keys.map((key) => <KeyRow key={key.id} apiKey={key} />)}
              </RowGroup>
            ))}
          </Rows>
        )}
      </SplitPage>
      {dialog === 'issue' && <IssueKeyDialog channels={channels.data?.channels ?? []} channelId={chosen?.channel.id} onClose={() => setDialog(null)} />}
      {dialog === 'rotate' && chosen !== undefined && <RotateSecretDialog apiKey={chosen.key} onClose={() => setDialog(null)} />}
      {dialog === 'brands' && chosen !== undefined && <KeyBrandsDialog apiKey={chosen.key} onClose={() => setDialog(null)} />}
      {dialog === 'revoke' && chosen !== undefined && <RevokeKeyDialog apiKey={chosen.key} onClose={() => setDialog(null)} />}
    </>
  )
}

function KeyRow({ apiKey }: { readonly apiKey: ApiKey }) {
  const state = keyState(apiKey, useNow())
  const labels = useLabels()
  return (
    <Row id={apiKey.id} columns={COLUMNS}>
      <span className="clip m">{apiKey.name}</span>
      <span className="mono t2 clip">{apiKey.prefix}…</span>
      <span className="clip t2">{sayScope(apiKey.markets, 'every market')}</span>
      <span className="clip t2">{sayScope(apiKey.kinds.map(labels.kind), 'every kind')}</span>
      <span>
        <Chip tone={state.tone}>{state.words}</Chip>
      </span>
    </Row>
  )
}

interface KeyPanelProps {
  readonly channel: Channel
  readonly apiKey: ApiKey
  readonly mayManage: boolean
  readonly onRevoke: () => void
  readonly onRotate: () => void
  readonly onBrands: () => void
}

function KeyPanel({ channel, apiKey, mayManage, onRevoke, onRotate, onBrands }: KeyPanelProps) {
  const labels = useLabels()
  const state = keyState(apiKey, useNow())
  return (
    <>
      <PanelHead title={apiKey.name} eyebrow={<span>{channel.name}</span>}>
        <p style={{ marginTop: 6 }}>
          <Chip tone={state.tone}>{state.words}</Chip>
        </p>
      </PanelHead>
      <PanelSection title="May read">
        <Facts
          facts={[
            ['Markets', sayScope(apiKey.markets.map((it) => (it === '*' ? it : labels.market(it))), 'Every market')],
            ['Locales', sayScope(apiKey.locales, 'Every locale')],
            ['Kinds', sayScope(apiKey.kinds.map(labels.kind), 'Every kind')],
            ['Brands', sayBrands(apiKey.brands, labels.brand)],
            ['Explanations', apiKey.mayExplain ? 'Yes, with what was left out' : 'No'],
            ['The past', apiKey.mayTimeTravel ? 'Yes' : 'No, only what is current'],
          ]}
        />
      </PanelSection>
      <CdnSection channel={channel} mayNot={mayManage ? undefined : MAY_NOT} />
      <PanelSection title={apiKey.use === 'client' ? 'OAuth 2 client' : 'Key'} grow>
        <Facts
          facts={[
            ...(apiKey.use === 'client' ? [['Client id', <span key="id" className="mono">{apiKey.id}</span>] as const, ['Valid secrets', apiKey.secrets === 2 ? 'Two, until the next new one' : 'One'] as const] : []),
            ...(channel.limit === undefined ? [] : [['Limit', `${channel.limit.requests.toLocaleString('en-GB')} requests in ${channel.limit.windowSeconds} s`] as const]),
            ['Begins with', <span key="prefix" className="mono">{apiKey.prefix}…</span>],
            ['Expires', sayMoment(new Date(apiKey.expiresAt))],
            ...(apiKey.revokedAt === undefined ? [] : [['Revoked', sayMoment(new Date(apiKey.revokedAt))] as const]),
          ]}
        />
        <p className="f12 t3" style={{ marginTop: 8 }}>
          What lies beyond this scope reads as not found. It ends on {sayDate(new Date(apiKey.expiresAt))}; issue the next key before that, both work side by side.
        </p>
      </PanelSection>
      {apiKey.revokedAt === undefined && (
        <PanelActions>
          {apiKey.use === 'client' && (
            <Button size="lg" disabledReason={mayManage ? undefined : MAY_NOT} onClick={onRotate}>
              New secret…
            </Button>
          )}
          <Button size="lg" disabledReason={mayManage ? undefined : MAY_NOT} onClick={onBrands}>
            Brands…
          </Button>
          <Button variant="danger" size="lg" disabledReason={mayManage ? undefined : MAY_NOT} onClick={onRevoke}>
            Revoke…
          </Button>
        </PanelActions>
      )}
    </>
  )
}
