import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

import { call } from '@/api/client'
import type { Schema } from '@/api/types'
import { addressOf, shortCitation, whereItStands, type Reference } from '@/content/csl'
import { Chip, EmptyState, IncompleteState } from '@/ui'

import classes from './review.module.css'

export interface Anchor {
  readonly reference: string
  readonly quote: string
  readonly prefix?: string
  readonly suffix?: string
  readonly page?: number
}

interface EvidenceProps {
  readonly references: readonly Reference[]
  readonly anchors: readonly Anchor[]
  readonly claims: readonly string[]
  readonly locale: string
  /** The reference that was asked for in the text. */
  readonly cited: string | undefined
}

/** What the text rests on: its references with the passages that support it, and the claims it makes with theirs. */
export function Evidence({ references, anchors, claims, locale, cited }: EvidenceProps) {
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    if (cited === undefined) return
    const element = panel.current?.querySelector<HTMLElement>(`[data-reference="${CSS.escape(cited)}"]`)
    element?.scrollIntoView({ block: 'center' })
    element?.focus({ preventScroll: true })
  }, [cited])
  return (
    <aside className={classes.evidence} aria-label="Evidence" ref={panel}>
      <div className={classes.evidenceHead}>
        <h2>Evidence</h2>
        <span className="t3 f12">{references.length === 0 ? '' : `${references.length} ${references.length === 1 ? 'reference' : 'references'}`}</span>
      </div>
      <div className={classes.evidenceBody}>
        {references.length === 0 && claims.length === 0 && <EmptyState title="This version cites nothing">References and claims of the document are listed here.</EmptyState>}
        <ol>
          {references.map((it, at) => (
            <li key={it.id} className={classes.reference} data-reference={it.id} tabIndex={-1} data-cited={it.id === cited || undefined}>
              <Work reference={it} number={at + 1} />
              {anchors.filter((anchor) => anchor.reference === it.id).map((anchor) => (
                <Passage key={anchor.quote} anchor={anchor} />
              ))}
            </li>
          ))}
        </ol>
        <Claims ids={claims} locale={locale} />
      </div>
    </aside>
  )
}

function Work({ reference, number }: { readonly reference: Reference; readonly number?: number }) {
  const address = addressOf(reference.csl)
  const where = whereItStands(reference.csl)
  return (
    <div className={classes.work}>
      {number !== undefined && <span className={classes.refNumber}>{number}</span>}
      <div className="grow">
        <p className="m">{shortCitation(reference.csl)}</p>
        {reference.csl.title !== undefined && <p className="t2 f12">{reference.csl.title}</p>}
        <p className="t3 f12">
          {where}
          {where !== undefined && address !== undefined && ' · '}
          {address !== undefined && (
            <a href={address.href} target="_blank" rel="noopener noreferrer" className="link">
              {address.label}
            </a>
          )}
        </p>
      </div>
    </div>
  )
}

function Passage({ anchor }: { readonly anchor: Anchor }) {
  return (
    <blockquote className={classes.passage}>
      {anchor.prefix !== undefined && <span className="t2">…{anchor.prefix}</span>}
      <mark>{anchor.quote}</mark>
      {anchor.suffix !== undefined && <span className="t2">{anchor.suffix}…</span>}
      {anchor.page !== undefined && <footer className="t3 f11">p. {anchor.page}</footer>}
    </blockquote>
  )
}

/** The claims of the text, each with the passages of its newest version. */
function Claims({ ids, locale }: { readonly ids: readonly string[]; readonly locale: string }) {
  const items = useQueries({ queries: ids.map((id) => ({ queryKey: ['items', id], queryFn: () => call<Schema<'ItemDetail'>>(`/manage/v1/items/${encodeURIComponent(id)}`) })) })
  const newest = items.map((it) => ({ id: it.data?.id, locale: it.data?.locales.find((in_) => in_.locale === locale && in_.latestVersion !== undefined) }))
  const versions = useQueries({
    queries: newest.map(({ id, locale: found }) => ({
      queryKey: ['items', id, 'version', locale, found?.latestVersion?.number],
      queryFn: () => call<Schema<'Version'>>(`/manage/v1/items/${encodeURIComponent(id ?? '')}/versions/${locale}/${found?.latestVersion?.number ?? 0}`),
      enabled: found?.latestVersion !== undefined,
    })),
  })
  if (ids.length === 0) return null
  const missing = [...items, ...versions].filter((it) => it.isError)
  return (
    <section aria-labelledby="claims-heading">
      <h3 id="claims-heading" className={classes.evidenceGroup}>
        Claims
      </h3>
      {missing.length > 0 && <IncompleteState onRetry={() => missing.forEach((it) => void it.refetch())}>{missing.length} of the claims could not be loaded.</IncompleteState>}
      <ul>
        {ids.map((id, at) => {
          const item = items[at]?.data
          const document = versions[at]?.data?.document
          return (
            <li key={id} className={classes.reference}>
              <div className={classes.work}>
                <Chip tone="accent">{item?.key ?? '…'}</Chip>
                <Link to="/content/$itemId" params={{ itemId: item?.key ?? id }} className="grow m">
                  {(document?.['text'] as string | undefined) ?? item?.locales.find((it) => it.locale === locale)?.title ?? 'Loading…'}
                </Link>
              </div>
              {((document?.['anchors'] ?? []) as readonly Anchor[]).map((anchor) => (
                <Passage key={anchor.quote} anchor={anchor} />
              ))}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
