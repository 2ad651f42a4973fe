import { Modal } from '@mantine/core'
import { IconCornerDownLeft, IconSearch } from '@tabler/icons-react'
import { useEffect, useId, useRef, useState, type ReactNode } from 'react'

import { useRegistry } from './actions'
import { Kbd } from './Kbd'
import classes from './Palette.module.css'

/** One line of the palette. */
export interface Command {
  readonly id: string
  readonly label: string
  readonly group: string
  readonly icon?: ReactNode
  readonly keys?: string | undefined
  readonly detail?: string | undefined
  readonly run: () => void
}

interface PaletteProps {
  readonly opened: boolean
  readonly onClose: () => void
  /** What can be looked up beyond commands, for example items by their words. Debounced here; an abort ends the request. */
  readonly find?: (words: string, signal: AbortSignal) => Promise<readonly Command[]>
}

/** Go somewhere, run something, find something; by typing. */
export function Palette({ opened, onClose, find }: PaletteProps) {
  return (
    <Modal.Root opened={opened} onClose={onClose} size={620} yOffset="12vh" radius="md" lockScroll={false} transitionProps={{ duration: 90 }}>
      <Modal.Overlay className={classes.overlay ?? ''} />
      <Modal.Content aria-label="Search or run" className={classes.content ?? ''}>
        {opened && <PaletteBody onClose={onClose} {...(find === undefined ? {} : { find })} />}
      </Modal.Content>
    </Modal.Root>
  )
}

function PaletteBody({ onClose, find }: Omit<PaletteProps, 'opened'>) {
  const registry = useRegistry()
  const listId = useId()
  const list = useRef<HTMLDivElement>(null)
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const found = useFound(words, find)

  const commands = registry.list().flatMap(({ group, actions }) =>
    actions
      .filter((it) => it.palette !== false && it.disabled !== true)
      .map((action): Command => ({
        id: `${group}/${action.label}`,
        label: action.label,
        group,
        icon: action.icon,
        keys: typeof action.keys === 'string' ? action.keys : action.keys?.[0],
        run: () => action.run(),
      })),
  )
  const shown = [...commands.filter((it) => matches(it, words)), ...found.commands]
  const current = Math.min(at, Math.max(shown.length - 1, 0))

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [current])

  function run(command: Command | undefined) {
    if (command === undefined) return
    onClose()
    command.run()
  }

  return (
    <div className={classes.palette}>
      <div className={classes.head}>
        <IconSearch size={16} stroke={1.5} aria-hidden="true" />
        <input
          data-autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={shown.length > 0 ? `${listId}-${current}` : undefined}
          aria-label="Search or run"
          placeholder="Go to, run or find…"
          value={words}
          onChange={(event) => {
            setWords(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
              event.preventDefault()
              const step = event.key === 'ArrowDown' ? 1 : -1
              setAt((current + step + shown.length) % Math.max(shown.length, 1))
            } else if (event.key === 'Enter') {
              event.preventDefault()
              run(shown[current])
            }
          }}
        />
        <Kbd keys="Escape" />
      </div>
      <div id={listId} ref={list} role="listbox" aria-label="Results" className={classes.list}>
        {shown.map((command, index) => (
          <div key={command.id} role="presentation">
            {command.group !== shown[index - 1]?.group && (
              <div className={classes.group} role="presentation">
                {command.group}
              </div>
            )}
            <div
              role="option"
              id={`${listId}-${index}`}
              aria-selected={index === current}
              className={classes.command}
              onMouseMove={() => setAt(index)}
              onClick={() => run(command)}
            >
              {command.icon}
              <span className="clip">{command.label}</span>
              {command.detail !== undefined && <span className="t3 f12 clip">{command.detail}</span>}
              <span className="end row">{command.keys === undefined ? index === current && <IconCornerDownLeft size={14} stroke={1.5} aria-hidden="true" /> : <Kbd keys={command.keys} />}</span>
            </div>
          </div>
        ))}
      </div>
      <p className={classes.foot} role="status">
        {found.failed !== undefined
          ? found.failed
          : found.searching
            ? 'Searching…'
            : shown.length === 0
              ? 'Nothing fits. Try fewer words.'
              : `${shown.length} ${shown.length === 1 ? 'result' : 'results'}`}
      </p>
    </div>
  )
}

function matches(command: Command, words: string): boolean {
  const text = `${command.label} ${command.group}`.toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

function useFound(words: string, find: PaletteProps['find']) {
  const [state, setState] = useState<{ commands: readonly Command[]; searching: boolean; failed?: string }>({ commands: [], searching: false })
  useEffect(() => {
    if (find === undefined || words.trim().length < 2) {
      setState({ commands: [], searching: false })
      return
    }
    const abort = new AbortController()
    setState((it) => ({ commands: it.commands, searching: true }))
    const timer = window.setTimeout(() => {
      find(words.trim(), abort.signal).then(
        (commands) => setState({ commands, searching: false }),
        () => {
          if (!abort.signal.aborted) setState({ commands: [], searching: false, failed: 'Content could not be searched; commands still work.' })
        },
      )
    }, 120)
    return () => {
      window.clearTimeout(timer)
      abort.abort()
    }
  }, [words, find])
  return state
}
