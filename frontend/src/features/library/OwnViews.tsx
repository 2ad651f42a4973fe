import { Popover, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'

import { Button, useToast } from '@/ui'

import classes from './Library.module.css'
import { FILTERS, type LibrarySearch, type LibraryView } from './search'

interface OwnViewsProps {
  readonly views: readonly LibraryView[]
  readonly current: LibraryView | undefined
  readonly search: LibrarySearch
  readonly onChange: (views: readonly LibraryView[]) => void
}

/** Beside the tabs: saves the chosen filters as a tab of one's own, or takes such a tab away. */
export function OwnViews({ views, current, search, onChange }: OwnViewsProps) {
  const [opened, setOpened] = useState(false)
  const [name, setName] = useState('')
  const toast = useToast()
  const own = views.find((it) => it.key === current?.key)
  if (own !== undefined) {
    return (
      <Button
        variant="quiet"
        iconOnly
        aria-label={`Remove the view ${own.label}`}
        title="Remove this view"
        icon={<IconX size={14} stroke={1.75} aria-hidden="true" />}
        onClick={() => {
          onChange(views.filter((it) => it.key !== own.key))
          toast({ message: `The view ${own.label} is removed.`, undo: () => onChange(views) })
        }}
      />
    )
  }
  // Filters of a view that is there already, or none at all, need no second tab.
  if (current !== undefined) return null
  const save = () => {
    const label = name.trim()
    if (label === '') return
    onChange([...views, { key: `own-${Date.now().toString(36)}`, label, filters: Object.fromEntries(FILTERS.flatMap((it) => (search[it] === undefined ? [] : [[it, search[it]]]))) }])
    setOpened(false)
    setName('')
  }
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={264} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="quiet" icon={<IconPlus size={14} stroke={1.75} aria-hidden="true" />} aria-haspopup="dialog" aria-expanded={opened} onClick={() => setOpened((it) => !it)}>
          Save view
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Save this view">
        <form
          className={classes.saveView}
          onSubmit={(event) => {
            event.preventDefault()
            save()
          }}
        >
          <TextInput label="Name of the view" description="These filters become a tab, on this device." maxLength={40} value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
          <Button type="submit" variant="primary" disabledReason={name.trim() === '' ? 'Name it first.' : undefined}>
            Save
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
