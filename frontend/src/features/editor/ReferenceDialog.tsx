import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Problem } from '@/api/client'
import { cslOf, EMPTY_FORM, formOf, readReference, type ReferenceForm } from '@/content/citationText'
import { shortCitation, whereItStands, type Reference } from '@/content/csl'
import { Button, Dialog, ErrorState } from '@/ui'

import { knownReferencesQuery, registerReference } from './api'
import classes from './editor.module.css'
import { sameWork } from './references'

const TYPES = [
  { value: 'article-journal', label: 'Journal article' },
  { value: 'paper-conference', label: 'Conference paper' },
  { value: 'book', label: 'Book' },
  { value: 'chapter', label: 'Chapter' },
  { value: 'report', label: 'Report' },
  { value: 'webpage', label: 'Web page' },
  { value: 'dataset', label: 'Data set' },
  { value: 'document', label: 'Other document, such as data on file' },
]

interface ReferenceDialogProps {
  /** The one to complete; absent for a new one. */
  readonly reference?: Reference | undefined
  readonly references: readonly Reference[]
  /** What happens with it once it is there: it is cited, or it waits in the list. */
  readonly act: string
  readonly returnFocus?: boolean
  readonly onClose: () => void
  readonly onDone: (reference: Reference) => void
}

/** A new reference, from what somebody has of it; or an imported one that lacks something. */
export function ReferenceDialog({ reference, references, act, returnFocus = true, onClose, onDone }: ReferenceDialogProps) {
  const [form, setForm] = useState<ReferenceForm | undefined>(reference === undefined ? undefined : formOf(reference.csl))
  return (
    <Dialog opened onClose={onClose} title={reference === undefined ? 'Add a reference' : 'Complete the reference'} size={620} returnFocus={returnFocus}>
      {form === undefined ? (
        <Begin references={references} act={act} onClose={onClose} onDone={onDone} onForm={setForm} />
      ) : (
        <Form first={form} before={reference} references={references} act={reference === undefined ? act : 'Keep'} onClose={onClose} onDone={onDone} />
      )}
    </Dialog>
  )
}

function Begin({ references, act, onClose, onDone, onForm }: Omit<ReferenceDialogProps, 'reference'> & { readonly onForm: (form: ReferenceForm) => void }) {
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState<{ readonly doi?: string; readonly pmid?: string }>()
  const known = useQuery({ ...knownReferencesQuery(asked ?? {}), enabled: asked !== undefined })
  const read = readReference(typed)
  const works = (known.data?.references ?? []) as readonly Reference[]

  function go() {
    if (read === undefined) return onForm(EMPTY_FORM)
    if ('text' in read) return onForm(read.text)
    setAsked(read)
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        go()
      }}
    >
      <Textarea
        label="DOI, PMID or the reference as it stands somewhere"
        description="A DOI or PMID is looked up among the references that were entered here before; nothing outside is asked."
        data-autofocus
        autosize
        minRows={2}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setAsked(undefined)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey) return
          event.preventDefault()
          go()
        }}
      />
      {known.isError && <ErrorState error={known.error} onRetry={() => void known.refetch()} />}
      {asked !== undefined && known.data !== undefined && works.length === 0 && (
        <p role="status" className="t2">
          Nobody has entered this work yet. Fill in the form; its {asked.doi === undefined ? 'PMID' : 'DOI'} is there already.
        </p>
      )}
      {works.length > 0 && (
        <ul className={classes.picks} aria-label="Known works">
          {works.map((work) => {
            const here = sameWork(references, work)
            return (
              <li key={work.id} className={classes.knownWork}>
                <div className="grow">
                  <p className="m">{shortCitation(work.csl)}</p>
                  <p className="f12 t2">{work.csl.title}</p>
                  <p className="f12 t3">{whereItStands(work.csl)}</p>
                  {here !== undefined && <p className="f12 t3">This document has it already.</p>}
                </div>
                <Button variant="primary" onClick={() => onDone(here ?? work)}>
                  {act}
                </Button>
              </li>
            )
          })}
        </ul>
      )}
      <div className={classes.dialogActions}>
        <span className="grow" />
        <Button onClick={onClose}>Cancel</Button>
        {asked !== undefined && known.data !== undefined ? (
          <Button variant={works.length === 0 ? 'primary' : 'default'} onClick={() => onForm({ ...EMPTY_FORM, doi: asked.doi ?? '', pmid: asked.pmid ?? '' })}>
            Fill in the form
          </Button>
        ) : (
          <Button type="submit" variant="primary" busy={known.isFetching && 'Looking…'}>
            {read === undefined ? 'Fill in the form' : 'text' in read ? 'Read it' : 'Look it up'}
          </Button>
        )}
      </div>
    </form>
  )
}

interface FormProps {
  readonly first: ReferenceForm
  readonly before: Reference | undefined
  readonly references: readonly Reference[]
  readonly act: string
  readonly onClose: () => void
  readonly onDone: (reference: Reference) => void
}

function Form({ first, before, references, act, onClose, onDone }: FormProps) {
  const [form, setForm] = useState(first)
  const csl = cslOf(form, before?.csl)
  const register = useMutation<Reference, Problem>({
    mutationFn: async () => (await registerReference(csl)) as Reference,
    // The same work may stand in this document under another id: it is cited, not added twice.
    onSuccess: (reference) => onDone(before === undefined ? (sameWork(references, reference) ?? reference) : reference),
  })
  const text = (name: keyof ReferenceForm, label: string, placeholder?: string) => (
    <TextInput label={label} placeholder={placeholder ?? ''} value={form[name]} onChange={(event) => setForm({ ...form, [name]: event.currentTarget.value })} error={name === 'year' && form.year.trim() !== '' && !/^\d{4}$/.test(form.year.trim()) ? 'Four digits' : undefined} />
  )
  const disabledReason = form.title.trim() === '' ? 'Write the title.' : form.year.trim() !== '' && !/^\d{4}$/.test(form.year.trim()) ? 'Write the year in four digits.' : undefined
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (disabledReason === undefined && !register.isPending) register.mutate()
      }}
    >
      <NativeSelect
        label="Kind of work"
        data={TYPES.some((it) => it.value === form.type) ? TYPES : [...TYPES, { value: form.type, label: form.type }]}
        value={form.type}
        onChange={(event) => setForm({ ...form, type: event.currentTarget.value })}
      />
      <Textarea label="Title" autosize minRows={1} data-autofocus value={form.title} onChange={(event) => setForm({ ...form, title: event.currentTarget.value.replace(/\s*[\r\n]+\s*/g, ' ') })} />
      <Textarea label="Authors" description="One a line: family name, comma, given names. A group stands alone." autosize minRows={2} value={form.authors} onChange={(event) => setForm({ ...form, authors: event.currentTarget.value })} />
      {text('container', form.type === 'article-journal' ? 'Journal' : 'Book, proceedings or site')}
      <div className={classes.thirds}>
        {text('year', 'Year')}
        {text('volume', 'Volume')}
        {text('issue', 'Issue')}
        {text('page', 'Pages')}
      </div>
      {form.type !== 'article-journal' && text('publisher', 'Publisher')}
      <div className={classes.thirds}>
        {text('doi', 'DOI', '10.')}
        {text('pmid', 'PMID')}
        {text('url', 'Address', 'https://')}
      </div>
      {register.isError && <ErrorState error={register.error} kept="What you typed is still here." />}
      <div className={classes.dialogActions}>
        <span className="grow" />
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={register.isPending && 'Keeping…'} disabledReason={disabledReason}>
          {act}
        </Button>
      </div>
    </form>
  )
}
