import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'

import classes from './Chip.module.css'

interface ChipProps {
  readonly children: ReactNode
  readonly tone?: 'plain' | 'line' | 'accent' | 'ok' | 'warn' | 'block'
  readonly icon?: ReactNode
  readonly mono?: boolean
  readonly title?: string
}

/** A short fact beside something: a kind, a number, a rule. */
export function Chip({ children, tone = 'plain', icon, mono = false, title }: ChipProps) {
  return (
    <span className={classes.chip} data-tone={tone} data-mono={mono || undefined} title={title}>
      {icon}
      {children}
    </span>
  )
}

/** Why something is here (or is not): words first, the code in the title for people who quote it. */
export function ReasonChip({ code, children, ...rest }: ChipProps & { readonly code: string }) {
  return (
    <Chip {...rest} title={code}>
      {children}
    </Chip>
  )
}

/** A chosen value that can be taken away again. */
export function RemovableChip({ label, onRemove }: { readonly label: string; readonly onRemove: () => void }) {
  return (
    <span className={classes.removable}>
      {label}
      <button type="button" className={classes.remove} aria-label={`Remove ${label}`} onClick={onRemove}>
        <IconX size={12} stroke={1.75} aria-hidden="true" />
      </button>
    </span>
  )
}

/** Two letters for a person; the name stands beside it or in the title. */
export function Avatar({ name, initials }: { readonly name: string; readonly initials?: string }) {
  const letters =
    initials ??
    name
      .split(/\s+/)
      .filter((part) => !part.endsWith('.'))
      .map((part) => part.charAt(0))
      .slice(0, 2)
      .join('')
  const tone = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 4
  return (
    <span className={classes.avatar} data-tone={tone} title={name} aria-hidden="true">
      {letters}
    </span>
  )
}
