import { queryOptions } from '@tanstack/react-query'

import { call } from '@/api/client'
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
