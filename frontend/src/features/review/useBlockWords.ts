import { useQueries, useQuery } from '@tanstack/react-query'

import { call } from '@/api/client'
import { contentTypesQuery, useLabels, type SchemeName } from '@/api/framework'
import type { Schema } from '@/api/types'
import { words } from '@/content/words'

import type { BlockChange } from './api'

/** Fields whose words are part of the version's text, so that annotations can be anchored in them. */
const PROSE: ReadonlySet<string> = new Set(['title', 'summary', 'text', 'qualifier', 'variations', 'question', 'boxedWarning', 'body', 'steps', 'adverseEventStatement'])

export function isProse(change: BlockChange): boolean {
  return PROSE.has(change.field)
}

const ITEM_ID = /\bitm_[0-9A-Za-z_-]{1,64}\b/g

/** Names of fields and readable values: labels for concepts, keys and titles for items, yes and no. Prose stays as it is. */
export function useBlockWords(type: string, changes: readonly BlockChange[]) {
  const labels = useLabels()
  const contentType = useQuery(contentTypesQuery).data?.types.find((it) => it.type === type)
  const fields = contentType?.fields ?? []
  const ids = [...new Set(changes.filter((it) => !isProse(it)).flatMap((it) => it.words.flatMap((word) => word.text.match(ITEM_ID) ?? [])))]
  const items = useQueries({ queries: ids.map((id) => ({ queryKey: ['items', id], queryFn: () => call<Schema<'ItemDetail'>>(`/manage/v1/items/${encodeURIComponent(id)}`), staleTime: 60_000 })) })
  const names = new Map(items.flatMap(({ data }) => (data === undefined ? [] : [[data.id, `${data.key} ${data.locales[0]?.title ?? ''}`.trim()] as const])))

  return {
    heading(change: BlockChange): string {
      return change.heading ?? fields.find((it) => it.name === change.field)?.label ?? words(change.field.replace(/^classification\./, ''))
    },
    said(change: BlockChange, text: string): string {
      if (isProse(change)) return text
      const scheme = fields.find((it) => it.name === change.field)?.scheme as SchemeName | undefined
      if (scheme !== undefined) return text.replace(/[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*/g, (notation) => labels.concept(scheme, notation))
      if (text === 'true') return 'Yes'
      if (text === 'false') return 'No'
      return text.replace(ITEM_ID, (id) => names.get(id) ?? id)
    },
  }
}
