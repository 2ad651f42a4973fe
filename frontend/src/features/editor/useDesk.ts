import { useEffect, useState, useSyncExternalStore } from 'react'

import type { Tagged } from '@/api/client'

import { saveDraft, type Draft } from './api'
import { DraftDesk, type Desk } from './DraftDesk'
import { keptOnDevice } from './keptText'

/** The desk of one draft for as long as the editor is open. */
export function useDesk(read: Tagged<Draft>): readonly [Desk, DraftDesk] {
  const { itemId, locale } = read.data
  const [desk] = useState(() => new DraftDesk(read, { save: (document, etag) => saveDraft(itemId, locale, document, etag), kept: keptOnDevice(itemId, locale) }))
  useEffect(() => {
    desk.revive()
    const online = () => desk.online()
    window.addEventListener('online', online)
    return () => {
      window.removeEventListener('online', online)
      desk.dispose()
    }
  }, [desk])
  return [useSyncExternalStore(desk.subscribe, desk.snapshot), desk]
}

/** The present moment, renewed while something on screen tells how long ago it was. */
export function useNow(everyMs: number): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = window.setInterval(() => setNow(new Date()), everyMs)
    return () => window.clearInterval(timer)
  }, [everyMs])
  return now
}
