import { Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'

import { brandsQuery, contentTypesQuery, marketsQuery, useLabels } from '@/api/framework'
import type { Schema } from '@/api/types'
import { Button, Dialog, ErrorState, IncompleteState } from '@/ui'

import { useCreateItem } from './api'
import classes from './Library.module.css'

export const KINDS: readonly Schema<'Kind'>[] = ['promotional', 'non-promotional', 'scientific-exchange']

/** Asks only what can't be changed later, and the title; all else belongs in the editor. */
export function NewItemDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  return (
    <Dialog opened={opened} onClose={onClose} title="New item">
      {opened && <NewItemForm onClose={onClose} />}
    </Dialog>
  )
}

function NewItemForm({ onClose }: { readonly onClose: () => void }) {
  const navigate = useNavigate()
  const labels = useLabels()
  const types = useQuery(contentTypesQuery)
  const brands = useQuery(brandsQuery)
  const markets = useQuery(marketsQuery)
  const create = useCreateItem()
  const [type, setType] = useState('article')
  const [kind, setKind] = useState<Schema<'Kind'>>('non-promotional')
  const [brand, setBrand] = useState<string | null>(null)
  const [locale, setLocale] = useState('en-GB')
  const [title, setTitle] = useState('')
  const broken = [types, brands, markets].find((it) => it.isError)
  const locales = [...new Set(markets.data?.markets.flatMap((it) => it.locales) ?? [locale])].sort()

  const wrong = (pointer: string) => create.error?.errors.find((it) => it.path.endsWith(pointer))?.message
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (create.isPending || title.trim() === '') return
        create.mutate(
          { type, kind, locale, document: { title: title.trim() }, ...(brand === null ? {} : { brand }) },
          { onSuccess: (item) => void navigate({ to: `/content/${item.key}`, search: { locale } } as never) },
        )
      }}
    >
      {broken !== undefined && <IncompleteState onRetry={() => void broken.refetch()}>Not all choices could be loaded.</IncompleteState>}
      <TextInput label="Title" data-autofocus required withAsterisk={false} maxLength={300} value={title} onChange={(event) => setTitle(event.currentTarget.value)} error={wrong('/title')} />
      <div className={classes.pair}>
        <Select
          label="Type"
          allowDeselect={false}
          data={types.data?.types.map((it) => ({ value: it.type, label: it.title })) ?? [{ value: 'article', label: 'Article' }]}
          value={type}
          onChange={(value) => value !== null && setType(value)}
        />
        <Select label="Locale" allowDeselect={false} data={locales.map((it) => ({ value: it, label: labels.locale(it) }))} value={locale} onChange={(value) => value !== null && setLocale(value)} />
      </div>
      <div className={classes.pair}>
        <Select
          label="Kind"
          description="It can’t be changed later, and the three never mix in one content set."
          allowDeselect={false}
          data={KINDS.map((it) => ({ value: it, label: labels.kind(it) }))}
          value={kind}
          onChange={(value) => value !== null && setKind(value as Schema<'Kind'>)}
        />
        <Select
          label="Brand"
          placeholder="No brand"
          clearable
          clearButtonProps={{ 'aria-label': 'No brand' }}
          data={brands.data?.brands.map((it) => ({ value: it.key, label: `${it.name}, ${it.therapeuticArea}` })) ?? []}
          value={brand}
          onChange={setBrand}
          error={wrong('/brand')}
        />
      </div>
      {create.isError && <ErrorState error={create.error} kept="Nothing was created; what you typed is still here." />}
      <div className={classes.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={create.isPending && 'Creating…'} disabledReason={title.trim() === '' ? 'Write a title first.' : undefined}>
          Create and open
        </Button>
      </div>
    </form>
  )
}
