import { IconChecklist, IconFileText, IconInbox, IconShare, IconShieldCheck, IconTargetArrow } from '@tabler/icons-react'

import type { NavItem } from '@/ui'

const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const

export const HOME: NavItem = { label: 'My work', to: '/', icon: <IconInbox {...icon} /> }

/** The line that runs through the product. A place appears here once it has a screen. */
export const THROUGHLINE: readonly NavItem[] = [
  { label: 'Strategy', to: '/strategy', icon: <IconTargetArrow {...icon} /> },
  { label: 'Content', to: '/content', icon: <IconFileText {...icon} /> },
  { label: 'Review', to: '/review', icon: <IconChecklist {...icon} /> },
  { label: 'Channels', to: '/channels', icon: <IconShare {...icon} /> },
]

/** Only for administrators. */
export const ADMINISTRATION: NavItem = { label: 'Administration', to: '/administration', icon: <IconShieldCheck {...icon} /> }
