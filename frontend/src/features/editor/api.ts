import { queryOptions } from '@tanstack/react-query'

import { call, callTagged, type Tagged } from '@/api/client'
import type { Schema } from '@/api/types'

export type ItemDetail = Schema<'ItemDetail'>
export type ItemLocale = Schema<'ItemLocale'>
export type ItemRow = Schema<'ItemRow'>
export type Draft = Schema<'Draft'>
export type Finding = Schema<'Finding'>
export type ContentType = Schema<'ContentType'>
export type ContentField = Schema<'ContentField'>
export type Concept = Schema<'Concept'>
export type Market = Schema<'Market'>
export type Publication = Schema<'Publication'>
export type Approval = Schema<'Approvals'>['approvals'][number]
export type Version = Schema<'Version'>
export type Annotation = Schema<'Annotation'>
export type ReviewOfDraft = Schema<'ReviewOfDraft'>
export type Job = Schema<'Job'>
export type Withdrawal = Schema<'Withdrawal'>

const path = (itemId: string, ...rest: readonly (string | number)[]) => ['/manage/v1/items', itemId, ...rest].map((it, at) => (at === 0 ? it : encodeURIComponent(it))).join('/')

/** Items and all lists of them: what an act on one item may have changed. */
export const itemsKey = ['items'] as const

const itemKey = (itemId: string) => ['items', itemId] as const

export const itemQuery = (itemId: string) =>
  queryOptions({ queryKey: itemKey(itemId), queryFn: ({ signal }) => call<ItemDetail>(path(itemId), { signal }) })

