import { TextInput } from '@mantine/core'
import { useId, useState, type ReactNode } from 'react'

import classes from './editor.module.css'

export interface PickOption {
  readonly id: string
  readonly content: ReactNode
  /** Words of a line above it: what comes from here on is of another sort. */
  readonly line?: string | undefined
  readonly quiet?: boolean
}

interface PickListProps {
  readonly label: string
  readonly listLabel: string
  readonly words: string
  readonly onWords: (words: string) => void
  readonly options: readonly PickOption[]
  /** False while the options belong to other words than those typed: Enter waits then. */
  readonly ready: boolean
  readonly busy?: boolean
  readonly onPick: (id: string) => void
  /** Above the list, in place of it or beside it. */
  readonly children?: ReactNode
}

/** Words to type and what they find. Arrows move, Enter takes: the first when nobody moved. */
export function PickList({ label, listLabel, words, onWords, options, ready, busy = false, onPick, children }: PickListProps) {
  const list = useId()
  const [at, setAt] = useState(0)
  const active = options[Math.min(at, options.length - 1)]
  return (
    <>
      <TextInput
        label={label}
        data-autofocus
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={active === undefined ? undefined : `${list}-${active.id}`}
        value={words}
        onChange={(event) => {
          onWords(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault()
            const next = Math.max(0, Math.min(options.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)))
            setAt(next)
            document.getElementById(`${list}-${options[next]?.id}`)?.scrollIntoView({ block: 'nearest' })
          }
          if (event.key === 'Enter') {
            event.preventDefault()
            if (ready && active !== undefined) onPick(active.id)
          }
        }}
      />
      <div className={classes.picks} aria-busy={busy}>
        {children}
        <div role="listbox" id={list} aria-label={listLabel}>
          {options.map((option) => (
            <div key={option.id} role="presentation">
              {option.line !== undefined && <p className={classes.pickLine}>{option.line}</p>}
              <div role="option" id={`${list}-${option.id}`} aria-selected={option === active} className={classes.pick} data-other={option.quiet || undefined} onClick={() => onPick(option.id)}>
                {option.content}
              </div>
            </div>
          ))}
        </div>
      </div>
    </>
  )
}
