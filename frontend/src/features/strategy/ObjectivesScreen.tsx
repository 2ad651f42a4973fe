import { TopBar } from '@/ui'

import { StrategyTabs } from './StrategyTabs'

export function ObjectivesScreen() {
  return <TopBar title="Strategy" tabs={<StrategyTabs current="/strategy/objectives" />} />
}
