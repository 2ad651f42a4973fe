import { NativeSelect } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'

import type { Problem } from '@/api/client'
import { marketsQuery, vocabulariesQuery } from '@/api/framework'
import { usePerson } from '@/app/session'
import { language, sourceName } from '@/content/copies'
import { Button, Dialog, ErrorState } from '@/ui'

import { itemsKey, startDraft, type Draft, type ItemDetail } from './api'
import classes from './editor.module.css'
import { localesToOffer, sourcesFor } from './newLocale'

interface NewLocaleDialogProps {
  readonly item: ItemDetail
  /** The locale that is open: the source that is offered first. */
  readonly from: string
  readonly onClose: () => void
}

/** Begins another language of an item as a copy of one that is there. */
export function NewLocaleDialog({ item, from, onClose }: NewLocaleDialogProps) {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const vocabularies = useQuery(vocabulariesQuery)
  const markets = useQuery(marketsQuery)
  const mine = usePerson().markets
  const offered = localesToOffer(
    vocabularies.data?.schemes.find((it) => it.scheme === 'locales')?.concepts ?? [],
    item.locales.map((it) => it.locale),
    markets.data?.markets ?? [],
    mine,
  )
  const [locale, setLocale] = useState('')
  const [source, setSource] = useState('')
  const wanted = offered.find((it) => it.locale === locale) ?? offered[0]
  const sources = sourcesFor(item, wanted?.locale ?? '', from)
  const chosen = sources.find((it) => it.key === source) ?? sources[0]
  const start = useMutation<Draft, Problem>({
    mutationFn: () =>
      startDraft(item.id, {
        locale: wanted?.locale ?? '',
        ...(chosen === undefined ? {} : { fromLocale: chosen.locale, ...(chosen.version === undefined ? {} : { fromVersion: chosen.version }) }),
      }),
    onSuccess: async (draft) => {
      await queryClient.invalidateQueries({ queryKey: itemsKey })
      await navigate({ to: '/content/$itemId', params: { itemId: item.key }, search: { locale: draft.locale } })
      onClose()
    },
  })
  const waiting = vocabularies.isPending || markets.isPending
  const own = offered.filter((it) => it.own)
  const others = offered.filter((it) => !it.own)
  const option = (it: (typeof offered)[number]) => ({ value: it.locale, label: it.markets === '' ? it.label : `${it.label}, for ${it.markets}` })
  return (
    <Dialog opened onClose={onClose} title="New locale">
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (wanted !== undefined && !start.isPending) start.mutate()
        }}
      >
        {vocabularies.isError && <ErrorState error={vocabularies.error} onRetry={() => void vocabularies.refetch()} />}
        {markets.isError && <ErrorState error={markets.error} onRetry={() => void markets.refetch()} />}
        <NativeSelect
          label="Locale"
          data-autofocus
          data={own.length === 0 || others.length === 0 ? offered.map(option) : [
            { group: 'Your markets', items: own.map(option) },
            { group: 'Other markets', items: others.map(option) },
          ]}
          value={wanted?.locale ?? ''}
          onChange={(event) => setLocale(event.currentTarget.value)}
          {...(!waiting && offered.length === 0 ? { error: 'The item has a text in every locale already.' } : {})}
        />
        <NativeSelect
          label="Copy from"
          data={sources.map((it) => ({ value: it.key, label: it.label }))}
          value={chosen?.key ?? ''}
          onChange={(event) => setSource(event.currentTarget.value)}
        />
        {wanted !== undefined && chosen !== undefined && (
          <div className={classes.effects}>
            <h3>What this will cause</h3>
            <ul>
              <li>
                A draft in {wanted.locale} with the text of {sourceName(chosen)}, marked as a copy until it is {language(chosen.locale) === language(wanted.locale) ? 'adapted' : 'translated'}. It can’t be submitted before.
              </li>
              <li>Safety and prescribing information are those of {wanted.locale}, where there is one to take; where not, a finding says what to make.</li>
            </ul>
          </div>
        )}
        {start.isError && (
          <p role="alert" className={classes.error}>
            {start.error.detail ?? start.error.title}
          </p>
        )}
        <div className={classes.dialogActions}>
          <span className="grow" />
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={start.isPending && 'Copying…'} disabledReason={waiting ? 'Loading the locales…' : wanted === undefined ? 'There is no other locale.' : undefined}>
            Start the copy
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
