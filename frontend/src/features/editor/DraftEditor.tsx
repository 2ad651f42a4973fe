import { useDebouncedValue } from '@mantine/hooks'
import { IconHistory } from '@tabler/icons-react'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'

import type { Tagged } from '@/api/client'
import { hasRole, usePerson } from '@/app/session'
import { Rendered } from '@/content/Rendered'
import { byCitation } from '@/content/citations'
import { isOpen } from '@/content/copies'
import type { Reference } from '@/content/csl'
import { plural } from '@/content/words'
import { Button, ErrorState, FindingCounts, IncompleteState, Kbd, LoadingRows, StateBadge, Tabs, TopBar, useActions } from '@/ui'

import { draftAnnotationsQuery, itemsKey, renderQuery, type Annotation, type ContentType, type Draft, type Finding, type ItemDetail, type ReviewOfDraft } from './api'
import { CiteDialog } from './CiteDialog'
import { CommentsPanel } from './CommentsPanel'
import { ConflictDialog } from './ConflictDialog'
import { CopyNote } from './CopyNote'
import { DiscardDialog } from './DiscardDialog'
import { bySeverity, counted, countWords, fieldOf, findingKey, listOf, placeOf, pointerOf, textOf, withValue } from './document'
import { DocumentFields } from './DocumentFields'
import classes from './editor.module.css'
import { EditorToolbar, type View } from './EditorToolbar'
import { FieldsPanel } from './FieldsPanel'
import { ImpactsSection } from './ImpactsSection'
import { ItemPicker } from './ItemPicker'
import type { MarkdownHandle } from './MarkdownField'
import { NoticeDialog } from './NoticeDialog'
import { EvidencePanel, FindingsPanel, HistoryPanel, UsedInPanel } from './panels'
import { MAY_WITHDRAW, PublicationsSection } from './PublicationsSection'
import { ReferenceDialog } from './ReferenceDialog'
import { isUsed, replaceReference, sameWork, withoutReference, withReference } from './references'
import { RulesPanel } from './RulesPanel'
import { SaveState } from './SaveState'
import { SubmitDialog } from './SubmitDialog'
import { useDesk } from './useDesk'
import { useItemNames } from './useItemNames'

export type Panel = 'fields' | 'comments' | 'evidence' | 'findings' | 'used' | 'history'

const NO_REVIEWS: readonly ReviewOfDraft[] = []

interface DraftEditorProps {
  readonly item: ItemDetail
  readonly type: ContentType
  readonly read: Tagged<Draft>
  readonly readOnly: boolean
  /** Undefined: what the person has not chosen yet. Comments come first while there are open ones. */
  readonly panel: Panel | undefined
  readonly onPanel: (panel: Panel) => void
}

