import { TextInput } from '@mantine/core'
import { useState } from 'react'

import { Button, PickPopover, sayMoment } from '@/ui'

import classes from './channels.module.css'

const KEY = /^[A-Za-z0-9][A-Za-z0-9._:~-]{7,199}$/

interface WhoPickerProps {
  /** Ids of items that count as seen. */
  readonly seen: readonly string[]
  readonly onForgetSeen: () => void
  /** Pseudonymous key of a reader whose history counts instead. */
  readonly seenBy: string | undefined
  readonly onSeenBy: (key: string | undefined) => void
}

/** What the reader has seen before: nothing, single items, or what the history of one reader says. */
export function WhoPicker({ seen, onForgetSeen, seenBy, onSeenBy }: WhoPickerProps) {
  const items = `${seen.length} ${seen.length === 1 ? 'item' : 'items'}`
  const shown = seenBy !== undefined ? "By the reader's history" : seen.length === 0 ? 'Nothing' : items
  return (
    <PickPopover label="Seen before" shown={shown} isDefault={seenBy === undefined && seen.length === 0} width={320}>
      {(close) => <WhoForm seen={seen} onForgetSeen={onForgetSeen} seenBy={seenBy} onSeenBy={onSeenBy} onDone={close} />}
    </PickPopover>
  )
}

function WhoForm({ seen, onForgetSeen, seenBy, onSeenBy, onDone }: WhoPickerProps & { readonly onDone: () => void }) {
  const [key, setKey] = useState(seenBy ?? '')
  const odd = key !== '' && !KEY.test(key)
  function forget() {
    onForgetSeen()
    onSeenBy(undefined)
    onDone()
  }
  return (
    <form
      className={classes.when}
      onSubmit={(event) => {
        event.preventDefault()
        if (odd || key === '') return
        onSeenBy(key)
        onDone()
      }}
    >
      <TextInput
        label="Reader's key"
        description="The pseudonym that the channel sends as seenBy."
        value={key}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        error={odd ? 'Use 8 to 200 letters, digits and . _ : ~ -, no name and no address.' : undefined}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      <p className="t3 f12">Or choose “Treat as seen” beside items of the set.</p>
      <div className={classes.whenActions}>
        {(seenBy !== undefined || seen.length > 0) && <Button onClick={forget}>{seenBy === undefined ? 'Nothing seen' : 'Forget the reader'}</Button>}
        <Button type="submit" variant="primary" disabledReason={odd ? 'Enter a pseudonymous key first.' : key === (seenBy ?? '') ? 'Enter another key first.' : undefined}>
          Use history
        </Button>
      </div>
    </form>
  )
}

interface WhenPickerProps {
  /** A past instant; undefined is now. */
  readonly at: string | undefined
  readonly onAt: (at: string | undefined) => void
}

/** The set as it is now, or as it was at an instant. */
export function WhenPicker({ at, onAt }: WhenPickerProps) {
  return (
    <PickPopover label="As of" shown={at === undefined ? 'Now' : sayMoment(new Date(at))} isDefault={false} accent={at !== undefined} width={260}>
      {(close) => (
        <div className={classes.when}>
          <TextInput
            type="datetime-local"
            label="As of (UTC)"
            step={1}
            value={at === undefined ? '' : at.slice(0, 19)}
            data-autofocus
            onChange={(event) => onAt(event.currentTarget.value === '' ? undefined : toInstant(event.currentTarget.value))}
          />
          <div className={classes.whenActions}>
            <Button
              disabledReason={at === undefined ? 'The set is as it is now.' : undefined}
              onClick={() => {
                onAt(undefined)
                close()
              }}
            >
              Back to now
            </Button>
          </div>
        </div>
      )}
    </PickPopover>
  )
}

// The control leaves seconds out where they are zero.
function toInstant(local: string): string {
  return `${local.length === 16 ? `${local}:00` : local.slice(0, 19)}Z`
}
