import { useNavigate } from '@tanstack/react-router'

import { Tabs } from '@/ui'

const TABS = [
  { key: '/strategy', label: 'Framework matrix' },
  { key: '/strategy/objectives', label: 'Objectives' },
] as const

/** The views of the strategy area. */
export function StrategyTabs({ current }: { readonly current: (typeof TABS)[number]['key'] }) {
  const navigate = useNavigate()
  return <Tabs label="Strategy views" tabs={TABS} current={current} onChange={(key) => void navigate({ to: key as (typeof TABS)[number]['key'] })} />
}
