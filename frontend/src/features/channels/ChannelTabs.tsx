import { useNavigate } from '@tanstack/react-router'

import { Tabs } from '@/ui'

const TABS = [
  { key: '/channels', label: 'Content sets' },
  { key: '/channels/keys', label: 'Channels and keys' },
  { key: '/channels/webhooks', label: 'Webhooks' },
  { key: '/channels/recalls', label: 'Recalls' },
] as const

/** The views of the channels area. */
export function ChannelTabs({ current }: { readonly current: (typeof TABS)[number]['key'] }) {
  const navigate = useNavigate()
  return <Tabs label="Channel views" tabs={TABS} current={current} onChange={(key) => void navigate({ to: key as (typeof TABS)[number]['key'] })} />
}
