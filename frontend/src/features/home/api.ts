import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { call, type Problem } from '@/api/client'
import type { Schema } from '@/api/types'

export const myWorkQuery = queryOptions({
  queryKey: ['my-work'],
  queryFn: ({ signal }) => call<Schema<'MyWork'>>('/manage/v1/my-work', { signal }),
  refetchInterval: 60_000,
})

export const draftFindingsQuery = (itemId: string, locale: string) =>
  queryOptions({
    queryKey: ['items', itemId, 'drafts', locale, 'findings'],
    queryFn: ({ signal }) => call<Schema<'Findings'>>(`/manage/v1/items/${itemId}/drafts/${locale}/findings`, { signal }),
  })

/** Publishes what an approval covers; everything that shows states reads again. */
export function usePublish() {
  const client = useQueryClient()
  return useMutation<Schema<'Publication'>, Problem, Schema<'Approval'>>({
    mutationFn: (approval) =>
      call(`/manage/v1/items/${approval.itemId}/publications`, {
        method: 'POST',
        body: { locale: approval.locale, market: approval.market, approvalId: approval.id },
      }),
    onSuccess: () => Promise.all([client.invalidateQueries({ queryKey: ['my-work'] }), client.invalidateQueries({ queryKey: ['items'] })]),
  })
}
