import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'

import { briefKeys } from '@/api/briefs'
import { call, callTagged, type Tagged } from '@/api/client'
import type { Schema } from '@/api/types'

export type Brief = Schema<'Brief'>
export type BriefRow = Schema<'BriefRow'>
export type BriefState = Schema<'BriefState'>
export type BriefItem = Schema<'BriefItem'>
export type Suggestions = Schema<'BriefSuggestions'>

interface BriefFilter {
  /** Comma-separated states. */
  readonly state?: string | undefined
  readonly writer?: string | undefined
  readonly brand?: string | undefined
  readonly market?: string | undefined
  readonly audience?: string | undefined
}

/** A cell of the framework matrix in one market: what a brief is for. */
interface BriefCell {
  readonly audience: string
  readonly stage: string
  readonly need: string
  readonly market: string
  readonly brand?: string | undefined
}

const path = (id: string, rest = '') => `/manage/v1/briefs/${encodeURIComponent(id)}${rest}`

export const briefsQuery = (filter: BriefFilter) =>
  infiniteQueryOptions({
    queryKey: [...briefKeys, 'list', filter],
    queryFn: ({ signal, pageParam }) => call<Schema<'Briefs'>>('/manage/v1/briefs', { query: { ...filter, limit: 50, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })

export const briefKey = (id: string) => [...briefKeys, 'one', id] as const

export const briefQuery = (id: string) => queryOptions({ queryKey: briefKey(id), queryFn: ({ signal }) => callTagged<Brief>(path(id), { signal }) })

export const suggestionsQuery = (cell: BriefCell) =>
  queryOptions({
    queryKey: [...briefKeys, 'suggestions', cell],
    queryFn: ({ signal }) => call<Suggestions>('/manage/v1/brief-suggestions', { query: { ...cell }, signal }),
    enabled: cell.market !== '',
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  })

export const createBrief = (brief: Schema<'NewBrief'>) => call<Brief>('/manage/v1/briefs', { method: 'POST', body: brief })

export const changeBrief = (id: string, change: Schema<'BriefChange'>, ifMatch: string | undefined): Promise<Tagged<Brief>> => callTagged<Brief>(path(id), { method: 'PUT', body: change, ifMatch })

export const cancelBrief = (id: string, reason: Schema<'Reason'>) => call<Brief>(path(id, '/cancellation'), { method: 'POST', body: reason })

export const startDraft = (id: string, draft: Schema<'NewBriefDraft'>) => call<Brief>(path(id, '/draft'), { method: 'POST', body: draft })
