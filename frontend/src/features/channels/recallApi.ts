import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

import { call } from '@/api/client'
import type { Schema } from '@/api/types'

export type Recall = Schema<'Recall'>
export type RecallDetail = Schema<'RecallDetail'>
export type RecallChannel = Schema<'RecallChannel'>

export const recallsKey = ['recalls'] as const
const at = (id: string, rest = '') => `/manage/v1/recalls/${encodeURIComponent(id)}${rest}`
const LIVE = 5_000

export const recallsQuery = infiniteQueryOptions({
  queryKey: [...recallsKey, 'list'],
  queryFn: ({ signal, pageParam }) => call<Schema<'RecallPage'>>('/manage/v1/recalls', { query: { limit: 50, after: pageParam }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.nextCursor,
  refetchInterval: LIVE,
})

const MOST_COUNTED = 100

/** How many recalls wait for a channel, for the tab; a hundred means that many or more. */
export const openRecallsQuery = queryOptions({
  queryKey: [...recallsKey, 'open'],
  queryFn: async ({ signal }) => (await call<Schema<'RecallPage'>>('/manage/v1/recalls', { query: { state: 'open', limit: MOST_COUNTED }, signal })).recalls.length,
  staleTime: 60_000,
})

export const recallQuery = (id: string) =>
  queryOptions({
    queryKey: [...recallsKey, 'one', id],
    queryFn: ({ signal }) => call<RecallDetail>(at(id), { signal }),
    refetchInterval: LIVE,
  })

export const confirmFor = (id: string, channelId: string, body: Schema<'RecallConfirmationByPerson'>) =>
  call<RecallDetail>(at(id, `/channels/${encodeURIComponent(channelId)}/confirmation`), { method: 'POST', body })
export const remind = (id: string, channelId?: string) => call<Schema<'RecallReminded'>>(at(id, '/reminders'), { method: 'POST', body: channelId === undefined ? {} : { channelId } })
export const close = (id: string, reason: string) => call<RecallDetail>(at(id, '/closing'), { method: 'POST', body: { reason } })
