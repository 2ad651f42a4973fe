import { Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { Button, Dialog, ErrorState, useToast } from '@/ui'

import { channelsKey, setKeyBrands, type ApiKey } from './api'
import { BrandField } from './BrandField'
import classes from './keys.module.css'

/** Gives a key other brands. */
export function KeyBrandsDialog({ apiKey, onClose }: { readonly apiKey: ApiKey; readonly onClose: () => void }) {
  const [brands, setBrands] = useState<readonly string[]>(apiKey.brands)
  const [reason, setReason] = useState('')
  const client = useQueryClient()
  const toast = useToast()
  const missing = [brands.length === 0 && 'Choose a brand first.', reason.trim() === '' && 'Say why first.'].find(Boolean)
  const set = useMutation({
    mutationFn: () => setKeyBrands(apiKey.id, brands, reason.trim()),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: channelsKey })
      toast({ message: `${apiKey.name} reads by its new brands` })
      onClose()
    },
  })
  return (
    <Dialog opened onClose={onClose} title={`Brands of ${apiKey.name}`} size={480}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!missing && !set.isPending) set.mutate()
        }}
      >
        <p>Its app reads by them within a second. What it no longer reads leaves its copies with its next sync.</p>
        <BrandField value={brands} onChange={setBrands} />
        <Textarea label="Reason" description="It stands in the audit trail." autosize minRows={2} maxLength={2000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        {set.isError && <ErrorState error={set.error} kept="The key reads what it read before." />}
        <div className={classes.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={set.isPending && 'Setting…'} disabledReason={missing || undefined}>
            Set the brands
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
