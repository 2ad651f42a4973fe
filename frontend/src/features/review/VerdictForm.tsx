import { NativeSelect, Textarea } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Problem } from '@/api/client'
import { DISCIPLINE_WORDS, VERDICT_WORDS } from '@/content/words'
import { Kbd, useActions, useToast } from '@/ui'

import { giveVerdict, jobKey, type Discipline, type Job, type SigningCredentials, type Verdict } from './api'
import classes from './review.module.css'
import { Signing } from './Signing'
import { useKept } from '@/content/useKept'

const VERDICTS = Object.keys(VERDICT_WORDS) as Verdict[]

const MEANINGS: Readonly<Record<Verdict, string>> = {
  approve: 'approved',
  'approve-with-changes': 'approved with changes',
  'revise-and-resubmit': 'to be revised and resubmitted',
  reject: 'rejected',
}

/** Verdict, then what it will cause, then the signature: in this order, on one bar. */
export function VerdictForm({ job }: { readonly job: Job }) {
  const queryClient = useQueryClient()
  const toast = useToast()
  const [discipline, setDiscipline] = useState<Discipline>(job.may.verdicts[0] ?? 'medical')
  const [verdict, setVerdict] = useState<Verdict>()
  const [comment, setComment] = useKept(`verdict/${job.code}/${job.version.sha256}/${discipline}`)
  const give = useMutation<Job, Problem, SigningCredentials>({
    mutationFn: (signature) =>
      giveVerdict(job.code, {
        discipline,
        verdict: verdict ?? 'approve',
        renditionSha256: job.rendition?.sha256 ?? '',
        signature,
        ...(comment.trim() === '' ? {} : { comment: comment.trim() }),
      }),
    onSuccess: (next) => {
      setComment('')
      toast({ message: `Your verdict is signed: ${MEANINGS[verdict ?? 'approve']}.` })
      queryClient.setQueryData(jobKey(job.code), next)
      void queryClient.invalidateQueries({ queryKey: ['jobs'] })
      void queryClient.invalidateQueries({ queryKey: ['my-work'] })
    },
  })
  useActions(
    'Verdict',
    VERDICTS.map((it, at) => ({ label: VERDICT_WORDS[it], keys: String(at + 1), run: () => setVerdict(it) })),
  )
  const commentNeeded = verdict !== undefined && verdict !== 'approve'
  const missing = verdict === undefined ? 'Choose a verdict.' : commentNeeded && comment.trim() === '' ? 'Say in the comment what must change.' : undefined
  const consequences = verdict === undefined ? [] : (job.consequences[verdict] ?? [])
  return (
    <div className={classes.dock} role="region" aria-label="Verdict">
      <section className={classes.dockPart} aria-labelledby="verdict-heading">
        <h3 id="verdict-heading">
          <i aria-hidden="true">1</i>
          Verdict{job.may.verdicts.length === 1 && `, ${DISCIPLINE_WORDS[discipline].toLowerCase()}`}
        </h3>
        {job.may.verdicts.length > 1 && (
          <NativeSelect aria-label="Discipline" value={discipline} onChange={(event) => setDiscipline(event.currentTarget.value as Discipline)} data={job.may.verdicts.map((it) => ({ value: it, label: DISCIPLINE_WORDS[it] }))} />
        )}
        <div role="radiogroup" aria-labelledby="verdict-heading" className={classes.verdicts}>
          {VERDICTS.map((it, at) => (
            <label key={it} className={classes.verdict} data-chosen={verdict === it || undefined}>
              <input type="radio" name="verdict" value={it} checked={verdict === it} onChange={() => setVerdict(it)} />
              {VERDICT_WORDS[it]}
              <span className="end">
                <Kbd keys={String(at + 1)} />
              </span>
            </label>
          ))}
        </div>
      </section>
      <section className={classes.dockPart} aria-labelledby="causes-heading">
        <h3 id="causes-heading">
          <i aria-hidden="true">2</i>
          What this verdict will cause
        </h3>
        <div aria-live="polite">
          {verdict === undefined ? (
            <p className="t3">Choose a verdict, and what follows from it is listed here before you sign.</p>
          ) : (
            <ul className={classes.causes}>
              {consequences.map((it) => (
                <li key={it}>
                  <IconArrowRight size={15} stroke={1.5} aria-hidden="true" />
                  <span>{it}</span>
                </li>
              ))}
            </ul>
          )}
        </div>
        {verdict !== undefined && (
          <Textarea
            className={classes.comment ?? ''}
            label={commentNeeded ? 'Comment: what must change' : 'Comment (optional)'}
            autosize
            minRows={1}
            maxRows={4}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
          />
        )}
      </section>
      <Signing
        job={job}
        meaning={verdict === undefined ? 'choose a verdict first' : `${discipline} examination, ${MEANINGS[verdict]}`}
        action="Sign and give verdict"
        isSigning={give.isPending}
        problem={give.error}
        missing={missing}
        onSign={(credentials) => give.mutateAsync(credentials)}
      />
    </div>
  )
}
