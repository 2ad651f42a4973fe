import { useId, type ButtonHTMLAttributes, type ReactNode } from 'react'

import classes from './Button.module.css'
import { Kbd } from './Kbd'

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  readonly variant?: 'default' | 'primary' | 'quiet' | 'danger'
  readonly size?: 'md' | 'lg'
  readonly icon?: ReactNode
  /** The key that does the same, shown as a hint. The key itself is bound with `useActions`. */
  readonly keys?: string
  /** What runs right now, for example `Signing…`. The width stays, and a second press does nothing. */
  readonly busy?: string | false
  /** Why it can't be pressed. The button keeps its focus and tells the reason instead of disappearing from the keyboard. */
  readonly disabledReason?: string | undefined
  readonly iconOnly?: boolean
}

/** The one button. A screen has at most one `primary`. */
export function Button({
  variant = 'default',
  size = 'md',
  icon,
  keys,
  busy = false,
  disabledReason,
  iconOnly = false,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const reasonId = useId()
  const inert = busy !== false || disabledReason !== undefined
  return (
    <button
      {...rest}
      type={type}
      className={[classes.button, classes[variant], size === 'lg' && classes.lg, iconOnly && classes.iconOnly, className]
        .filter(Boolean)
        .join(' ')}
      aria-disabled={inert || undefined}
      aria-busy={busy !== false || undefined}
      aria-describedby={disabledReason === undefined ? rest['aria-describedby'] : reasonId}
      title={disabledReason ?? rest.title}
      onClick={(event) => {
        if (inert) event.preventDefault()
        else onClick?.(event)
      }}
    >
      {busy !== false && (
        <span className={classes.over} role="status">
          {busy}
        </span>
      )}
      <span className={classes.content} data-hidden={busy !== false || undefined}>
        {icon}
        {children}
        {keys !== undefined && <Kbd keys={keys} />}
      </span>
      {disabledReason !== undefined && (
        <span id={reasonId} className="sr">
          {disabledReason}
        </span>
      )}
    </button>
  )
}
