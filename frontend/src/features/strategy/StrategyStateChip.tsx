import { IconCircleCheck, IconCircleDashed, IconCircleOff, IconClock, IconPlayerPlay } from '@tabler/icons-react'

import { Chip } from '@/ui'

import type { StrategyState } from './api'
import { STATE_WORDS } from './words'

const LOOKS = {
  draft: { tone: 'plain', Icon: IconCircleDashed },
  approved: { tone: 'accent', Icon: IconCircleCheck },
  scheduled: { tone: 'line', Icon: IconClock },
  active: { tone: 'ok', Icon: IconPlayerPlay },
  ended: { tone: 'plain', Icon: IconCircleOff },
} as const satisfies Record<StrategyState, object>

/** Where a version stands; the icon says it without the colour. */
export function StrategyStateChip({ state }: { readonly state: StrategyState }) {
  const { tone, Icon } = LOOKS[state]
  return (
    <Chip tone={tone} icon={<Icon stroke={1.5} aria-hidden="true" />}>
      {STATE_WORDS[state]}
    </Chip>
  )
}
