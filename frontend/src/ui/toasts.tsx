import { createContext, useCallback, useContext, useRef, useState, type ReactNode } from 'react'

import { Button } from './Button'
import classes from './toasts.module.css'

interface Toast {
  readonly message: string
  /** Offered for 10 seconds where the change can be undone. */
  readonly undo?: () => void
}

const ToastsContext = createContext<((toast: Toast) => void) | null>(null)

/** Short notes at the foot of the window. Never the only place where a failure is told. */
export function ToastsProvider({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly (Toast & { id: number })[]>([])
  const nextId = useRef(0)
  const remove = useCallback((id: number) => setToasts((all) => all.filter((it) => it.id !== id)), [])
  const show = useCallback(
    (toast: Toast) => {
      const id = nextId.current++
      setToasts((all) => [...all.slice(-2), { ...toast, id }])
      window.setTimeout(() => remove(id), toast.undo === undefined ? 5_000 : 10_000)
    },
    [remove],
  )
  return (
    <ToastsContext value={show}>
      {children}
      <div className={classes.toasts} role="status" aria-live="polite">
        {toasts.map((toast) => (
          <div key={toast.id} className={classes.toast}>
            <span>{toast.message}</span>
            {toast.undo !== undefined && (
              <Button
                onClick={() => {
                  toast.undo?.()
                  remove(toast.id)
                }}
              >
                Undo
              </Button>
            )}
          </div>
        ))}
      </div>
    </ToastsContext>
  )
}

export function useToast(): (toast: Toast) => void {
  const show = useContext(ToastsContext)
  if (show === null) throw new Error('useToast needs a ToastsProvider above it')
  return show
}