/** Writing one draft: the document in the middle, what surrounds it on the right. */
export function DraftEditor({ item, type, read, readOnly, panel: chosen, onPanel }: DraftEditorProps) {
  const [desk, editing] = useDesk(read)
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const body = useRef<MarkdownHandle>(null)
  const paper = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<View>('write')
  const [current, setCurrent] = useState<Finding>()
  const [dialog, setDialog] = useState<'submit' | 'conflict' | 'claim' | 'citation' | 'new-citation' | 'reference' | 'discard' | null>(null)
  const [completing, setCompleting] = useState<Reference>()
  /** The key that opened a dialog over the text; who leaves without choosing meant the character. */
  const asked = useRef<'@' | '['>(undefined)
  const { document, findings, revision } = desk
  const { locale } = read.data
  const references = useMemo(() => byCitation(listOf<Reference>(document, 'references'), document), [document])
  const wanted = { kind: item.kind, brand: item.brand, locale }
  const ordered = useMemo(() => bySeverity(findings), [findings])
  const counts = counted(findings)
  const comments = useQuery({ ...draftAnnotationsQuery(item.id, locale, revision), placeholderData: keepPreviousData })
  const reviews = comments.data?.reviews ?? NO_REVIEWS
  const open = useMemo(() => reviews.flatMap((it) => it.annotations).filter((it) => !it.resolved), [reviews])
  const [note, setNote] = useState<string>()
  const commented = reviews.some((it) => it.annotations.length > 0 || it.verdicts.length > 0)
  const panel = chosen ?? (open.length > 0 ? 'comments' : 'fields')
  const markdown = type.fields.find((it) => it.widget === 'markdown')
  const cites = type.fields.some((it) => it.widget === 'references')
  const ruled = type.fields.some((it) => it.widget === 'rules')
  const claims = listOf<string>(document, 'claims')
  const nameOf = useItemNames(claims, locale)
  const claimWords = claims.map((id) => `${id}=${nameOf(id)?.key ?? ''}`).join()
  const order = references.map((it) => it.id).join(' ')
  const targets = useMemo(
    () => ({
      claim: (id: string) => {
        const name = nameOf(id)
        return name === undefined ? undefined : `${name.key} ${name.title}`
      },
      number: (id: string) => order.split(' ').indexOf(id) + 1 || undefined,
      citable: order !== '',
    }),
    // What the names are is told by claimWords; nameOf itself is new at every render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [claimWords, order],
  )
  const copy = desk.copyOf
  const mayNotice = hasRole(usePerson(), ...MAY_WITHDRAW)
  const [noticed, setNoticed] = useState<Reference>()
  // Positions are those of the saved text; while somebody writes, the marks move with the text.
  const copied = useMemo(() => (desk.changes === 0 ? (copy?.equal ?? []) : undefined), [desk.changes, copy])
  const onChange = (next: typeof document) => !readOnly && editing.change(next)

  // Lists and this item's own summary show what was saved, once somebody looks at them again.
  useEffect(() => () => void queryClient.invalidateQueries({ queryKey: itemsKey }), [queryClient])

  useEffect(() => {
    if (desk.state.kind === 'conflict') setDialog('conflict')
  }, [desk.state.kind])

  function goTo(finding: Finding) {
    setCurrent(finding)
    const field = fieldOf(finding, type.fields)
    if (field === undefined) return onPanel('findings')
    const place = placeOf(field)
    if (place === 'fields' || place === 'classification' || place === 'rules') onPanel('fields')
    if (place === 'evidence') onPanel('evidence')
    if (place === 'document' && view === 'preview') setView('write')
    // The tab must be there before its field can take the focus.
    window.setTimeout(() => {
      if (field.widget === 'markdown') {
        // A part of the whole text: of a finding inside it the place is known.
        if (finding.span === undefined || finding.path !== pointerOf(field.name)) return body.current?.focus()
        return body.current?.select(finding.span.start, finding.span.end)
      }
      const element = window.document.querySelector<HTMLElement>(`[data-field="${CSS.escape(field.name)}"]`)
      const target = element?.matches('input, textarea, button, [tabindex]') === true ? element : (element?.querySelector<HTMLElement>('input, textarea, button') ?? element)
      target?.focus()
      element?.scrollIntoView({ block: 'center' })
    })
  }

  function goToNote(it: Annotation) {
    setNote(it.id)
    if (view === 'preview') setView('write')
    // The text must be there before its words can be chosen.
    window.setTimeout(() => {
      if (body.current?.goToNote(it.id) === true) return
      const element = window.document.querySelector<HTMLElement>(`[data-field="${CSS.escape(it.place?.field ?? '')}"]`)
      element?.focus()
      element?.scrollIntoView({ block: 'center' })
    })
  }

  function openNote(id: string) {
    setNote(id)
    onPanel('comments')
    window.setTimeout(() => window.document.getElementById(`note-${id}`)?.scrollIntoView({ block: 'nearest' }))
  }

  function nextFinding() {
    const at = current === undefined ? -1 : ordered.findIndex((it) => findingKey(it) === findingKey(current))
    const next = ordered[(at + 1) % ordered.length]
    if (next !== undefined) goTo(next)
  }

  async function submit() {
    const block = ordered.find((it) => it.severity === 'block')
    if (block !== undefined) {
      onPanel('findings')
      return goTo(block)
    }
    await editing.saveNow()
    if (editing.snapshot().state.kind === 'saved') setDialog('submit')
  }

  function cite(referenceId: string) {
    asked.current = undefined
    setDialog(null)
    body.current?.insert(`[@${referenceId}]`)
  }

  function leave(key: '@' | '[') {
    setDialog(null)
    if (asked.current === key) body.current?.insert(key)
    else body.current?.focus()
    asked.current = undefined
  }

  useActions('Editor', [
    { label: 'Save now', keys: 'mod+s', run: () => void editing.saveNow() },
    { label: 'Submit for review', keys: 'mod+Enter', disabled: readOnly, run: () => void submit() },
    { label: 'Next finding', keys: 'F8', whileTyping: true, disabled: ordered.length === 0, run: nextFinding },
    { label: 'Preview', keys: 'mod+Shift+p', run: () => setView((it) => (it === 'write' ? 'beside' : it === 'beside' ? 'preview' : 'write')) },
  ])

  const title = textOf(document, 'title') || 'Untitled'
  const blocked = counts.block > 0 ? `${plural(counts.block, 'finding')} must be settled first. F8 goes to them.` : readOnly ? 'Only writers submit.' : undefined
  return (
    <>
      <TopBar
        title={title}
        crumbs={[{ label: 'Content', to: '/content' }]}
        beside={
          <>
            <StateBadge state={item.locales.find((it) => it.locale === locale)?.state === 'revise-and-resubmit' ? 'revise-and-resubmit' : 'draft'}>{draftWord(item, read.data)}</StateBadge>
            {readOnly ? <span className="t3 f12">Read only</span> : <SaveState desk={desk} onRetry={() => void editing.saveNow()} onConflict={() => setDialog('conflict')} />}
          </>
        }
        actions={
          <>
            <Button variant="quiet" icon={<IconHistory size={16} stroke={1.5} aria-hidden="true" />} onClick={() => onPanel('history')}>
              History
            </Button>
            {counts.block > 0 && (
              <button type="button" className={classes.blocks} onClick={nextFinding} aria-label={`${plural(counts.block, 'finding')} block submission: go to the first`}>
                <FindingCounts block={counts.block} warning={0} hint={0} />
              </button>
            )}
            <Button variant={blocked === undefined ? 'primary' : 'default'} keys="mod+Enter" disabledReason={blocked} onClick={() => void submit()}>
              Submit for review
            </Button>
          </>
        }
      />
      <div className={classes.split}>
        <section className={classes.column} aria-label="Document">
          <EditorToolbar
            item={item}
            locale={locale}
            view={view}
            onView={setView}
            formatting={markdown !== undefined && !readOnly && view !== 'preview'}
            onFormat={(command) => body.current?.run(command)}
            onClaim={() => setDialog('claim')}
            onCite={cites ? () => setDialog(references.length === 0 ? 'new-citation' : 'citation') : undefined}
            canStart={!readOnly}
          />
          {isOpen(copy) && <CopyNote item={item} locale={locale} copy={copy} editing={editing} readOnly={readOnly} />}
          {desk.restored && desk.state.kind !== 'conflict' && (
            <IncompleteState>Text from your last visit that had not reached the server is back in this draft.</IncompleteState>
          )}
          {desk.state.kind === 'failed' && (
            <ErrorState error={desk.state.problem} kept="What you typed is kept on this device." onRetry={() => void editing.saveNow()} />
          )}
          <div className={classes.paper} data-view={view} ref={paper}>
            {view !== 'preview' && (
              <div className={classes.doc}>
                <DocumentFields
                  type={type}
                  document={document}
                  wanted={wanted}
                  findings={ordered}
                  current={current}
                  copied={copied}
                  readOnly={readOnly}
                  targets={targets}
                  notes={open}
                  body={body}
                  onChange={onChange}
                  onAsk={(what) => {
                    asked.current = what === 'claim' ? '@' : '['
                    setDialog(what)
                  }}
                  onNote={openNote}
                />
              </div>
            )}
            {view !== 'write' && <Preview title={title} summary={textOf(document, 'summary')} markdown={markdown === undefined ? textOf(document, 'text') : textOf(document, markdown.name)} references={references} />}
          </div>
          <footer className={classes.status}>
            {ordered.length === 0 ? <span className={classes.clear}>No findings</span> : <FindingCounts {...counts} />}
            <span className="t3 wide-only">{desk.changes === 0 ? `Pre-check of revision ${revision}` : 'The pre-check runs at the next save'}</span>
            <span className={classes.hints}>
              <span>
                <Kbd keys="F8" /> next finding
              </span>
              <span>
                <Kbd keys="mod+s" /> save now
              </span>
              <span>
                <Kbd keys="mod+z" /> undo
              </span>
              <span className="num">{plural(countWords(document, type.fields), 'word')}</span>
            </span>
          </footer>
        </section>
        <aside className={classes.panel} aria-label="Details">
          <Tabs
            label="Details"
            size="panel"
            current={panel}
            onChange={(key) => onPanel(key as Panel)}
            tabs={[
              { key: 'fields', label: 'Fields' },
              ...(commented || panel === 'comments' ? [{ key: 'comments', label: 'Comments', count: open.length }] : []),
              { key: 'evidence', label: 'Evidence', count: references.length || undefined },
              { key: 'findings', label: 'Findings', count: findings.length || undefined, alert: counts.block > 0 },
              { key: 'used', label: 'Used in', count: item.usedIn.length || undefined },
              // With the comments there is no room for it; the bar on top opens it too.
              ...(commented && panel !== 'history' ? [] : [{ key: 'history', label: 'History' }]),
            ]}
          />
          <div className={classes.panelBody} role="tabpanel" aria-label={panel}>
            {panel === 'fields' && (
              <>
                <FieldsPanel item={item} type={type} draft={read.data} document={document} findings={ordered} current={current} readOnly={readOnly} onChange={onChange} />
                {ruled && <RulesPanel item={item} locale={locale} document={document} findings={ordered} current={current} readOnly={readOnly} onChange={onChange} />}
                <ImpactsSection item={item} locale={locale} />
                <PublicationsSection item={item} locale={locale} />
                {!readOnly && (
                  <div className={classes.panelSection}>
                    <Button variant="danger" onClick={() => setDialog('discard')}>
                      Throw this draft away
                    </Button>
                  </div>
                )}
              </>
            )}
            {panel === 'comments' &&
              (comments.isPending ? (
                <LoadingRows label="Loading the comments…" />
              ) : comments.isError ? (
                <ErrorState error={comments.error} onRetry={() => void comments.refetch()} kept="Your text is not affected." />
              ) : (
                <CommentsPanel reviews={reviews} current={note} onGo={goToNote} />
              ))}
            {panel === 'evidence' && (
              <EvidencePanel
                references={references}
                onNotice={mayNotice ? setNoticed : undefined}
                onCite={markdown === undefined || readOnly ? undefined : (id) => body.current?.insert(`[@${id}]`)}
                {...(cites && !readOnly
                  ? {
                      onAdd: () => setDialog('reference'),
                      onComplete: (it: Reference) => {
                        setCompleting(it)
                        setDialog('reference')
                      },
                      onRemove: (it: Reference) => onChange(withoutReference(document, it.id)),
                      isUsed: (id: string) => isUsed(document, id),
                    }
                  : {})}
              />
            )}
            {panel === 'findings' && <FindingsPanel findings={ordered} fields={type.fields} current={current} onGo={goTo} />}
            {panel === 'used' && <UsedInPanel uses={item.usedIn} />}
            {panel === 'history' && <HistoryPanel itemId={item.id} />}
          </div>
        </aside>
      </div>
      <ItemPicker
        title="Insert a claim"
        types={['claim']}
        returnFocus={false}
        wanted={wanted}
        opened={dialog === 'claim'}
        onClose={() => {
          leave('@')
        }}
        onPick={(claim) => {
          asked.current = undefined
          setDialog(null)
          body.current?.insert(`:claim[${claim.id}]`)
          // Its text came with the key press above, so the newest document is the desk's.
          const newest = editing.snapshot().document
          if (!listOf<string>(newest, 'claims').includes(claim.id)) onChange(withValue(newest, 'claims', [...listOf<string>(newest, 'claims'), claim.id]))
        }}
      />
      {dialog === 'citation' && (
        <CiteDialog
          references={references}
          onClose={() => leave('[')}
          onPick={(it) => cite(it.id)}
          onNew={() => setDialog('new-citation')}
        />
      )}
      {(dialog === 'reference' || dialog === 'new-citation') && (
        <ReferenceDialog
          reference={completing}
          references={references}
          returnFocus={dialog === 'reference'}
          act={dialog === 'new-citation' ? 'Add and cite' : 'Add'}
          onClose={() => {
            asked.current = undefined
            setCompleting(undefined)
            if (dialog === 'new-citation') body.current?.focus()
            setDialog(null)
          }}
          onDone={(reference) => {
            if (dialog === 'new-citation') cite(reference.id)
            // The text came with the citation, so the newest document is the desk's.
            const newest = editing.snapshot().document
            if (completing !== undefined) onChange(replaceReference(newest, completing.id, reference))
            else if (sameWork(references, reference) === undefined) onChange(withReference(newest, reference))
            setCompleting(undefined)
            setDialog(null)
          }}
        />
      )}
      {dialog === 'conflict' && <ConflictDialog desk={desk} editing={editing} type={type} itemId={item.id} locale={locale} onClose={() => setDialog(null)} />}
      {noticed !== undefined && <NoticeDialog reference={noticed} onClose={() => setNoticed(undefined)} />}
      {dialog === 'discard' && (
        <DiscardDialog
          itemId={item.id}
          locale={locale}
          desk={desk}
          editing={editing}
          onClose={() => setDialog(null)}
          onDone={async (gone) => {
            if (gone) return navigate({ to: '/content' })
            await queryClient.invalidateQueries({ queryKey: itemsKey })
          }}
          hasVersion={item.locales.some((it) => it.locale === locale && it.latestVersion !== undefined)}
        />
      )}
      {dialog === 'submit' && (
        <SubmitDialog
          item={item}
          locale={locale}
          desk={desk}
          onClose={() => setDialog(null)}
          onSubmitted={(code) => {
            // Only once this screen is gone: the draft it shows does not exist any more.
            void navigate({ to: '/review/$code', params: { code } }).then(() => queryClient.invalidateQueries())
          }}
          onFinding={(finding) => {
            setDialog(null)
            goTo(finding)
          }}
        />
      )}
    </>
  )
}

function draftWord(item: ItemDetail, draft: Draft): string {
  const latest = item.locales.find((it) => it.locale === draft.locale)?.latestVersion
  return `Draft of v${(latest?.number ?? 0) + 1}`
}

interface PreviewProps {
  readonly title: string
  readonly summary: string
  readonly markdown: string
  readonly references: readonly Reference[]
}

/** What channels would get, rendered by the server after typing pauses. */
function Preview({ title, summary, markdown, references }: PreviewProps) {
  const [settled] = useDebouncedValue(markdown, 400)
  const rendered = useQuery({ ...renderQuery(settled, references), placeholderData: keepPreviousData })
  return (
    <section className={classes.preview} aria-label="Preview" aria-busy={rendered.isFetching}>
      <p className={classes.previewTitle}>{title}</p>
      {summary !== '' && <p className={classes.previewSummary}>{summary}</p>}
      {rendered.isPending && <LoadingRows label="Rendering the preview…" rows={5} />}
      {rendered.isError && <ErrorState error={rendered.error} onRetry={() => void rendered.refetch()} kept="Your text is not affected." />}
      {rendered.data !== undefined && <Rendered html={rendered.data.html} label="Rendered text" />}
    </section>
  )
}
