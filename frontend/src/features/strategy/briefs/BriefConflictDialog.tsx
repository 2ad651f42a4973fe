import { useQuery } from '@tanstack/react-query'

import { briefKeys } from '@/api/briefs'
import { callTagged, type Tagged } from '@/api/client'
import { Button, Dialog, ErrorState, LoadingRows, sayMoment } from '@/ui'

import { sayPlanDay } from '../words'
import type { Brief, Suggestions } from './api'
import classes from './briefs.module.css'
import { differences, FIELD_WORDS, formOf, type BriefForm } from './form'

interface BriefConflictDialogProps {
  readonly brief: Brief
  readonly mine: BriefForm
  readonly offered: Suggestions | undefined
  readonly onClose: () => void
  readonly onTheirs: (theirs: Tagged<Brief>) => void
  readonly onMine: (theirs: Tagged<Brief>) => void
}

/** Both texts of a brief that two people changed. Nothing is sent until one of them is chosen. */
export function BriefConflictDialog({ brief, mine, offered, onClose, onTheirs, onMine }: BriefConflictDialogProps) {
  const theirs = useQuery({
    queryKey: [...briefKeys, 'newest', brief.id],
    queryFn: ({ signal }) => callTagged<Brief>(`/manage/v1/briefs/${encodeURIComponent(brief.id)}`, { signal }),
    staleTime: 0,
    gcTime: 0,
  })
  const read = theirs.data
  const fields = read === undefined ? [] : differences(mine, formOf(read.data))
  const items = [...brief.claims, ...brief.modules, ...(offered?.claims ?? []), ...(offered?.modules ?? []), ...(read === undefined ? [] : [...read.data.claims, ...read.data.modules])]
  const people = [brief.writer, ...(offered?.writers ?? []), ...(read === undefined ? [] : [read.data.writer])]

  function said(form: BriefForm, field: keyof BriefForm): string {
    switch (field) {
      case 'title':
        return form.title
      case 'dueOn':
        return form.dueOn === '' ? 'Nothing' : sayPlanDay(form.dueOn)
      case 'writer':
        return people.find((it) => it.id === form.writer)?.displayName ?? form.writer
      case 'keyMessages':
        return form.keyMessages.join('\n') || 'Nothing'
      case 'claims':
      case 'modules':
        return form[field].map((id) => items.find((it) => it.id === id)?.title ?? id).join('\n') || 'Nothing'
    }
  }
  return (
    <Dialog opened onClose={onClose} title="Somebody else changed this brief" size={820}>
      {theirs.isPending && <LoadingRows label="Reading the newest brief…" rows={4} />}
      {theirs.isError && <ErrorState error={theirs.error} onRetry={() => void theirs.refetch()} kept="Your text is kept on this device." />}
      {read !== undefined && (
        <>
          <p className="t2">
            Revision {read.data.revision} was saved {sayMoment(new Date(read.data.updatedAt))}. Both are here; nothing is sent until you choose.
          </p>
          {fields.length === 0 && <p>Both say the same.</p>}
          <div className={classes.compare}>
            {fields.map((field) => (
              <div key={field} className={classes.compareRow}>
                <h3>{FIELD_WORDS[field]}</h3>
                <div>
                  <span className="f12 t3">Yours</span>
                  <p>{said(mine, field)}</p>
                </div>
                <div>
                  <span className="f12 t3">Theirs</span>
                  <p>{said(formOf(read.data), field)}</p>
                </div>
              </div>
            ))}
          </div>
          <div className={classes.actions}>
            <Button onClick={onClose}>Decide later</Button>
            <Button variant="danger" onClick={() => onTheirs(read)}>
              Take theirs, drop mine
            </Button>
            <Button variant="primary" disabledReason={read.data.permissions.change ? undefined : 'It can’t be changed any more.'} onClick={() => onMine(read)}>
              Save mine over theirs
            </Button>
          </div>
        </>
      )}
    </Dialog>
  )
}
