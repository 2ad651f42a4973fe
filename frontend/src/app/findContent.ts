import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'

import { call } from '@/api/client'
import type { Command } from '@/ui'

interface Found {
  readonly items: readonly { readonly id: string; readonly key: string; readonly title: string; readonly locale: string }[]
}

/** Lets the command palette find items by their words. */
export function useFindContent() {
  const navigate = useNavigate()
  return useCallback(
    async (words: string, signal: AbortSignal): Promise<readonly Command[]> => {
      const { items } = await call<Found>('/manage/v1/items', { query: { q: words, limit: 8 }, signal })
      return items.map((item) => ({
        id: `item/${item.id}/${item.locale}`,
        label: item.title,
        group: 'Content',
        detail: `${item.key} · ${item.locale}`,
        run: () => void navigate({ to: `/content/${item.key}`, search: { locale: item.locale } as never }),
      }))
    },
    [navigate],
  )
}
