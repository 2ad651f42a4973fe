import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { marketsQuery } from '@/api/framework'
import type { Problem } from '@/api/client'
import { usePerson } from '@/app/session'
import { DISCIPLINE_WORDS, words } from '@/content/words'
import { Button, Dialog, ErrorState, Finding as FindingBox } from '@/ui'

import { findingsQuery, submitDraft, type Finding, type ItemDetail, type Job } from './api'
import { findingKey } from './document'
import type { Desk } from './DraftDesk'
import classes from './editor.module.css'

interface SubmitDialogProps {
  readonly item: ItemDetail
  readonly locale: string
  readonly desk: Desk
  readonly onClose: () => void
  readonly onSubmitted: (code: string) => void
  readonly onFinding: (finding: Finding) => void
}

/** Opens a review, or the next circulation of one that was sent back. */
export function SubmitDialog({ item, locale, desk, onClose, onSubmitted, onFinding }: SubmitDialogProps) {
  const markets = useQuery(marketsQuery)
  const mine = usePerson().markets
  // The locale's own market first: a text in de-DE is for Germany before it is for Switzerland.
  const own = locale.split('-')[1]
  const possible = (markets.data?.markets ?? [])
    .filter((it) => it.locales.includes(locale) && (mine.includes('*') || mine.includes(it.market)))
    .sort((a, b) => Number(b.market === own) - Number(a.market === own))
  const [market, setMarket] = useState('')
  const [dueAt, setDueAt] = useState('')
  const [note, setNote] = useState('')
  const [reason, setReason] = useState('')
  const chosen = possible.find((it) => it.market === market) ?? possible[0]
  const jobs = item.locales.find((it) => it.locale === locale)?.jobs ?? []
  const sentBack = jobs.find((it) => it.market === chosen?.market && it.state === 'revise-and-resubmit')
  const check = useQuery({ ...findingsQuery(item.id, locale, chosen?.market ?? '', desk.revision), enabled: chosen !== undefined })
  const blocks = (check.data?.findings ?? []).filter((it) => it.severity === 'block')
  const submit = useMutation<Job, Problem>({
    mutationFn: () =>
      submitDraft(item.id, locale, desk.etag, {
        market: chosen?.market ?? '',
        ...(dueAt === '' ? {} : { dueAt: new Date(`${dueAt}T17:00`).toISOString() }),
        ...(note.trim() === '' ? {} : { note: note.trim() }),
        ...(sentBack === undefined || reason.trim() === '' ? {} : { reason: reason.trim() }),
      }),
    onSuccess: (job) => onSubmitted(job.code),
  })
  const refused = (submit.error?.errors ?? []).map((it): Finding => ({ code: it.code, severity: 'block', path: it.path.replace(/^\/document(?=\/|$)/, ''), message: it.message }))
  const settle = blocks.length > 0 ? blocks : refused
  const disabledReason =
    chosen === undefined ? 'No market of yours uses this language.' : blocks.length > 0 ? 'Settle the findings first.' : sentBack !== undefined && reason.trim() === '' ? 'Say what you changed since it was sent back.' : undefined

  return (
    <Dialog opened onClose={onClose} title={sentBack === undefined ? 'Submit for review' : `Resubmit ${sentBack.code}`}>
      <form
        className={classes.form}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit()
        }}
        onSubmit={(event) => {
          event.preventDefault()
          if (disabledReason === undefined && !submit.isPending) submit.mutate()
        }}
      >
        {markets.isError && <ErrorState error={markets.error} onRetry={() => void markets.refetch()} />}
        <div className={classes.formRow}>
          <NativeSelect
            label="Market"
            data-autofocus
            data={possible.map((it) => ({ value: it.market, label: it.name }))}
            value={chosen?.market ?? ''}
            onChange={(event) => setMarket(event.currentTarget.value)}
            {...(markets.data !== undefined && possible.length === 0 ? { error: `No market of yours uses ${locale}.` } : {})}
          />
          <TextInput type="date" label="Due date (optional)" value={dueAt} onChange={(event) => setDueAt(event.currentTarget.value)} />
        </div>
        {sentBack !== undefined && (
          <Textarea label="What you changed since it was sent back" autosize minRows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        )}
        <Textarea label="Note for the reviewers (optional)" autosize minRows={2} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        {chosen !== undefined && (
          <div className={classes.effects}>
            <h3>What this will cause</h3>
            <ul>
              <li>This text becomes an unchangeable version; the draft closes until somebody starts a new one.</li>
              <li>
                {(chosen.disciplines[item.kind] ?? []).map((it) => DISCIPLINE_WORDS[it]).join(', ') || 'Nobody'} {(chosen.disciplines[item.kind] ?? []).length === 1 ? 'reads' : 'read'} it for {chosen.name}, then a final signatory certifies it.
              </li>
              <li>An approval lasts at most {chosen.approvalMaxMonths} months.</li>
            </ul>
          </div>
        )}
        {check.isFetching && (
          <p role="status" className="t3 f12">
            Checking by the rules of {chosen?.name}…
          </p>
        )}
        {check.isError && <ErrorState error={check.error} onRetry={() => void check.refetch()} />}
        {settle.length > 0 && (
          <ul className={classes.findingList} aria-label="To settle first">
            {settle.map((finding) => (
              <li key={findingKey(finding)}>
                <button type="button" className={classes.findingButton} onClick={() => onFinding(finding)}>
                  <FindingBox severity="block" title={`${words(finding.code)}.`} rule={finding.rule}>
                    {finding.message}
                  </FindingBox>
                </button>
              </li>
            ))}
          </ul>
        )}
        {submit.isError && refused.length === 0 && (
          <p role="alert" className={classes.error}>
            {submit.error.detail ?? submit.error.title}
          </p>
        )}
        <div className={classes.dialogActions}>
          <span className="grow" />
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" keys="mod+Enter" busy={submit.isPending && 'Submitting…'} disabledReason={disabledReason}>
            Submit for review
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
