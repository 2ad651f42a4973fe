import { Radio, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'

import { brandsQuery } from '@/api/framework'
import { Button, Dialog, ErrorState } from '@/ui'

import { createStrategy, strategyKeys } from './api'
import { fieldErrors } from './fieldErrors'
import classes from './objectives.module.css'

/** A strategy begins with its name and its scope, which stay; everything else belongs in its versions. */
export function NewStrategyDialog({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState('')
  const [scope, setScope] = useState<'portfolio' | 'brand'>('portfolio')
  const [brand, setBrand] = useState<string | null>(null)
  const brands = useQuery(brandsQuery)
  const client = useQueryClient()
  const navigate = useNavigate()
  const create = useMutation({
    mutationFn: () => createStrategy({ name: name.trim(), ...(scope === 'brand' && brand !== null ? { brand } : {}) }),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: strategyKeys })
      await navigate({ to: '/strategy/edit', search: { strategy: made.id } })
    },
  })
  const errors = fieldErrors(create.error?.errors ?? [])
  const missing = name.trim() === '' ? 'Name it first.' : scope === 'brand' && brand === null ? 'Choose the brand.' : undefined
  return (
    <Dialog opened onClose={onClose} title="New strategy">
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (missing === undefined && !create.isPending) create.mutate()
        }}
      >
        <TextInput label="Name" maxLength={200} value={name} error={errors.at('/name')} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
        <Radio.Group label="For" value={scope} onChange={(value) => setScope(value as 'portfolio' | 'brand')}>
          <div className="row" style={{ gap: 20, paddingTop: 4 }}>
            <Radio value="portfolio" label="the whole portfolio" size="xs" />
            <Radio value="brand" label="one brand" size="xs" />
          </div>
        </Radio.Group>
        {scope === 'brand' && (
          <Select label="Brand" data={brands.data?.brands.map((it) => ({ value: it.key, label: `${it.name}, ${it.therapeuticArea}` })) ?? []} value={brand} error={errors.at('/brand')} onChange={setBrand} />
        )}
        {create.isError && create.error.errors.length === 0 && <ErrorState error={create.error} kept="Nothing was created; what you typed is still here." />}
        <div className={classes.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={create.isPending && 'Creating…'} disabledReason={missing}>
            Create and write v1
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
