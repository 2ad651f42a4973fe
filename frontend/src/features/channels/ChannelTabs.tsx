import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'

import { Tabs } from '@/ui'

import { openRecallsQuery } from './recallApi'

const TABS = [
  { key: '/channels', label: 'Content sets' },
  { key: '/channels/keys', label: 'Channels and keys' },
  { key: '/channels/previews', label: 'Preview tokens' },
  { key: '/channels/webhooks', label: 'Webhooks' },
  { key: '/channels/recalls', label: 'Recalls' },
] as const

/** The views of the channels area; open recalls are counted where everybody passes. */
export function ChannelTabs({ current }: { readonly current: (typeof TABS)[number]['key'] }) {
  const navigate = useNavigate()
  const { data: open = 0 } = useQuery(openRecallsQuery)
  const tabs = TABS.map((it) => (it.key === '/channels/recalls' && open > 0 ? { ...it, count: open, alert: true } : it))
  return <Tabs label="Channel views" tabs={tabs} current={current} onChange={(key) => void navigate({ to: key as (typeof TABS)[number]['key'] })} />
}
