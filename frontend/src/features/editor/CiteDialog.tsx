import { useState } from 'react'

import { shortCitation, whereItStands, type Reference } from '@/content/csl'
import { Button, Dialog } from '@/ui'

import classes from './editor.module.css'
import { PickList } from './PickList'

interface CiteDialogProps {
  readonly references: readonly Reference[]
  readonly onClose: () => void
  readonly onPick: (reference: Reference) => void
  readonly onNew: () => void
}

/** Chooses one of the document's references, or leads to a new one. */
export function CiteDialog({ references, onClose, onPick, onNew }: CiteDialogProps) {
  const [words, setWords] = useState('')
  const wanted = words.toLowerCase().split(/\s+/).filter((it) => it !== '')
  const shown = references
    .map((it, at) => ({ it, number: at + 1, text: [at + 1, shortCitation(it.csl), it.csl.title, whereItStands(it.csl), it.csl.DOI, it.csl.PMID].join(' ').toLowerCase() }))
    .filter(({ text }) => wanted.every((word) => text.includes(word)))
  return (
    <Dialog opened onClose={onClose} title="Cite a reference" size={620} returnFocus={false}>
      <PickList
        label="Search by author, title or number"
        listLabel="References of this document"
        words={words}
        onWords={setWords}
        ready
        options={shown.map(({ it, number }) => ({
          id: it.id,
          content: (
            <>
              <span className={classes.number}>{number}</span>
              <span className="m nw">{shortCitation(it.csl)}</span>
              <span className="grow clip t2">{it.csl.title}</span>
            </>
          ),
        }))}
        onPick={(id) => {
          const picked = references.find((it) => it.id === id)
          if (picked !== undefined) onPick(picked)
        }}
      >
        {shown.length === 0 && <p className={classes.pickNote}>{references.length === 0 ? 'This document has no references yet.' : 'None of its references has these words.'}</p>}
      </PickList>
      <div className={classes.dialogActions}>
        <span className="grow" />
        <Button variant={references.length === 0 ? 'primary' : 'default'} onClick={onNew}>
          Add a reference
        </Button>
      </div>
    </Dialog>
  )
}
