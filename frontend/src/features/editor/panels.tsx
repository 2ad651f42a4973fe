import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { missingIn } from '@/content/citationText'
import { addressOf, shortCitation, whereItStands, type Reference } from '@/content/csl'
import { moment } from '@/content/times'
import { words } from '@/content/words'
import { Button, EmptyState, ErrorState, Finding as FindingBox, LoadingRows } from '@/ui'

import { historyQuery, type ContentField, type Finding, type ItemDetail } from './api'
import { fieldOf, findingKey } from './document'
import classes from './editor.module.css'

interface EvidencePanelProps {
  readonly references: readonly Reference[]
  readonly onCite?: ((referenceId: string) => void) | undefined
  readonly onAdd?: (() => void) | undefined
  readonly onComplete?: ((reference: Reference) => void) | undefined
  readonly onRemove?: ((reference: Reference) => void) | undefined
  /** For those who may record what a publisher says of a work. */
  readonly onNotice?: ((reference: Reference) => void) | undefined
  /** Whether a text or a passage stands on it. */
  readonly isUsed?: (referenceId: string) => boolean
}

/** The works this document cites, by the numbers that readers see. */
export function EvidencePanel({ references, onCite, onAdd, onComplete, onRemove, onNotice, isUsed }: EvidencePanelProps) {
  const add = onAdd !== undefined && (
    <Button icon={<IconPlus size={14} stroke={1.75} aria-hidden="true" />} onClick={onAdd}>
      Add a reference
    </Button>
  )
  if (references.length === 0) {
    return (
      <div data-field="references">
        <EmptyState title="No references yet" action={add}>
          {onAdd === undefined ? 'A citation in the text points to one.' : 'Add one by its DOI, its PMID or as it stands somewhere; then cite it in the text.'}
        </EmptyState>
      </div>
    )
  }
  return (
    <>
    {onAdd !== undefined && <div className={classes.panelSection}>{add}</div>}
    <ol className={classes.references} data-field="references" tabIndex={-1}>
      {references.map((it, at) => {
        const address = addressOf(it.csl)
        return (
          <li key={it.id} id={`ref-${it.id}`} className={classes.reference}>
            <span className={classes.number}>{at + 1}</span>
            <div className="grow">
              <p className="m">{shortCitation(it.csl)}</p>
              {it.csl.title !== undefined && <p className="f12 t2">{it.csl.title}</p>}
              <p className="f12 t3">
                {whereItStands(it.csl)}
                {whereItStands(it.csl) !== undefined && address !== undefined && ' · '}
                {address !== undefined && (
                  <a href={address.href} target="_blank" rel="noopener noreferrer" className="link">
                    {address.label}
                  </a>
                )}
              </p>
              {onComplete !== undefined && (
                <p className="f12">
                  {missingIn(it.csl).length > 0 && <span className="t2">Lacks {missingIn(it.csl).join(', ')}. </span>}
                  <button type="button" className="link" aria-label={`Complete reference ${at + 1}`} onClick={() => onComplete(it)}>
                    {missingIn(it.csl).length > 0 ? 'Complete it' : 'Edit'}
                  </button>
                </p>
              )}
              {onNotice !== undefined && (
                <p className="f12">
                  <button type="button" className="link" aria-label={`Record a notice about reference ${at + 1}`} onClick={() => onNotice(it)}>
                    Record a notice…
                  </button>
                </p>
              )}
            </div>
            {onCite !== undefined && (
              <button type="button" className={classes.add} aria-label={`Cite reference ${at + 1}`} onClick={() => onCite(it.id)}>
                Cite
              </button>
            )}
            {onRemove !== undefined && isUsed?.(it.id) === false && (
              <button type="button" className={classes.remove} aria-label={`Remove reference ${at + 1}`} title="It is cited nowhere" onClick={() => onRemove(it)}>
                <IconTrash size={14} stroke={1.5} aria-hidden="true" />
              </button>
            )}
          </li>
        )
      })}
    </ol>
    </>
  )
}

interface FindingsPanelProps {
  readonly findings: readonly Finding[]
  readonly fields: readonly ContentField[]
  readonly current: Finding | undefined
  readonly onGo: (finding: Finding) => void
}

/** All findings, blocks first. Choosing one goes to the text it concerns. */
export function FindingsPanel({ findings, fields, current, onGo }: FindingsPanelProps) {
  if (findings.length === 0) return <EmptyState title="The pre-check has no findings">It runs at every save; a market's own rules are checked when you submit.</EmptyState>
  return (
    <ul className={classes.findingList}>
      {findings.map((finding) => (
        <li key={findingKey(finding)}>
          <button type="button" className={classes.findingButton} aria-current={finding === current || undefined} onClick={() => onGo(finding)}>
            <FindingBox severity={finding.severity} title={`${words(finding.code)}.`} rule={finding.rule} selected={finding === current}>
              {finding.message}
              <span className="t3 f12"> {fieldOf(finding, fields)?.label ?? 'Whole document'}</span>
            </FindingBox>
          </button>
        </li>
      ))}
    </ul>
  )
}

const RELATIONS: Readonly<Record<ItemDetail['usedIn'][number]['relation'], string>> = {
  claim: 'makes this claim',
  'safety-information': 'shows it as safety information',
  'prescribing-information': 'links to it as prescribing information',
  counterpart: 'is its counterpart',
  step: 'uses it in a step',
}

export function UsedInPanel({ uses }: { readonly uses: ItemDetail['usedIn'] }) {
  if (uses.length === 0) return <EmptyState title="Not used by other content">Content that points to this item will be listed here.</EmptyState>
  return (
    <ul className={classes.uses}>
      {uses.map((use) => (
        <li key={`${use.id} ${use.relation}`}>
          <Link to="/content/$itemId" params={{ itemId: use.key }} className={classes.use}>
            <span className={classes.key}>{use.key}</span>
            <span className="grow">
              {use.title}
              <span className="t3 f12"> {RELATIONS[use.relation]}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

export function HistoryPanel({ itemId }: { readonly itemId: string }) {
  const history = useQuery(historyQuery(itemId))
  if (history.isPending) return <LoadingRows label="Loading the history…" />
  if (history.isError) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />
  if (history.data.entries.length === 0) return <EmptyState title="The history is empty">Every act on this item will be listed here.</EmptyState>
  return (
    <ol className={classes.history}>
      {history.data.entries.map((entry) => (
        <li key={entry.number}>
          <span className={classes.act}>{words(entry.action.replace('.', ' '))}</span>
          <span className="f12 t3">
            {entry.actor.displayName}, {moment(entry.at)}
          </span>
          {entry.reason !== undefined && <span className="f12 t2">{entry.reason}</span>}
        </li>
      ))}
    </ol>
  )
}