/** Read once when the editor opens; from then on the desk holds the newest state. */
export const draftQuery = (itemId: string, locale: string) =>
  queryOptions({
    queryKey: [...itemKey(itemId), 'draft', locale],
    queryFn: ({ signal }) => callTagged<Draft>(path(itemId, 'drafts', locale), { signal }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })

/** What is on the server now, for a desk whose revision was overtaken. */
export const newestDraftQuery = (itemId: string, locale: string, overtaken: number) =>
  queryOptions({
    queryKey: [...itemKey(itemId), 'draft', locale, 'after', overtaken],
    queryFn: ({ signal }) => callTagged<Draft>(path(itemId, 'drafts', locale), { signal }),
    staleTime: 0,
    gcTime: 0,
  })

export const versionQuery = (itemId: string, locale: string, number: number) =>
  queryOptions({
    queryKey: [...itemKey(itemId), 'version', locale, number],
    queryFn: ({ signal }) => call<Version>(path(itemId, 'versions', locale, number), { signal }),
    staleTime: Infinity,
  })

export const approvalsQuery = (itemId: string) =>
  queryOptions({ queryKey: [...itemKey(itemId), 'approvals'], queryFn: ({ signal }) => call<Schema<'Approvals'>>(path(itemId, 'approvals'), { signal }) })

export const historyQuery = (itemId: string) =>
  queryOptions({ queryKey: [...itemKey(itemId), 'history'], queryFn: ({ signal }) => call<Schema<'History'>>(path(itemId, 'history'), { signal }) })

/** Items of some types that share kind, brand and locale with a document, for its pickers. */
export const fittingItemsQuery = (types: readonly string[], words: string, wanted: { readonly kind: string; readonly brand: string | undefined; readonly locale: string }) =>
  queryOptions({
    queryKey: ['items', 'pick', types, words, wanted.kind, wanted.brand, wanted.locale],
    queryFn: ({ signal }) =>
      call<Schema<'ItemPage'>>('/manage/v1/items', { query: { q: words, type: types, kind: wanted.kind, brand: wanted.brand, locale: wanted.locale, limit: 100 }, signal }),
    staleTime: 30_000,
  })

/** Items of some types, for pickers. Words are optional: without them the newest come first. */
export const pickableItemsQuery = (types: readonly string[], words: string) =>
  queryOptions({
    queryKey: ['items', 'pick', types, words],
    queryFn: ({ signal }) => call<Schema<'ItemPage'>>('/manage/v1/items', { query: { q: words, type: types, limit: 20 }, signal }),
    staleTime: 30_000,
  })

/** Works that were entered before, by DOI or PMID. */
export const knownReferencesQuery = (by: { readonly doi?: string; readonly pmid?: string }) =>
  queryOptions({
    queryKey: ['references', by],
    queryFn: ({ signal }) => call<{ references: Schema<'Reference'>[] }>('/manage/v1/references', { query: by, signal }),
  })

export const registerReference = (csl: Readonly<Record<string, unknown>>) => call<Schema<'Reference'>>('/manage/v1/references', { method: 'POST', body: { csl } })

export const renderQuery = (markdown: string, references: readonly object[]) =>
  queryOptions({
    queryKey: ['render', markdown, references],
    queryFn: ({ signal }) => call<Schema<'Rendering'>>('/manage/v1/render', { method: 'POST', body: { markdown, references }, signal }),
    staleTime: Infinity,
    gcTime: 60_000,
  })

export const findingsQuery = (itemId: string, locale: string, market: string, revision: number) =>
  queryOptions({
    queryKey: [...itemKey(itemId), 'findings', locale, market, revision],
    queryFn: ({ signal }) => call<Schema<'Findings'>>(path(itemId, 'drafts', locale, 'findings'), { query: { market }, signal }),
  })

/** What reviewers said, placed in the words of the saved draft: each revision is asked anew, and until then the last places stand. */
export const draftAnnotationsQuery = (itemId: string, locale: string, revision: number) =>
  queryOptions({
    queryKey: ['draft-annotations', itemId, locale, revision],
    queryFn: ({ signal }) => call<Schema<'DraftAnnotations'>>(path(itemId, 'drafts', locale, 'annotations'), { signal }),
  })

/** What else leaves or is marked when an item is withdrawn. */
export const withdrawalImpactQuery = (itemId: string, of: { readonly locale?: string; readonly market?: string }) =>
  queryOptions({
    queryKey: [...itemKey(itemId), 'withdrawal-impact', of],
    queryFn: ({ signal }) => call<Schema<'ImpactPreview'>>(path(itemId, 'withdrawals', 'impact'), { query: of, signal }),
    staleTime: 0,
  })

export const noticeImpactQuery = (referenceId: string) =>
  queryOptions({
    queryKey: ['references', referenceId, 'notice-impact'],
    queryFn: ({ signal }) => call<Schema<'ImpactPreview'>>(`/manage/v1/references/${encodeURIComponent(referenceId)}/notices/impact`, { signal }),
    staleTime: 0,
  })

export const recordNotice = (referenceId: string, body: Schema<'NewReferenceNotice'>) =>
  call<Schema<'ReferenceNotice'>>(`/manage/v1/references/${encodeURIComponent(referenceId)}/notices`, { method: 'POST', body })

export const startDraft = (itemId: string, body: Schema<'NewDraft'>) => call<Draft>(path(itemId, 'drafts'), { method: 'POST', body })

export const saveDraft = (itemId: string, locale: string, document: object, ifMatch: string): Promise<Tagged<Draft>> =>
  callTagged<Draft>(path(itemId, 'drafts', locale), { method: 'PUT', body: { document }, ifMatch })

export const discardDraft = (itemId: string, locale: string, ifMatch: string, reason: string) =>
  call<void>(path(itemId, 'drafts', locale), { method: 'DELETE', query: { reason }, ifMatch })

/** Says that a copy within one language is right as it stands. */
export const confirmCopy = (itemId: string, locale: string, ifMatch: string) => call<Draft>(path(itemId, 'drafts', locale, 'copy-confirmation'), { method: 'POST', ifMatch })

export const submitDraft = (itemId: string, locale: string, ifMatch: string, body: Schema<'Submission'>) =>
  call<Job>(path(itemId, 'drafts', locale, 'submission'), { method: 'POST', body, ifMatch })

export const withdrawItem = (itemId: string, body: Schema<'NewWithdrawal'>) => call<Withdrawal>(path(itemId, 'withdrawals'), { method: 'POST', body })
