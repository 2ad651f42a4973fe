import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'

import { briefCountQuery } from '@/api/briefs'
import { Tabs } from '@/ui'

const TABS = [
  { key: '/strategy', label: 'Framework matrix' },
  { key: '/strategy/strategies', label: 'Strategies' },
  { key: '/strategy/objectives', label: 'Objectives' },
  { key: '/strategy/briefs', label: 'Briefs' },
  { key: '/strategy/compare', label: 'Compare' },
  { key: '/strategy/overlaps', label: 'Overlaps' },
  { key: '/strategy/needs', label: 'Needs' },
] as const

type StrategyView = (typeof TABS)[number]['key']

/** The views of the strategy area. */
export function StrategyTabs({ current }: { readonly current: StrategyView }) {
  const navigate = useNavigate()
  const briefs = useQuery(briefCountQuery).data
  return (
    <Tabs
      label="Strategy views"
      tabs={TABS.map((it) => (it.key === '/strategy/briefs' ? { ...it, count: briefs } : it))}
      current={current}
      onChange={(key) => void navigate({ to: key as StrategyView })}
    />
  )
}
