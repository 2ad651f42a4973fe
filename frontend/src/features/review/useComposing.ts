import { useState } from 'react'

import { useKept } from '@/content/useKept'

import type { Composing } from './ChangesView'

/** Which words are being commented on. A comment that was begun and neither sent nor discarded is open again at the next visit. */
export function useComposing(code: string, version: number): readonly [Composing | undefined, (next: Composing | undefined) => void] {
  const [place, setPlace] = useKept(`annotation/${code}/place`)
  const [body] = useKept(`annotation/${code}`)
  const [composing, setComposing] = useState<Composing | undefined>(() => {
    if (place === '' || body === '') return undefined
    const kept = JSON.parse(place) as Composing & { readonly version: number }
    return kept.version === version ? { blockId: kept.blockId, quote: kept.quote, restored: true } : undefined
  })
  return [
    composing,
    (next) => {
      setComposing(next)
      if (next !== undefined) setPlace(JSON.stringify({ version, ...next }))
    },
  ]
}
