import { IconCircleCheck, IconCircleOff, IconFlag, IconPencil } from '@tabler/icons-react'

import { Chip } from '@/ui'

import type { BriefState } from './api'

const LOOKS = {
  open: { tone: 'accent', Icon: IconFlag, word: 'Open' },
  'in-work': { tone: 'warn', Icon: IconPencil, word: 'In work' },
  done: { tone: 'ok', Icon: IconCircleCheck, word: 'Done' },
  cancelled: { tone: 'plain', Icon: IconCircleOff, word: 'Cancelled' },
} as const satisfies Record<BriefState, object>

/** Where a brief stands; the icon says it without the colour. */
export function BriefStateChip({ state }: { readonly state: BriefState }) {
  const { tone, Icon, word } = LOOKS[state]
  return (
    <Chip tone={tone} icon={<Icon stroke={1.5} aria-hidden="true" />}>
      {word}
    </Chip>
  )
}

export function BriefMark({ state }: { readonly state: BriefState }) {
  const { Icon, word } = LOOKS[state]
  return <Icon size={16} stroke={1.5} role="img" aria-label={word} color={state === 'done' ? 'var(--ok-mark)' : state === 'in-work' ? 'var(--warn-mark)' : state === 'open' ? 'var(--accent-text)' : 'var(--text-3)'} />
}
