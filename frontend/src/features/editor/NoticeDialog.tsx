import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Problem } from '@/api/client'
import type { Schema } from '@/api/types'
import { shortCitation, type Reference } from '@/content/csl'
import { Button, Dialog, useToast } from '@/ui'

import { noticeImpactQuery, recordNotice } from './api'
import classes from './editor.module.css'
import { Impacted } from './Impacted'

type Kind = Schema<'NoticeKind'>

const KINDS: readonly { readonly value: Kind; readonly label: string }[] = [
  { value: 'retracted', label: 'Retracted' },
  { value: 'withdrawn', label: 'Withdrawn' },
  { value: 'expression-of-concern', label: 'Expression of concern' },
  { value: 'corrected', label: 'Corrected' },
]

interface NoticeDialogProps {
  readonly reference: Reference
  readonly onClose: () => void
}

/** Records what the publisher says of a work. Names what a retraction causes before it asks for the reason (RV-6). */
export function NoticeDialog({ reference, onClose }: NoticeDialogProps) {
  const queryClient = useQueryClient()
  const toast = useToast()
  const [kind, setKind] = useState<Kind>('retracted')
  const [noticedOn, setNoticedOn] = useState('')
  const [doi, setDoi] = useState('')
  const [reason, setReason] = useState('')
  const ends = kind === 'retracted' || kind === 'withdrawn'
  const impact = useQuery(noticeImpactQuery(reference.id))
  const record = useMutation<Schema<'ReferenceNotice'>, Problem>({
    mutationFn: () => recordNotice(reference.id, { kind, noticedOn, reason: reason.trim(), ...(doi.trim() === '' ? {} : { doi: doi.trim() }) }),
    onSuccess: async () => {
      await queryClient.invalidateQueries()
      toast({ message: ends ? 'Recorded. What cites the work is marked.' : 'Recorded. Whoever writes with it is told.' })
      onClose()
    },
  })
  const lacks = noticedOn === '' ? 'Say when the publisher gave notice.' : reason.trim() === '' ? 'Say why.' : ends && impact.isPending ? 'What cites it is being looked up.' : undefined
  return (
    <Dialog opened onClose={onClose} title="Record a notice about this work">
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          record.mutate()
        }}
      >
        <p className="t2">{shortCitation(reference.csl)}</p>
        <NativeSelect label="What the publisher says" data-autofocus value={kind} onChange={(event) => setKind(event.currentTarget.value as Kind)} data={[...KINDS]} />
        <TextInput label="Date of the notice" type="date" required withAsterisk={false} value={noticedOn} onChange={(event) => setNoticedOn(event.currentTarget.value)} />
        <TextInput label="DOI of the notice, if it has one" value={doi} onChange={(event) => setDoi(event.currentTarget.value)} />
        <div className={classes.effects}>
          <h3>What this will cause</h3>
          <ul>
            {ends ? (
              <>
                <Impacted impact={impact} />
                <li>Nothing that cites the work is submitted, certified or published from then on.</li>
                <li>A notice recorded by mistake can be ended; what left does not come back by itself.</li>
              </>
            ) : (
              <li>Nothing leaves. Whoever writes with the work is told to read the notice.</li>
            )}
          </ul>
        </div>
        <Textarea label="Reason, in a sentence" required withAsterisk={false} autosize minRows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        {record.isError && (
          <p role="alert" className={classes.error}>
            {record.error.detail ?? record.error.title}
          </p>
        )}
        <div className={classes.dialogActions}>
          <span className="grow" />
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant={ends ? 'danger' : 'primary'} busy={record.isPending && 'Recording…'} disabledReason={lacks}>
            Record
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
