import { useState } from 'react'

import { FILTERS, type LibraryView } from './search'

const MOST = 8

/** The views that a person saved on this device, and how to keep others. A broken note of them counts as none. */
export function useOwnViews(personId: string): readonly [readonly LibraryView[], (views: readonly LibraryView[]) => void] {
  const name = `throughline-library-views/${personId}`
  const [views, setViews] = useState(() => readViews(window.localStorage.getItem(name)))
  return [
    views,
    (next) => {
      setViews(next)
      window.localStorage.setItem(name, JSON.stringify(next))
    },
  ]
}

export function readViews(text: string | null): readonly LibraryView[] {
  if (text === null) return []
  try {
    const all: unknown = JSON.parse(text)
    return Array.isArray(all) ? all.filter(isView).slice(0, MOST) : []
  } catch {
    // Written by a newer or an older release; the person can save the view again.
    return []
  }
}

function isView(it: unknown): it is LibraryView {
  if (typeof it !== 'object' || it === null) return false
  const { key, label, filters } = it as Record<string, unknown>
  return (
    typeof key === 'string' &&
    typeof label === 'string' &&
    typeof filters === 'object' &&
    filters !== null &&
    Object.entries(filters).every(([filter, value]) => FILTERS.some((known) => known === filter) && typeof value === 'string')
  )
}
