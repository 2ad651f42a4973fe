import { queryOptions } from '@tanstack/react-query'

import { call } from './client'
import type { Schema } from './types'

/** Everything that a new, changed or cancelled brief may change. */
export const briefKeys = ['briefs'] as const

const MOST_COUNTED = 100

/** Briefs that wait for their content, for the number beside a tab; nothing where there are more than can be counted at once. */
export const briefCountQuery = queryOptions({
  queryKey: [...briefKeys, 'count'],
  queryFn: async ({ signal }) => {
    const page = await call<Schema<'Briefs'>>('/manage/v1/briefs', { query: { state: 'open,in-work', limit: MOST_COUNTED }, signal })
    return page.nextCursor === undefined ? page.briefs.length : null
  },
  staleTime: 60_000,
  select: (count): number | undefined => count ?? undefined,
})
