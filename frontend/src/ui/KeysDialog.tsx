import { Checkbox } from '@mantine/core'
import { Fragment } from 'react'

import { useRegistry, type Action } from './actions'
import { Dialog } from './Dialog'
import { Kbd } from './Kbd'
import classes from './KeysDialog.module.css'

/** All keys that work right now, grouped as they were registered. */
export function KeysDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const registry = useRegistry()
  const groups = new Map<string, Action[]>()
  for (const { group, actions } of registry.list()) {
    const withKeys = actions.filter((it) => it.keys !== undefined)
    if (withKeys.length > 0) groups.set(group, [...(groups.get(group) ?? []), ...withKeys])
  }
  return (
    <Dialog opened={opened} onClose={onClose} title="Keys" size={520}>
      {opened &&
        [...groups].map(([group, actions]) => (
          <section key={group} className={classes.group}>
            <h3>{group}</h3>
            <dl>
              {actions.map((action) => (
                <Fragment key={action.label}>
                  <dt>{action.label}</dt>
                  <dd>{keysOf(action)}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      <Checkbox
        data-autofocus
        size="xs"
        label="Single keys work while nobody types"
        description="Switch them off if your speech or assistive software presses keys by itself. Ctrl K and Ctrl Enter stay."
        checked={registry.singleKeys}
        onChange={(event) => registry.setSingleKeys(event.currentTarget.checked)}
      />
    </Dialog>
  )
}

function keysOf(action: Action) {
  const keys = typeof action.keys === 'string' ? [action.keys] : (action.keys ?? [])
  // The hints are drawn for the eye elsewhere; here they are the content, so they are read aloud.
  return keys.map((it) => (
    <span key={it}>
      <span className="sr">{it.replaceAll('+', ' ')}</span>
      <Kbd keys={it} />
    </span>
  ))
}
