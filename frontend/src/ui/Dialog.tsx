import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'

interface DialogProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly title: ReactNode
  readonly size?: number
  readonly children: ReactNode
}

/** A window over the page. Escape closes it, focus goes back to where it was. */
export function Dialog({ opened, onClose, title, size = 560, children }: DialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={size}>
      {children}
    </Modal>
  )
}
