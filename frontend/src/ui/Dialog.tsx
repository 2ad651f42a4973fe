import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'

interface DialogProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly title: ReactNode
  readonly size?: number
  /** Whether the focus goes back to where it was; false where the screen sets it itself. */
  readonly returnFocus?: boolean
  readonly children: ReactNode
}

/** A window over the page. Escape closes it, focus goes back to where it was. */
export function Dialog({ opened, onClose, title, size = 560, returnFocus = true, children }: DialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={size} returnFocus={returnFocus}>
      {children}
    </Modal>
  )
}
