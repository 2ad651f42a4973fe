import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { marketsQuery, useLabels } from '@/api/framework'
import { Dialog, EmptyState, ErrorState, LoadingRows, StateMark } from '@/ui'

import { fittingItemsQuery, pickableItemsQuery, type ItemRow } from './api'
import classes from './editor.module.css'
import { byFit, type Candidate, type Wanted } from './fit'
import { PickList } from './PickList'

interface ItemPickerProps {
  readonly title: string
  readonly types: readonly string[]
  /** What the item should share with the document that will point to it. */
  readonly wanted: Omit<Wanted, 'markets'>
  readonly opened: boolean
  readonly returnFocus?: boolean
  readonly onClose: () => void
  readonly onPick: (item: ItemRow) => void
}

/** Finds one item of some types, those that fit the document first. */
export function ItemPicker(props: ItemPickerProps) {
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={props.title} size={620} returnFocus={props.returnFocus ?? true}>
      {props.opened && <Search {...props} />}
    </Dialog>
  )
}

function Search({ title, types, wanted, onPick }: ItemPickerProps) {
  const labels = useLabels()
  const [words, setWords] = useState('')
  const [asked] = useDebouncedValue(words.trim(), 150)
  const markets = useQuery(marketsQuery).data?.markets.filter((it) => it.locales.includes(wanted.locale)).map((it) => it.market) ?? []
  const fitting = useQuery({ ...fittingItemsQuery(types, asked, wanted), placeholderData: keepPreviousData })
  const all = useQuery({ ...pickableItemsQuery(types, asked), placeholderData: keepPreviousData })
  const candidates = byFit([...(fitting.data?.items ?? []), ...(all.data?.items ?? [])], { ...wanted, markets }, labels.brand, labels.kind)
  const firstOther = candidates.find((it) => it.against.length > 0)
  const failed = fitting.isError ? fitting : all.isError ? all : undefined
  const pending = fitting.isPending || all.isPending
  return (
    <PickList
      label="Search by words or key"
      listLabel={title}
      words={words}
      onWords={setWords}
      ready={asked === words.trim() && !fitting.isPlaceholderData && !all.isPlaceholderData && !pending}
      busy={fitting.isFetching || all.isFetching}
      options={candidates.map((candidate) => ({
        id: `${candidate.item.id}/${candidate.item.locale}`,
        line: candidate === firstOther ? 'These do not fit as they are' : undefined,
        quiet: candidate.against.length > 0,
        content: <Row candidate={candidate} markets={markets} />,
      }))}
      onPick={(id) => {
        const picked = candidates.find((it) => `${it.item.id}/${it.item.locale}` === id)
        if (picked !== undefined) onPick(picked.item)
      }}
    >
      {pending && <LoadingRows label="Searching…" rows={5} />}
      {failed !== undefined && <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />}
      {!pending && candidates.length === 0 && <EmptyState title="Nothing found">Search by other words, or create the item in the library first.</EmptyState>}
      {candidates.length > 0 && firstOther === candidates[0] && (
        <p className={classes.pickNote}>
          None is {labels.kind(wanted.kind).toLowerCase()}, {wanted.brand === undefined ? 'without a brand' : `of ${labels.brand(wanted.brand)}`} and in {wanted.locale}.
        </p>
      )}
    </PickList>
  )
}

function Row({ candidate: { item, against, approved }, markets }: { readonly candidate: Candidate; readonly markets: readonly string[] }) {
  return (
    <>
      <StateMark state={item.markets.find((it) => markets.includes(it.market))?.state ?? item.state} />
      <span className={classes.key}>{item.key}</span>
      <span className="grow clip" title={item.title}>
        {item.title}
      </span>
      <span className="t3 f12 nw">{against.length > 0 ? against.join(', ') : approved ? 'Approved' : 'Not approved yet'}</span>
    </>
  )
}
