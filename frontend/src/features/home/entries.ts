import type { Schema } from '@/api/types'
import { daysUntil } from '@/ui'

type MyWork = Schema<'MyWork'>

/** One thing that waits for the person, whatever it is. */
export type Entry =
  | { readonly kind: 'review' | 'certification' | 'sent-back'; readonly id: string; readonly due: Date | undefined; readonly job: Schema<'JobRow'> }
  | { readonly kind: 'draft'; readonly id: string; readonly due: undefined; readonly row: Schema<'ItemRow'> }
  | { readonly kind: 'brief'; readonly id: string; readonly due: Date; readonly row: Schema<'BriefRow'> }
  | { readonly kind: 'strategy'; readonly id: string; readonly due: undefined; readonly work: MyWork['strategiesToApprove'][number] }
  | { readonly kind: 'publish'; readonly id: string; readonly due: undefined; readonly work: MyWork['toPublish'][number] }
  | { readonly kind: 'expiry'; readonly id: string; readonly due: Date; readonly work: MyWork['expiring'][number] }
  | { readonly kind: 'recall'; readonly id: string; readonly due: undefined; readonly work: MyWork['recalls'][number] }
  | { readonly kind: 'impact'; readonly id: string; readonly due: undefined; readonly work: MyWork['impacted'][number] }
  | { readonly kind: 'withdrawal'; readonly id: string; readonly due: undefined; readonly work: MyWork['withdrawals'][number] }

export interface Section {
  readonly key: 'recalls' | 'withdrawals' | 'impacted' | 'reviews' | 'certifications' | 'sent-back' | 'drafts' | 'briefs' | 'strategies' | 'publish' | 'expiring'
  readonly title: string
  readonly entries: readonly Entry[]
}

export type View = 'everything' | 'due' | 'reviews' | 'drafts'

/** The sections in the order of urgency: what harms when it waits comes first. Empty ones are left out. */
export function sectionsOf(work: MyWork): readonly Section[] {
  const job = (kind: 'review' | 'certification' | 'sent-back') => (row: Schema<'JobRow'>): Entry => ({
    kind,
    id: `${kind}:${row.code}`,
    due: row.dueAt === undefined ? undefined : new Date(row.dueAt),
    job: row,
  })
  const sections: readonly Section[] = [
    {
      key: 'recalls',
      title: 'Withdrawals to confirm',
      entries: work.recalls.map((it) => ({ kind: 'recall', id: `recall:${it.id}`, due: undefined, work: it })),
    },
    {
      key: 'withdrawals',
      title: 'Withdrawals',
      entries: work.withdrawals.map((it) => ({ kind: 'withdrawal', id: `withdrawal:${it.item.id}:${it.withdrawnAt}`, due: undefined, work: it })),
    },
    {
      key: 'impacted',
      title: 'Impacted by what it holds',
      entries: (work.impacted ?? []).map((it) => ({ kind: 'impact', id: `impact:${it.itemId}:${it.market}:${it.locale}:${it.partId}:${it.relation}:${it.cause}`, due: undefined, work: it })),
    },
    { key: 'reviews', title: 'Reviews due', entries: work.reviewsDue.map(job('review')) },
    { key: 'certifications', title: 'To certify', entries: work.toCertify.map(job('certification')) },
    { key: 'sent-back', title: 'Sent back to you', entries: work.sentBack.map(job('sent-back')) },
    { key: 'drafts', title: 'Drafts and findings', entries: work.drafts.map((row) => ({ kind: 'draft', id: `draft:${row.id}:${row.locale}`, due: undefined, row })) },
    {
      key: 'briefs',
      title: 'Briefs for you',
      entries: (work.briefs ?? []).map((row) => ({ kind: 'brief', id: `brief:${row.id}`, due: new Date(`${row.dueOn}T00:00:00`), row })),
    },
    {
      key: 'strategies',
      title: 'Strategies to approve',
      entries: (work.strategiesToApprove ?? []).map((it) => ({ kind: 'strategy', id: `strategy:${it.strategyId}:${it.number}`, due: undefined, work: it })),
    },
    { key: 'publish', title: 'Approved, not yet published', entries: work.toPublish.map((it) => ({ kind: 'publish', id: `publish:${it.approval.id}`, due: undefined, work: it })) },
    {
      key: 'expiring',
      title: 'Expiring',
      entries: work.expiring.map((it) => ({ kind: 'expiry', id: `expiry:${it.item.id}:${it.market}:${it.locale}`, due: new Date(it.until), work: it })),
    },
  ]
  return sections.filter((it) => it.entries.length > 0)
}

/** What one view shows of the sections. "Due" is a date up to seven days ahead, or behind; a withdrawal is always due. */
export function inView(sections: readonly Section[], view: View, now: Date): readonly Section[] {
  switch (view) {
    case 'everything':
      return sections
    case 'due':
      return sections
        .map((section) => ({ ...section, entries: section.entries.filter((it) => it.kind === 'withdrawal' || it.kind === 'recall' || (it.due !== undefined && daysUntil(it.due, now) <= 7)) }))
        .filter((it) => it.entries.length > 0)
    case 'reviews':
      return sections.filter((it) => it.key === 'reviews' || it.key === 'certifications' || it.key === 'strategies')
    case 'drafts':
      return sections.filter((it) => it.key === 'drafts' || it.key === 'sent-back' || it.key === 'briefs')
  }
}

export function countOf(sections: readonly Section[]): number {
  return sections.reduce((sum, it) => sum + it.entries.length, 0)
}

/** The entry with the nearest date, for "next due". */
export function nextDue(sections: readonly Section[]): Entry | undefined {
  return sections
    .flatMap((it) => it.entries)
    .filter((it) => it.due !== undefined)
    .sort((a, b) => (a.due?.getTime() ?? 0) - (b.due?.getTime() ?? 0))[0]
}

/** Where an entry is worked on. */
export function addressOf(entry: Entry): { readonly to: string; readonly search: Readonly<Record<string, string | number>> } {
  switch (entry.kind) {
    case 'review':
    case 'certification':
      return { to: `/review/${entry.job.code}`, search: {} }
    case 'sent-back':
      return { to: `/content/${entry.job.item.key}`, search: { locale: entry.job.locale } }
    case 'draft':
      return { to: `/content/${entry.row.key}`, search: { locale: entry.row.locale } }
    case 'brief':
      return { to: `/strategy/briefs/${entry.row.id}`, search: {} }
    case 'strategy':
      return { to: '/strategy/objectives', search: { strategy: entry.work.strategyId, version: entry.work.number } }
    case 'publish':
      return { to: `/content/${entry.work.item.key}`, search: { locale: entry.work.approval.locale } }
    case 'expiry':
      return { to: `/content/${entry.work.item.key}`, search: { locale: entry.work.locale } }
    case 'recall':
      return { to: `/channels/recalls/${entry.work.id}`, search: {} }
    case 'impact':
      return { to: `/content/${entry.work.key}`, search: { locale: entry.work.locale } }
    case 'withdrawal':
      return { to: `/content/${entry.work.item.key}`, search: {} }
  }
}
