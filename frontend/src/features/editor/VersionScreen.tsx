import { IconHistory, IconPencil } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import type { Problem } from '@/api/client'
import { hasRole, usePerson } from '@/app/session'
import { byCitation } from '@/content/citations'
import type { Reference } from '@/content/csl'
import { Rendered } from '@/content/Rendered'
import { moment } from '@/content/times'
import { shortHash } from '@/content/words'
import { Button, ErrorState, LoadingRows, StateBadge, Tabs, TopBar } from '@/ui'

import { itemsKey, startDraft, versionQuery, type ContentType, type Draft, type ItemDetail, type ItemLocale } from './api'
import { countWords, listOf } from './document'
import type { Panel } from './DraftEditor'
import classes from './editor.module.css'
import { EditorToolbar } from './EditorToolbar'
import { FieldsPanel } from './FieldsPanel'
import { ImpactsSection } from './ImpactsSection'
import { NoticeDialog } from './NoticeDialog'
import { EvidencePanel, HistoryPanel, UsedInPanel } from './panels'
import { MAY_WITHDRAW, PublicationsSection } from './PublicationsSection'

interface VersionScreenProps {
  readonly item: ItemDetail
  readonly type: ContentType
  readonly locale: ItemLocale
  readonly number: number
  readonly mayWrite: boolean
  readonly panel: Panel
  readonly onPanel: (panel: Panel) => void
}

/** The newest version of a language that has no draft: to read, and where it stands in its markets. */
export function VersionScreen({ item, type, locale, number, mayWrite, panel, onPanel }: VersionScreenProps) {
  const queryClient = useQueryClient()
  const mayNotice = hasRole(usePerson(), ...MAY_WITHDRAW)
  const [noticed, setNoticed] = useState<Reference>()
  const version = useQuery(versionQuery(item.id, locale.locale, number))
  const start = useMutation<Draft, Problem>({
    mutationFn: () => startDraft(item.id, { locale: locale.locale, fromVersion: number }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: itemsKey }),
  })
  const openJob = locale.jobs.find((it) => it.state === 'in-review' || it.state === 'revise-and-resubmit')
  const document = version.data?.document ?? {}
  const references = byCitation(listOf<Reference>(document, 'references'), document)
  const shownPanel = panel === 'findings' || panel === 'comments' ? 'fields' : panel
  return (
    <>
      <TopBar
        title={locale.title}
        crumbs={[{ label: 'Content', to: '/content' }]}
        beside={<StateBadge state={locale.state} />}
        actions={
          <>
            <Button variant="quiet" icon={<IconHistory size={16} stroke={1.5} aria-hidden="true" />} onClick={() => onPanel('history')}>
              History
            </Button>
            {openJob !== undefined && (
              <Link to="/review/$code" params={{ code: openJob.code }} className={classes.reviewLink}>
                Open review {openJob.code}
              </Link>
            )}
            {mayWrite && (
              <Button variant={openJob === undefined ? 'primary' : 'default'} icon={<IconPencil size={16} stroke={1.5} aria-hidden="true" />} busy={start.isPending && 'Starting…'} onClick={() => start.mutate()}>
                Start a new draft
              </Button>
            )}
          </>
        }
      />
      <div className={classes.split}>
        <section className={classes.column} aria-label="Document">
          <EditorToolbar item={item} locale={locale.locale} formatting={false} canStart={mayWrite} />
          {start.isError && <ErrorState error={start.error} />}
          <div className={classes.paper}>
            <div className={classes.doc}>
              {version.isPending && <LoadingRows label="Loading the version…" rows={10} />}
              {version.isError && <ErrorState error={version.error} onRetry={() => void version.refetch()} />}
              {version.data !== undefined && (
                <>
                  <p className={classes.previewTitle}>{locale.title}</p>
                  {typeof document['summary'] === 'string' && <p className={classes.previewSummary}>{document['summary']}</p>}
                  <Rendered html={version.data.html} label="Text" onCitation={() => onPanel('evidence')} />
                </>
              )}
            </div>
          </div>
          <footer className={classes.status}>
            {version.data !== undefined && (
              <>
                <span className="m">Version {number}</span>
                <span className="t2">
                  Submitted by {version.data.submittedBy.displayName}, {moment(version.data.submittedAt)}
                </span>
                <span className={classes.hints}>
                  <span title={version.data.sha256} className="wide-only">
                    SHA-256 <span className="mono">{shortHash(version.data.sha256)}</span>
                  </span>
                  <span className="num">{countWords(document, type.fields)} words</span>
                </span>
              </>
            )}
          </footer>
        </section>
        <aside className={classes.panel} aria-label="Details">
          <Tabs
            label="Details"
            size="panel"
            current={shownPanel}
            onChange={(key) => onPanel(key as Panel)}
            tabs={[
              { key: 'fields', label: 'Fields' },
              { key: 'evidence', label: 'Evidence', count: references.length },
              { key: 'used', label: 'Used in', count: item.usedIn.length },
              { key: 'history', label: 'History' },
            ]}
          />
          <div className={classes.panelBody} role="tabpanel" aria-label={shownPanel}>
            {shownPanel === 'fields' && (
              <>
                <ImpactsSection item={item} locale={locale.locale} />
                <PublicationsSection item={item} locale={locale.locale} />
                <FieldsPanel item={item} type={type} draft={{ locale: locale.locale }} document={document} findings={[]} current={undefined} readOnly onChange={() => {}} />
              </>
            )}
            {shownPanel === 'evidence' && <EvidencePanel references={references} onNotice={mayNotice ? setNoticed : undefined} />}
            {shownPanel === 'used' && <UsedInPanel uses={item.usedIn} />}
            {shownPanel === 'history' && <HistoryPanel itemId={item.id} />}
          </div>
        </aside>
      </div>
      {noticed !== undefined && <NoticeDialog reference={noticed} onClose={() => setNoticed(undefined)} />}
    </>
  )
}
