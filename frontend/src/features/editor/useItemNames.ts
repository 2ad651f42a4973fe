import { useQueries } from '@tanstack/react-query'

import { itemQuery, type ItemDetail } from './api'

/** The items a document points to, as far as they are known yet: one or none. */
export function useItems(ids: readonly string[]): (id: string) => readonly ItemDetail[] {
  const queries = useQueries({ queries: [...new Set(ids)].map((id) => ({ ...itemQuery(id), staleTime: 60_000 })) })
  const known = new Map(queries.flatMap((it) => (it.data === undefined ? [] : [[it.data.id, it.data] as const])))
  return (id) => {
    const item = known.get(id)
    return item === undefined ? [] : [item]
  }
}

/** Key and title of the items a document points to, as far as they are known yet. */
export function useItemNames(ids: readonly string[], locale: string): (id: string) => { readonly key: string; readonly title: string } | undefined {
  const items = useItems(ids)
  return (id) => {
    const [item] = items(id)
    return item === undefined ? undefined : { key: item.key, title: titleOf(item, locale) }
  }
}

function titleOf(item: ItemDetail, locale: string): string {
  return (item.locales.find((it) => it.locale === locale) ?? item.locales[0])?.title ?? item.key
}
