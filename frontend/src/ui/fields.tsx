import { SegmentedControl, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useId, useRef, type ReactElement, type ReactNode, cloneElement } from 'react'

import { useActions } from './actions'
import classes from './fields.module.css'
import { Kbd } from './Kbd'

interface FormFieldProps {
  readonly label: string
  readonly help?: ReactNode
  /** What is wrong and how to put it right. Linked to the control, so that it is read aloud. */
  readonly error?: string | undefined
  /** Needed later, for example "needed for review": no red before someone submits. */
  readonly needed?: string | undefined
  /** One control; it receives id, aria-describedby and aria-invalid. */
  readonly children: ReactElement<{ id?: string; 'aria-describedby'?: string | undefined; 'aria-invalid'?: boolean | undefined }>
}

/** Label, control, help and message for a control that brings no label itself. Mantine's inputs bring their own. */
export function FormField({ label, help, error, needed, children }: FormFieldProps) {
  const id = useId()
  const describedBy = [help !== undefined && `${id}-help`, error !== undefined && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className={classes.field}>
      <label htmlFor={id} className={classes.label}>
        {label}
        {needed !== undefined && <span className="t3"> {needed}</span>}
      </label>
      {cloneElement(children, {
        id,
        'aria-describedby': describedBy === '' ? undefined : describedBy,
        'aria-invalid': error === undefined ? undefined : true,
      })}
      {help !== undefined && (
        <p id={`${id}-help`} className={classes.help}>
          {help}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} className={classes.message}>
          {error}
        </p>
      )}
    </div>
  )
}

interface SearchBoxProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly placeholder?: string
  /** Arrow down leaves the box for the list under it. */
  readonly onLeave?: () => void
  readonly note?: ReactNode
}

/** Search as you type. `/` puts the cursor in it, Escape empties it and then leaves it. */
export function SearchBox({ label, value, onChange, placeholder, onLeave, note }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null)
  useActions('Search', [{ label, keys: '/', run: () => input.current?.focus() }])
  return (
    <TextInput
      ref={input}
      type="search"
      className={classes.search ?? ''}
      aria-label={label}
      placeholder={placeholder ?? label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.preventDefault()
          if (value === '') event.currentTarget.blur()
          else onChange('')
        } else if (event.key === 'ArrowDown' && onLeave !== undefined) {
          event.preventDefault()
          event.currentTarget.blur()
          onLeave()
        }
      }}
      leftSection={<IconSearch size={14} stroke={1.5} aria-hidden="true" />}
      rightSection={note ?? <Kbd keys="/" />}
      rightSectionWidth="auto"
      rightSectionProps={{ className: classes.searchNote ?? '' }}
    />
  )
}

interface SegmentsProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: ReactNode }[]
  readonly onChange: (value: T) => void
}

/** One of a few, all visible: which view, which language. */
export function Segments<T extends string>({ label, value, options, onChange }: SegmentsProps<T>) {
  return <SegmentedControl<T> aria-label={label} value={value} onChange={onChange} data={options.map((it) => ({ ...it }))} />
}
