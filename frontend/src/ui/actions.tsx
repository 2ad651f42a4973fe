import { createContext, useCallback, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react'

import { matchesKeys } from './keys'

/** Something a person can do on this screen: by its keys, and by its name in the command palette. */
export interface Action {
  /** The words in the palette and in the list of keys. */
  readonly label: string
  /** For example `j`, `Enter`, `mod+Enter`, `?`; several mean any of them. `mod` is Ctrl, on a Mac also Cmd. */
  readonly keys?: string | readonly string[]
  readonly run: (event?: KeyboardEvent) => void
  readonly icon?: ReactNode
  /** Movement is of no use in the palette. */
  readonly palette?: boolean
  /** Also works while someone types. Keys with `mod` always do. */
  readonly whileTyping?: boolean
  readonly disabled?: boolean
}

interface Registration {
  group: string
  actions: readonly Action[]
}

type Register = (registration: Registration) => () => void

interface Registry {
  readonly list: () => readonly Registration[]
  readonly version: number
  readonly singleKeys: boolean
  readonly setSingleKeys: (on: boolean) => void
}

// Two contexts: whoever registers must not render again because somebody else did.
const RegisterContext = createContext<Register | null>(null)
const RegistryContext = createContext<Registry | null>(null)
const SINGLE_KEYS = 'throughline-single-keys'

/** Holds the actions of everything on screen and listens to the keyboard once for all of them. */
export function ActionsProvider({ children }: { readonly children: ReactNode }) {
  const registrations = useRef<Registration[]>([])
  const [version, setVersion] = useState(0)
  const [singleKeys, setSingleKeys] = useState(() => window.localStorage.getItem(SINGLE_KEYS) !== 'off')

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing) return
      const typing = isTyping(event.target)
      const dialogOpen = document.querySelector('[role="dialog"][aria-modal="true"]') !== null
      // What was registered last is nearest to the person, so it is asked first.
      for (const { actions } of [...registrations.current].reverse()) {
        for (const action of actions) {
          const keys = asList(action.keys).find((it) => matchesKeys(event, it))
          if (keys === undefined || action.disabled) continue
          const withModifier = keys.includes('mod+')
          if (typing && !withModifier && !action.whileTyping) continue
          if (dialogOpen && !withModifier) continue
          if (!singleKeys && keys.length === 1) continue
          // Enter on a focused button or link is that button's, never the screen's.
          if (keys === 'Enter' && isPressable(event.target)) continue
          event.preventDefault()
          action.run(event)
          return
        }
      }
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [singleKeys])

  const register = useCallback<Register>((registration) => {
    registrations.current.push(registration)
    setVersion((it) => it + 1)
    return () => {
      registrations.current = registrations.current.filter((it) => it !== registration)
      setVersion((it) => it + 1)
    }
  }, [])
  const registry = useMemo<Registry>(
    () => ({
      list: () => registrations.current,
      version,
      singleKeys,
      setSingleKeys(on) {
        window.localStorage.setItem(SINGLE_KEYS, on ? 'on' : 'off')
        setSingleKeys(on)
      },
    }),
    [version, singleKeys],
  )
  return (
    <RegisterContext value={register}>
      <RegistryContext value={registry}>{children}</RegistryContext>
    </RegisterContext>
  )
}

/** Offers actions for as long as the calling part is on screen. `group` heads them in the palette and in the keys. */
export function useActions(group: string, actions: readonly Action[]): void {
  const register = useContext(RegisterContext)
  if (register === null) throw new Error('useActions needs an ActionsProvider above it')
  const registration = useRef<Registration>({ group, actions })
  // The newest closures answer, without registering again at every render.
  useLayoutEffect(() => {
    registration.current.group = group
    registration.current.actions = actions
  })
  useEffect(() => register(registration.current), [register])
}

export function useRegistry(): Registry {
  const registry = useContext(RegistryContext)
  if (registry === null) throw new Error('useRegistry needs an ActionsProvider above it')
  return registry
}

function asList(keys: Action['keys']): readonly string[] {
  return keys === undefined ? [] : typeof keys === 'string' ? [keys] : keys
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
}

function isPressable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a[href], summary, [role="button"], [role="tab"]') !== null
}
