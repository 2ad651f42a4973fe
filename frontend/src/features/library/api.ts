import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'

import { call, type Problem } from '@/api/client'
import type { Schema } from '@/api/types'

import { queryOf, type LibrarySearch } from './search'

const PAGE_SIZE = 50

/** Pages of the library; the last answer stays on screen while the next one comes, so nothing jumps while someone types. */
export const itemsQuery = (search: LibrarySearch) =>
  infiniteQueryOptions({
    queryKey: ['items', 'list', queryOf(search)],
    queryFn: ({ signal, pageParam }) =>
      call<Schema<'ItemPage'>>('/manage/v1/items', { query: { ...queryOf(search), limit: PAGE_SIZE, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })

export function useCreateItem() {
  const client = useQueryClient()
  return useMutation<Schema<'ItemDetail'>, Problem, Schema<'NewItem'>>({
    mutationFn: (item) => call('/manage/v1/items', { method: 'POST', body: item }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['items'] }),
  })
}

export const ingestJobsQuery = queryOptions({
  queryKey: ['ingest-jobs'],
  queryFn: ({ signal }) => call<Schema<'IngestJobs'>>('/manage/v1/ingest/jobs', { signal }),
  // Fast while something runs, seldom otherwise.
  refetchInterval: (query) => (query.state.data?.jobs.some((it) => it.state === 'waiting' || it.state === 'running') === true ? 1_000 : 30_000),
})

export type FileOutcome = Schema<'IngestFile'>['outcome']

export const ingestFilesQuery = (jobId: string, outcome: FileOutcome | undefined, running: boolean) =>
  infiniteQueryOptions({
    queryKey: ['ingest-jobs', jobId, 'files', outcome],
    queryFn: ({ signal, pageParam }) =>
      call<Schema<'IngestFiles'>>(`/manage/v1/ingest/jobs/${jobId}/files`, { query: { outcome, limit: 100, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: running ? 2_000 : false,
  })
