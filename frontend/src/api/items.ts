import { queryOptions } from '@tanstack/react-query'

import { call } from './client'
import type { Schema } from './types'

/** An item with its locales, publications and uses; for every screen that shows one. */
export const itemQuery = (idOrKey: string) =>
  queryOptions({
    queryKey: ['items', idOrKey],
    queryFn: ({ signal }) => call<Schema<'ItemDetail'>>(`/manage/v1/items/${idOrKey}`, { signal }),
  })
