import { useQuery } from '@tanstack/react-query'

import { ago } from '@/content/times'
import { Button, Dialog, ErrorState, LoadingRows, useToast } from '@/ui'

import { newestDraftQuery, type ContentType } from './api'
import { textOf, valueOf } from './document'
import type { Desk, DraftDesk } from './DraftDesk'
import classes from './editor.module.css'

interface ConflictDialogProps {
  readonly desk: Desk
  readonly editing: DraftDesk
  readonly type: ContentType
  readonly itemId: string
  readonly locale: string
  readonly onClose: () => void
}

/** Somebody else saved. Shows both texts where they differ; whatever is chosen, the other one is not lost unseen. */
export function ConflictDialog({ desk, editing, type, itemId, locale, onClose }: ConflictDialogProps) {
  const toast = useToast()
  const theirs = useQuery(newestDraftQuery(itemId, locale, desk.revision))
  const different = type.fields.filter((it) => JSON.stringify(valueOf(desk.document, it.name)) !== JSON.stringify(theirs.data === undefined ? undefined : valueOf(theirs.data.data.document, it.name)))
  const read = theirs.data
  return (
    <Dialog opened onClose={onClose} title="Somebody else saved this draft" size={860}>
      {theirs.isPending && <LoadingRows label="Reading the newest text…" rows={4} />}
      {theirs.isError && <ErrorState error={theirs.error} onRetry={() => void theirs.refetch()} kept="Your text is kept on this device." />}
      {read !== undefined && (
        <>
          <p className="t2">
            {read.data.updatedBy.displayName} saved revision {read.data.revision} {ago(new Date(read.data.updatedAt), new Date())}; your text continues revision {desk.revision}. Both are here. Nothing is
            sent until you choose.
          </p>
          {different.length === 0 && <p className={classes.needed}>Both texts are the same.</p>}
          <div className={classes.compare}>
            {different.map((field) => (
              <div key={field.name} className={classes.compareRow}>
                <h3>{field.label}</h3>
                <div>
                  <p className="f12 t3">Yours</p>
                  <div className={classes.compareText} tabIndex={0} role="group" aria-label={`${field.label}, yours`}>
                    {shown(valueOf(desk.document, field.name), textOf(desk.document, field.name))}
                  </div>
                </div>
                <div>
                  <p className="f12 t3">{read.data.updatedBy.displayName}</p>
                  <div className={classes.compareText} tabIndex={0} role="group" aria-label={`${field.label}, newest`}>
                    {shown(valueOf(read.data.document, field.name), textOf(read.data.document, field.name))}
                  </div>
                </div>
              </div>
            ))}
          </div>
          <div className={classes.dialogActions}>
            <Button
              variant="quiet"
              onClick={() => {
                void navigator.clipboard.writeText(JSON.stringify(desk.document, null, 2)).then(
                  () => toast({ message: 'Your text is in the clipboard.' }),
                  () => toast({ message: 'The browser did not allow copying. Select the text and copy it by hand.' }),
                )
              }}
            >
              Copy my text
            </Button>
            <span className="grow" />
            <Button onClick={onClose}>Decide later</Button>
            <Button
              variant="danger"
              onClick={() => {
                editing.takeTheirs(read)
                onClose()
              }}
            >
              Take theirs, drop mine
            </Button>
            <Button
              variant="primary"
              onClick={() => {
                void editing.keepMine(read)
                onClose()
              }}
            >
              Save mine over theirs
            </Button>
          </div>
        </>
      )}
    </Dialog>
  )
}

function shown(value: unknown, text: string): string {
  if (text !== '') return text
  return value === undefined ? 'Nothing' : JSON.stringify(value, null, 2)
}
