import { Popover } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'

import classes from './Picker.module.css'

interface PickPopoverProps {
  readonly label: string
  /** What is chosen now, in words. */
  readonly shown: string
  /** Whether that is what stands there when nobody chooses. */
  readonly isDefault: boolean
  /** Marks what differs from the usual so much that nobody may overlook it. */
  readonly accent?: boolean
  /** CSS width of what opens. */
  readonly width: number
  readonly children: (close: () => void) => ReactNode
}

/** Looks like a `Picker` under its label and opens a few fields instead of a list. Escape closes it. */
export function PickPopover({ label, shown, isDefault, accent = false, width, children }: PickPopoverProps) {
  const [opened, setOpened] = useState(false)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={width} trapFocus returnFocus>
      <div className={classes.field} data-layout="above">
        <span className={classes.above} aria-hidden="true">
          {label}
        </span>
        <Popover.Target>
          <button type="button" className={classes.pick} data-accent={accent || undefined} aria-label={`${label}: ${shown}`} onClick={() => setOpened(!opened)}>
            <span className={classes.value} data-none={isDefault || undefined}>
              {shown}
            </span>
            <IconChevronDown size={12} stroke={1.75} aria-hidden="true" />
          </button>
        </Popover.Target>
      </div>
      <Popover.Dropdown aria-label={label}>{children(() => setOpened(false))}</Popover.Dropdown>
    </Popover>
  )
}
