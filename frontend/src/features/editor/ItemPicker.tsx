import { useDebouncedValue } from '@mantine/hooks'
import { TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { Dialog, EmptyState, ErrorState, LoadingRows, StateMark } from '@/ui'

import { pickableItemsQuery, type ItemRow } from './api'
import classes from './editor.module.css'

interface ItemPickerProps {
  readonly title: string
  readonly types: readonly string[]
  readonly opened: boolean
  readonly onClose: () => void
  readonly onPick: (item: ItemRow) => void
}

/** Finds one item of some types. Typing searches, arrow down enters the list. */
export function ItemPicker({ title, types, opened, onClose, onPick }: ItemPickerProps) {
  const [words, setWords] = useState('')
  const [asked] = useDebouncedValue(words.trim(), 150)
  const found = useQuery({ ...pickableItemsQuery(types, asked), enabled: opened, placeholderData: keepPreviousData })
  return (
    <Dialog opened={opened} onClose={onClose} title={title} size={620}>
      <TextInput label="Search by words or key" data-autofocus value={words} onChange={(event) => setWords(event.currentTarget.value)} />
      <div className={classes.picks} aria-busy={found.isFetching}>
        {found.isPending && <LoadingRows label="Searching…" rows={5} />}
        {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
        {found.data?.items.length === 0 && <EmptyState title="Nothing found">Search by other words, or create the item in the library first.</EmptyState>}
        <ul>
          {found.data?.items.map((item) => (
            <li key={`${item.id}/${item.locale}`}>
              <button
                type="button"
                className={classes.pick}
                onClick={() => {
                  onPick(item)
                  setWords('')
                }}
              >
                <StateMark state={item.state} />
                <span className={classes.key}>{item.key}</span>
                <span className="grow clip">{item.title}</span>
                <span className="t3 f12">{item.locale}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}
