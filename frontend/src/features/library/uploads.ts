import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'

import { Problem } from '@/api/client'
import type { Schema } from '@/api/types'
import { upload } from '@/api/upload'

/** One file on its way, and what became of it. */
export interface Upload {
  readonly id: number
  readonly file: File
  readonly status:
    | { readonly kind: 'waiting' }
    | { readonly kind: 'sending'; readonly share: number }
    | { readonly kind: 'reading' }
    | { readonly kind: 'done'; readonly result: Schema<'IngestResult'> }
    | { readonly kind: 'refused'; readonly problem: Problem }
}

export interface ImportSettings {
  readonly kind: Schema<'Kind'>
  readonly brand: string | undefined
  readonly locale: string
}

// The server reads a file while the next one travels; more at once would only make each slower.
const AT_ONCE = 2

/** Sends files one after the other and keeps the result of each. A refused file never stops the others. */
export function useUploads() {
  const client = useQueryClient()
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const queue = useRef<{ upload: Upload; settings: ImportSettings }[]>([])
  const running = useRef(0)
  const nextId = useRef(0)

  const setStatus = useCallback((id: number, status: Upload['status']) => setUploads((all) => all.map((it) => (it.id === id ? { ...it, status } : it))), [])

  const work = useCallback(async () => {
    if (running.current >= AT_ONCE) return
    const next = queue.current.shift()
    if (next === undefined) return
    running.current++
    const { id, file } = next.upload
    const form = new FormData()
    form.set('file', file)
    form.set('kind', next.settings.kind)
    form.set('locale', next.settings.locale)
    if (next.settings.brand !== undefined) form.set('brand', next.settings.brand)
    setStatus(id, { kind: 'sending', share: 0 })
    try {
      const result = await upload<Schema<'IngestResult'>>('/manage/v1/ingest/files', form, (share) => setStatus(id, share < 1 ? { kind: 'sending', share } : { kind: 'reading' }))
      setStatus(id, { kind: 'done', result })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      setStatus(id, { kind: 'refused', problem: error })
    } finally {
      running.current--
      if (running.current === 0 && queue.current.length === 0) {
        void client.invalidateQueries({ queryKey: ['items'] })
        void client.invalidateQueries({ queryKey: ['my-work'] })
      }
      void work()
    }
  }, [client, setStatus])

  const add = useCallback(
    (files: readonly File[], settings: ImportSettings) => {
      const added = files.map((file): Upload => ({ id: nextId.current++, file, status: { kind: 'waiting' } }))
      setUploads((all) => [...all, ...added])
      queue.current.push(...added.map((it) => ({ upload: it, settings })))
      for (let slot = 0; slot < AT_ONCE; slot++) void work()
    },
    [work],
  )

  const retry = useCallback(
    (again: Upload, settings: ImportSettings) => {
      setStatus(again.id, { kind: 'waiting' })
      queue.current.push({ upload: again, settings })
      void work()
    },
    [setStatus, work],
  )

  return { uploads, add, retry }
}

/** How far all of them are, for one sentence above the list. */
export function summaryOf(uploads: readonly Upload[]): string {
  const count = (outcome: string) => uploads.filter((it) => it.status.kind === 'done' && it.status.result.outcome === outcome).length
  const refused = uploads.filter((it) => it.status.kind === 'refused').length
  const left = uploads.filter((it) => it.status.kind === 'waiting' || it.status.kind === 'sending' || it.status.kind === 'reading').length
  const parts = [
    [count('created'), count('created') === 1 ? 'draft made' : 'drafts made'],
    [count('duplicate'), 'already here'],
    [refused, 'refused'],
    [left, 'to go'],
  ] as const
  return parts
    .filter(([number]) => number > 0)
    .map(([number, words]) => `${number} ${words}`)
    .join(', ')
}
