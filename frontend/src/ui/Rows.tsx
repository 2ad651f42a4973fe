import { createContext, useContext, useId, useRef, type ReactNode } from 'react'

import { useActions } from './actions'
import classes from './Rows.module.css'

interface RowsContextValue {
  readonly selected: string | undefined
  readonly onSelect: (id: string) => void
  readonly onOpen: ((id: string) => void) | undefined
}

const RowsContext = createContext<RowsContextValue | null>(null)

interface RowsProps {
  readonly label: string
  readonly selected: string | undefined
  /** Called for a click and for J and K. Choosing never leaves the page; keep the id in the URL. */
  readonly onSelect: (id: string) => void
  /** Called for Enter and for a double click. */
  readonly onOpen?: (id: string) => void
  readonly children: ReactNode
}

/** A list with one selected row. J and K move, Enter opens, from wherever the focus is; arrows move inside the list. */
export function Rows({ label, selected, onSelect, onOpen, children }: RowsProps) {
  const container = useRef<HTMLDivElement>(null)

  function rows(): HTMLElement[] {
    return [...(container.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
  }

  function move(step: 1 | -1) {
    const all = rows()
    const at = all.findIndex((row) => row.dataset['row'] === selected)
    const next = all[at === -1 ? (step === 1 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)]
    choose(next)
  }

  function choose(row: HTMLElement | undefined) {
    const id = row?.dataset['row']
    if (row === undefined || id === undefined) return
    onSelect(id)
    row.focus({ preventScroll: true })
    row.scrollIntoView({ block: 'nearest' })
  }

  useActions(label, [
    { label: 'Next row', keys: 'j', palette: false, run: () => move(1) },
    { label: 'Previous row', keys: 'k', palette: false, run: () => move(-1) },
    {
      label: 'Open',
      keys: 'Enter',
      palette: false,
      disabled: onOpen === undefined || selected === undefined,
      run: () => selected !== undefined && onOpen?.(selected),
    },
  ])

  return (
    <RowsContext value={{ selected, onSelect, onOpen }}>
      <div
        ref={container}
        className={classes.rows}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey || !(event.target as HTMLElement).matches('[data-row]')) return
          const all = rows()
          const step = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Home: () => choose(all[0]), End: () => choose(all.at(-1)) }[event.key]
          if (step !== undefined) {
            event.preventDefault()
            step()
          }
        }}
      >
        {children}
      </div>
    </RowsContext>
  )
}

interface RowGroupProps {
  readonly title: string
  readonly count?: number
  readonly tone?: 'plain' | 'alert'
  readonly icon?: ReactNode
  /** At the right end of the header, for example the key that opens the next one. */
  readonly action?: ReactNode
  /** Between header and rows, for example a picture of them. */
  readonly before?: ReactNode
  /** Rows. Without any, give `empty`. */
  readonly children?: ReactNode
  readonly empty?: ReactNode
}

/** Rows under a heading of their own. */
export function RowGroup({ title, count, tone = 'plain', icon, action, before, children, empty }: RowGroupProps) {
  const id = useId()
  const hasRows = Array.isArray(children) ? children.length > 0 : children !== undefined && children !== null
  return (
    <section className={classes.group} aria-labelledby={id}>
      <SectionHeader id={id} title={title} tone={tone} {...(count === undefined ? {} : { count })} icon={icon} action={action} />
      {before}
      {hasRows ? (
        <div role="listbox" aria-labelledby={id}>
          {children}
        </div>
      ) : (
        empty
      )}
    </section>
  )
}

/** A list without groups. Only `Row`s belong in it. */
export function RowList({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div role="listbox" aria-label={label}>
      {children}
    </div>
  )
}

interface SectionHeaderProps {
  readonly id?: string
  readonly title: string
  readonly count?: number
  readonly tone?: 'plain' | 'alert'
  readonly icon?: ReactNode
  readonly action?: ReactNode
}

/** The band that parts a list. */
export function SectionHeader({ id, title, count, tone = 'plain', icon, action }: SectionHeaderProps) {
  return (
    <div className={classes.header} data-tone={tone}>
      {icon}
      <h2 id={id}>{title}</h2>
      {count !== undefined && <span className={classes.count}>{count}</span>}
      {action !== undefined && action !== null && <span className={classes.action}>{action}</span>}
    </div>
  )
}

interface RowProps {
  readonly id: string
  /** `grid-template-columns` of this row; a fraction and fixed widths keep columns under each other. */
  readonly columns: string
  readonly children: ReactNode
  readonly tall?: boolean
}

/** One row. Put no links or buttons in it, they belong in the panel beside the list; Enter opens the row. */
export function Row({ id, columns, children, tall = false }: RowProps) {
  const rows = useContext(RowsContext)
  if (rows === null) throw new Error('Row needs Rows above it')
  const selected = rows.selected === id
  return (
    <div
      role="option"
      aria-selected={selected}
      tabIndex={selected || rows.selected === undefined ? 0 : -1}
      data-row={id}
      data-tall={tall || undefined}
      className={classes.row}
      style={{ gridTemplateColumns: columns }}
      onClick={() => rows.onSelect(id)}
      onDoubleClick={() => rows.onOpen?.(id)}
    >
      {children}
    </div>
  )
}
