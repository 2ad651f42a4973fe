import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { copyWords, language, type LocalCopy } from '@/content/copies'
import { plural } from '@/content/words'
import { Button } from '@/ui'

import { confirmCopy, type ItemDetail } from './api'
import type { DraftDesk } from './DraftDesk'
import classes from './editor.module.css'

interface CopyNoteProps {
  readonly item: ItemDetail
  readonly locale: string
  readonly copy: LocalCopy
  readonly editing: DraftDesk
  readonly readOnly: boolean
}

/** What the text was copied from, what is left to do, and, within one language, the word that it is right as it stands. */
export function CopyNote({ item, locale, copy, editing, readOnly }: CopyNoteProps) {
  const confirm = useMutation({
    mutationFn: async () => {
      await editing.saveNow()
      return confirmCopy(item.id, locale, editing.snapshot().etag)
    },
    onSuccess: (draft) => editing.judged(draft),
  })
  const words = copyWords(copy, locale)
  const mayBeRight = copy.state === 'untranslated' && language(copy.locale) === language(locale)
  return (
    <div className={classes.copy} role="note">
      <span className={classes.copyMark} aria-hidden="true" />
      <span className="m">{words.charAt(0).toUpperCase() + words.slice(1)}</span>
      <span className="t2">
        {copy.state === 'untranslated'
          ? mayBeRight
            ? `Adapt it to ${locale}, or confirm that it is right word for word.`
            : 'It can’t be submitted while it equals its source.'
          : `${plural(copy.equal?.length ?? 0, 'block')} still ${copy.equal?.length === 1 ? 'stands' : 'stand'} as in the source and ${copy.equal?.length === 1 ? 'is' : 'are'} marked.`}
      </span>
      <Link to="/content/$itemId" params={{ itemId: item.key }} search={{ locale: copy.locale }} className="link">
        Open {copy.locale}
      </Link>
      {mayBeRight && !readOnly && (
        <Button busy={confirm.isPending && 'Confirming…'} onClick={() => confirm.mutate()}>
          Right as it stands
        </Button>
      )}
      {confirm.isError && (
        <span role="alert" className={classes.error}>
          {confirm.error.detail ?? confirm.error.title}
        </span>
      )}
    </div>
  )
}
