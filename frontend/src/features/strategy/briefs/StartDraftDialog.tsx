import { Select } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'

import { briefKeys } from '@/api/briefs'
import { contentTypesQuery, marketsQuery, useLabels } from '@/api/framework'
import type { Schema } from '@/api/types'
import { Button, Dialog, ErrorState } from '@/ui'

import { KINDS } from '../ObjectiveFields'
import { startDraft, type Brief } from './api'
import classes from './briefs.module.css'

/** Asks what can't be changed later, then opens the editor with what the brief says filled in. */
export function StartDraftDialog({ brief, onClose }: { readonly brief: Brief; readonly onClose: () => void }) {
  const labels = useLabels()
  const navigate = useNavigate()
  const client = useQueryClient()
  const types = useQuery(contentTypesQuery).data?.types ?? []
  const market = useQuery(marketsQuery).data?.markets.find((it) => it.market === brief.market)
  const [type, setType] = useState('article')
  const [kind, setKind] = useState<Schema<'Kind'>>(brief.brand === undefined ? 'non-promotional' : 'promotional')
  const [chosen, setLocale] = useState<string>()
  const locale = chosen ?? market?.defaultLocale ?? market?.locales[0]
  const start = useMutation({
    mutationFn: () => startDraft(brief.id, { type, kind, locale: locale ?? 'en-GB' }),
    onSuccess: async (started) => {
      await Promise.all([client.invalidateQueries({ queryKey: briefKeys }), client.invalidateQueries({ queryKey: ['items'] }), client.invalidateQueries({ queryKey: ['my-work'] })])
      if (started.item !== undefined) await navigate({ to: `/content/${started.item.key}`, search: { locale } } as never)
    },
  })
  return (
    <Dialog opened onClose={onClose} title="Start the draft">
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!start.isPending && locale !== undefined) start.mutate()
        }}
      >
        <p className="t2">The draft begins with the brief&apos;s title, classification, key messages and claims.</p>
        <Select
          label="Type"
          allowDeselect={false}
          data={types.map((it) => ({ value: it.type, label: it.title }))}
          value={type}
          onChange={(value) => value !== null && setType(value)}
          data-autofocus
        />
        <div className={classes.two}>
          <Select
            label="Kind"
            description="It can’t be changed later."
            allowDeselect={false}
            data={KINDS.map((it) => ({ value: it, label: labels.kind(it) }))}
            value={kind}
            onChange={(value) => value !== null && setKind(value as Schema<'Kind'>)}
          />
          <Select label="Locale" allowDeselect={false} data={market?.locales.map((it) => ({ value: it, label: labels.locale(it) })) ?? []} value={locale ?? null} onChange={(value) => value !== null && setLocale(value)} />
        </div>
        {start.isError && <ErrorState error={start.error} kept="No draft was started." />}
        <div className={classes.actions}>
          <Button onClick={onClose}>Not yet</Button>
          <Button type="submit" variant="primary" busy={start.isPending && 'Starting…'} disabledReason={locale === undefined ? 'The market’s languages are being loaded.' : undefined}>
            Start and open
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
