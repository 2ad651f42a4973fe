import { useDebouncedValue } from '@mantine/hooks'
import { TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'

import { marketsQuery, useLabels } from '@/api/framework'
import { Dialog, EmptyState, ErrorState, LoadingRows, StateMark } from '@/ui'

import { fittingItemsQuery, pickableItemsQuery, type ItemRow } from './api'
import classes from './editor.module.css'
import { byFit, type Candidate, type Wanted } from './fit'

interface ItemPickerProps {
  readonly title: string
  readonly types: readonly string[]
  /** What the item should share with the document that will point to it. */
  readonly wanted: Omit<Wanted, 'markets'>
  readonly opened: boolean
  readonly onClose: () => void
  readonly onPick: (item: ItemRow) => void
}

/** Finds one item of some types, those that fit the document first. Typing searches, arrows move, Enter takes. */
export function ItemPicker(props: ItemPickerProps) {
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={props.title} size={620}>
      {props.opened && <Search {...props} />}
    </Dialog>
  )
}

function Search({ title, types, wanted, onPick }: ItemPickerProps) {
  const labels = useLabels()
  const list = useId()
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const [asked] = useDebouncedValue(words.trim(), 150)
  const markets = useQuery(marketsQuery).data?.markets.filter((it) => it.locales.includes(wanted.locale)).map((it) => it.market) ?? []
  const fitting = useQuery({ ...fittingItemsQuery(types, asked, wanted), placeholderData: keepPreviousData })
  const all = useQuery({ ...pickableItemsQuery(types, asked), placeholderData: keepPreviousData })
  const candidates = byFit([...(fitting.data?.items ?? []), ...(all.data?.items ?? [])], { ...wanted, markets }, labels.brand, labels.kind)
  const firstOther = candidates.findIndex((it) => it.against.length > 0)
  const failed = fitting.isError ? fitting : all.isError ? all : undefined
  const pending = fitting.isPending || all.isPending
  const active = candidates[Math.min(at, candidates.length - 1)]
  // What stands there for the words before must not be taken for these.
  const isAnswered = asked === words.trim() && !fitting.isPlaceholderData && !all.isPlaceholderData && !pending
  return (
    <>
      <TextInput
        label="Search by words or key"
        data-autofocus
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={active === undefined ? undefined : optionId(list, active)}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault()
            const next = Math.max(0, Math.min(candidates.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)))
            setAt(next)
            const target = candidates[next]
            if (target !== undefined) document.getElementById(optionId(list, target))?.scrollIntoView({ block: 'nearest' })
          }
          if (event.key === 'Enter') {
            event.preventDefault()
            if (isAnswered && active !== undefined) onPick(active.item)
          }
        }}
      />
      <div className={classes.picks} aria-busy={fitting.isFetching || all.isFetching}>
        {pending && <LoadingRows label="Searching…" rows={5} />}
        {failed !== undefined && <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />}
        {!pending && candidates.length === 0 && <EmptyState title="Nothing found">Search by other words, or create the item in the library first.</EmptyState>}
        {candidates.length > 0 && firstOther === 0 && (
          <p className={classes.pickNote}>
            None is {labels.kind(wanted.kind).toLowerCase()}, {wanted.brand === undefined ? 'without a brand' : `of ${labels.brand(wanted.brand)}`} and in {wanted.locale}.
          </p>
        )}
        <div role="listbox" id={list} aria-label={title}>
          {candidates.map((candidate, index) => (
            <div key={`${candidate.item.id}/${candidate.item.locale}`} role="presentation">
              {index === firstOther && <p className={classes.pickLine}>These do not fit as they are</p>}
              <div
                role="option"
                id={optionId(list, candidate)}
                aria-selected={candidate === active}
                className={classes.pick}
                data-other={candidate.against.length > 0 || undefined}
                onClick={() => onPick(candidate.item)}
              >
                <StateMark state={candidate.item.markets.find((it) => markets.includes(it.market))?.state ?? candidate.item.state} />
                <span className={classes.key}>{candidate.item.key}</span>
                <span className="grow clip" title={candidate.item.title}>
                  {candidate.item.title}
                </span>
                <span className="t3 f12 nw">{candidate.against.length > 0 ? candidate.against.join(', ') : candidate.approved ? 'Approved' : 'Not approved yet'}</span>
              </div>
            </div>
          ))}
        </div>
      </div>
    </>
  )
}

function optionId(list: string, { item }: Candidate): string {
  return `${list}-${item.id}-${item.locale}`
}
