import { showKeys } from './keys'
import classes from './Kbd.module.css'

/** A key hint beside what it does. Hidden from screen readers: the words next to it name the action. */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <kbd className={classes.kbd} aria-hidden="true">
      {showKeys(keys)}
    </kbd>
  )
}

/** One line of hints at the foot of a list, for example J K move, ⏎ open. */
export function KeyBar({ hints, note }: { readonly hints: readonly { keys: readonly string[]; label: string }[]; readonly note?: string }) {
  return (
    <div className={classes.bar}>
      {hints.map((hint) => (
        <span key={hint.label} className={classes.hint}>
          {hint.keys.map((it) => (
            <Kbd key={it} keys={it} />
          ))}
          {hint.label}
        </span>
      ))}
      {note !== undefined && <span className="end wide-only">{note}</span>}
    </div>
  )
}
