import { Combobox, useCombobox } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'

import classes from './Picker.module.css'

export interface PickerOption {
  readonly value: string
  readonly label: string
  /** Steps to the right, for what lies under the option before it. */
  readonly depth?: number
  readonly note?: string | undefined
}

interface PickerProps {
  readonly label: string
  /** Undefined or a value without an option shows `none`. */
  readonly value: string | undefined
  readonly options: readonly PickerOption[]
  readonly onChange: (value: string | undefined) => void
  /** The words for no choice, for example "All brands". Without it one of the options is always chosen. */
  readonly none?: string | undefined
  /** The label stands beside the value, or above the control. */
  readonly layout?: 'beside' | 'above'
  readonly disabledReason?: string | undefined
}

const NONE = ''

/** One of many in the room of a button. Arrows open and move, Enter takes, Escape leaves. */
export function Picker({ label, value, options, onChange, none, layout = 'beside', disabledReason }: PickerProps) {
  const combobox = useCombobox({
    onDropdownClose: () => combobox.resetSelectedOption(),
    onDropdownOpen: () => combobox.updateSelectedOptionIndex('active'),
  })
  const chosen = options.find((it) => it.value === value)
  const shown = chosen?.label ?? (value === undefined || value === '' ? (none ?? 'Choose') : value)
  const all = none === undefined ? options : [{ value: NONE, label: none }, ...options]
  return (
    <Combobox
      store={combobox}
      position="bottom-start"
      width="max-content"
      shadow="md"
      onOptionSubmit={(next) => {
        onChange(next === NONE ? undefined : next)
        combobox.closeDropdown()
      }}
    >
      <div className={classes.field} data-layout={layout}>
        {layout === 'above' && (
          <span className={classes.above} aria-hidden="true">
            {label}
          </span>
        )}
        <Combobox.Target targetType="button">
          <button
            type="button"
            className={classes.pick}
            aria-label={`${label}: ${shown}`}
            aria-disabled={disabledReason === undefined ? undefined : true}
            title={disabledReason}
            onClick={() => disabledReason === undefined && combobox.toggleDropdown()}
            onBlur={() => combobox.closeDropdown()}
          >
            {layout === 'beside' && <span className={classes.beside}>{label}</span>}
            <span className={classes.value} data-none={chosen === undefined || undefined}>
              {shown}
            </span>
            <IconChevronDown size={12} stroke={1.75} aria-hidden="true" />
          </button>
        </Combobox.Target>
      </div>
      <Combobox.Dropdown className={classes.dropdown ?? ''}>
        <Combobox.Options className={classes.options ?? ''} aria-label={label}>
          {all.map((option) => {
            const active = option.value === (value ?? NONE)
            return (
              <Combobox.Option key={option.value} value={option.value} active={active} aria-selected={active} className={classes.option ?? ''}>
                <span style={{ paddingLeft: (option.depth ?? 0) * 14 }}>{option.label}</span>
                {option.note !== undefined && <span className="t3 f12">{option.note}</span>}
                {active && <IconCheck size={14} stroke={1.75} aria-hidden="true" className={classes.check} />}
              </Combobox.Option>
            )
          })}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
