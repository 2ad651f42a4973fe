import { IconAlertTriangle, IconCheck, IconCloudOff, IconLoader2, IconPencil } from '@tabler/icons-react'

import { ago } from '@/content/times'
import { plural } from '@/content/words'
import { Button } from '@/ui'

import type { Desk } from './DraftDesk'
import classes from './editor.module.css'
import { useNow } from './useDesk'

const icon = { size: 14, stroke: 1.6, 'aria-hidden': true } as const

/** Where what is typed stands. The seconds tick silently; only a change of the state itself is read aloud. */
export function SaveState({ desk, onRetry, onConflict }: { readonly desk: Desk; readonly onRetry: () => void; readonly onConflict: () => void }) {
  const now = useNow(1_000)
  const { state } = desk
  switch (state.kind) {
    case 'saved':
      return (
        <span className={classes.save} title={`Revision ${desk.revision}, ${state.at.toLocaleString('en-GB')}`}>
          <IconCheck {...icon} className={classes.saveOk} />
          <span role="status" className="sr">
            Saved
          </span>
          <span aria-hidden="true">Saved {ago(state.at, now)}</span>
        </span>
      )
    case 'waiting':
      return (
        <span className={classes.save}>
          <IconPencil {...icon} />
          Kept on this device
        </span>
      )
    case 'saving':
      return (
        <span className={classes.save} role="status">
          <IconLoader2 {...icon} />
          Saving…
        </span>
      )
    case 'offline':
      return (
        <span className={classes.save} role="status" data-tone="warn">
          <IconCloudOff {...icon} />
          Offline, {plural(desk.changes, 'change')} kept
        </span>
      )
    case 'failed':
      return (
        <span className={classes.save} role="alert" data-tone="block" title={state.problem.detail ?? state.problem.title}>
          <IconAlertTriangle {...icon} />
          Not saved, kept on this device
          <Button variant="quiet" onClick={onRetry}>
            Retry
          </Button>
        </span>
      )
    case 'conflict':
      return (
        <span className={classes.save} role="alert" data-tone="warn">
          <IconAlertTriangle {...icon} />
          Somebody else saved; your text is kept
          <Button variant="quiet" onClick={onConflict}>
            Compare
          </Button>
        </span>
      )
  }
}
