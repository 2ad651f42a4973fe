import { TextInput } from '@mantine/core'
import { useState } from 'react'

import { Button } from '@/ui'

import classes from './channels.module.css'

interface WhenAndWhoProps {
  /** Pseudonymous key of a reader whose history counts. */
  readonly seenBy: string | undefined
  readonly onSeenBy: (key: string | undefined) => void
  /** A past instant; undefined is now. */
  readonly at: string | undefined
  readonly onAt: (at: string | undefined) => void
}

const KEY = /^[A-Za-z0-9][A-Za-z0-9._:~-]{7,199}$/

/** Whose history counts, and as of when: what one reader would get, and what channels got then. */
export function WhenAndWho({ seenBy, onSeenBy, at, onAt }: WhenAndWhoProps) {
  const [key, setKey] = useState(seenBy ?? '')
  const odd = key !== '' && !KEY.test(key)
  return (
    <form
      className={classes.when}
      aria-label="Reader and time"
      onSubmit={(event) => {
        event.preventDefault()
        if (!odd) onSeenBy(key === '' ? undefined : key)
      }}
    >
      <TextInput
        label="Reader's key"
        placeholder="Nobody in particular"
        className={classes.reader ?? ''}
        value={key}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        error={odd ? 'Use 8 to 200 letters, digits and . _ : ~ -, no name and no address.' : undefined}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      <Button type="submit" disabledReason={odd ? 'Enter a pseudonymous key first.' : key === (seenBy ?? '') ? 'Enter another key first.' : undefined}>
        Use history
      </Button>
      {seenBy !== undefined && (
        <Button
          onClick={() => {
            setKey('')
            onSeenBy(undefined)
          }}
        >
          Forget the reader
        </Button>
      )}
      <TextInput
        type="datetime-local"
        label="As of (UTC)"
        className={classes.asOf ?? ''}
        step={1}
        value={at === undefined ? '' : at.slice(0, 19)}
        onChange={(event) => onAt(event.currentTarget.value === '' ? undefined : toInstant(event.currentTarget.value))}
      />
      <Button disabledReason={at === undefined ? 'The set is as it is now.' : undefined} onClick={() => onAt(undefined)}>
        Now
      </Button>
    </form>
  )
}

// The control leaves seconds out where they are zero.
function toInstant(local: string): string {
  return `${local.length === 16 ? `${local}:00` : local.slice(0, 19)}Z`
}
