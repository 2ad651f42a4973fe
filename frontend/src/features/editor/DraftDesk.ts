import { Problem, type Tagged } from '@/api/client'

import type { Draft, Finding } from './api'
import type { ContentDocument } from './document'
import type { KeptText } from './keptText'

/** Where the text stands between the keyboard and the server. */
type DeskState =
  | { readonly kind: 'saved'; readonly at: Date }
  /** Typed and kept on this device; it is sent when typing pauses. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'failed'; readonly problem: Problem }
  /** Somebody else saved since this text was read. Nothing is sent until the writer decides. */
  | { readonly kind: 'conflict' }

export interface Desk {
  readonly document: ContentDocument
  readonly revision: number
  readonly etag: string
  readonly state: DeskState
  /** Changes since the last save. */
  readonly changes: number
  /** Of the pre-check of the last saved revision, or of the refused one. */
  readonly findings: readonly Finding[]
  /** Where the text was copied from, as the last saved revision stands to it. */
  readonly copyOf: Draft['copyOf'] | undefined
  /** Text of an earlier visit that never reached the server and is in this document now. */
  readonly restored: boolean
  readonly updatedBy: Draft['updatedBy']
}

interface DeskNeeds {
  readonly save: (document: ContentDocument, etag: string) => Promise<Tagged<Draft>>
  readonly kept: KeptText
  readonly now?: () => Date
  /** How long typing must pause before it is sent. */
  readonly pauseMs?: number
  readonly isOnline?: () => boolean
}

/**
 * One draft being written. Every change goes to this device at once and to the server when typing pauses, one request at
 * a time, each naming the revision that it continues. Only what the server confirmed leaves this device.
 */
export class DraftDesk {
  private desk: Desk
  private timer: ReturnType<typeof setTimeout> | undefined
  private running: Promise<void> | undefined
  private readonly listeners = new Set<() => void>()
  private readonly now: () => Date
  private readonly pauseMs: number
  private readonly isOnline: () => boolean
  private disposed = false

  constructor(
    read: Tagged<Draft>,
    private readonly needs: DeskNeeds,
  ) {
    this.now = needs.now ?? (() => new Date())
    this.pauseMs = needs.pauseMs ?? 800
    this.isOnline = needs.isOnline ?? (() => navigator.onLine)
    const draft = read.data
    const base = { revision: draft.revision, etag: read.etag ?? `"r${draft.revision}"`, findings: draft.findings, copyOf: draft.copyOf, updatedBy: draft.updatedBy }
    const kept = needs.kept.newest()
    const unsaved = kept !== undefined && !same(kept.document, draft.document)
    if (!unsaved) {
      needs.kept.forget()
      this.desk = { ...base, document: draft.document, state: { kind: 'saved', at: new Date(draft.updatedAt) }, changes: 0, restored: false }
    } else {
      const continues = kept.revision === draft.revision
      this.desk = { ...base, document: kept.document, state: { kind: continues ? 'waiting' : 'conflict' }, changes: 1, restored: true }
      if (continues) this.schedule()
    }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly snapshot = (): Desk => this.desk

  change(document: ContentDocument): void {
    if (same(document, this.desk.document)) return
    this.needs.kept.keep({ revision: this.desk.revision, document })
    const held = this.desk.state.kind === 'conflict' || this.desk.state.kind === 'saving'
    this.set({ document, changes: this.desk.changes + 1, ...(held ? {} : { state: { kind: 'waiting' } }) })
    if (this.desk.state.kind !== 'conflict') this.schedule()
  }

  /** Sends what is typed without waiting for a pause. Resolves when nothing is on its way any more. */
  async saveNow(): Promise<void> {
    clearTimeout(this.timer)
    if (this.running !== undefined) await this.running
    if (this.desk.changes === 0 || this.desk.state.kind === 'conflict') return
    if (!this.isOnline()) return this.set({ state: { kind: 'offline' } })
    this.running = this.send().finally(() => (this.running = undefined))
    await this.running
  }

  /** After a conflict: my text continues their revision, so that theirs stays in the history and mine is the newest. */
  async keepMine(theirs: Tagged<Draft>): Promise<void> {
    this.continueFrom(theirs, this.desk.document, 1)
    await this.saveNow()
  }

  /** After a conflict: their text; mine leaves this device only now. */
  takeTheirs(theirs: Tagged<Draft>): void {
    this.needs.kept.forget()
    this.continueFrom(theirs, theirs.data.document, 0)
    this.set({ state: { kind: 'saved', at: new Date(theirs.data.updatedAt) }, restored: false })
  }

  /** The connection is back. */
  online(): void {
    if (this.desk.state.kind === 'offline') void this.saveNow()
  }

  dispose(): void {
    this.disposed = true
    clearTimeout(this.timer)
    if (this.desk.changes > 0 && this.running === undefined && this.desk.state.kind === 'waiting') void this.send()
  }

  /** The server judged the same text anew: nothing of the text changes. */
  judged(draft: Draft): void {
    this.set({ findings: draft.findings, copyOf: draft.copyOf })
  }

  /** A component may be put on screen again after it was taken away (React does so in development). */
  revive(): void {
    this.disposed = false
  }

  private continueFrom(theirs: Tagged<Draft>, document: ContentDocument, changes: number): void {
    const { revision, findings, copyOf, updatedBy } = theirs.data
    this.needs.kept.forget()
    if (changes > 0) this.needs.kept.keep({ revision, document })
    this.set({ document, changes, revision, findings, copyOf, updatedBy, etag: theirs.etag ?? `"r${revision}"`, state: { kind: 'waiting' } })
  }

  private schedule(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.saveNow(), this.pauseMs)
  }

  private async send(): Promise<void> {
    const { document, changes, etag } = this.desk
    this.set({ state: { kind: 'saving' } })
    try {
      const { data, etag: next } = await this.needs.save(document, etag)
      const left = this.desk.changes - changes
      if (left === 0) this.needs.kept.forget()
      else {
        this.needs.kept.forget()
        this.needs.kept.keep({ revision: data.revision, document: this.desk.document })
      }
      this.set({
        revision: data.revision,
        etag: next ?? `"r${data.revision}"`,
        findings: data.findings,
        copyOf: data.copyOf,
        updatedBy: data.updatedBy,
        changes: left,
        restored: false,
        state: left === 0 ? { kind: 'saved', at: this.now() } : { kind: 'waiting' },
      })
      if (left > 0) this.schedule()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      this.refused(error)
    }
  }

  private refused(problem: Problem): void {
    if (problem.status === 412) return this.set({ state: { kind: 'conflict' } })
    if (problem.status === 0) return this.set({ state: this.isOnline() ? { kind: 'failed', problem } : { kind: 'offline' } })
    const wrong = problem.errors.map((it): Finding => ({ code: it.code, severity: 'block', path: it.path.replace(/^\/document(?=\/|$)/, ''), message: it.message }))
    this.set({ state: { kind: 'failed', problem }, ...(problem.status === 422 && wrong.length > 0 ? { findings: wrong } : {}) })
  }

  private set(change: Partial<Desk>): void {
    this.desk = { ...this.desk, ...change }
    if (!this.disposed) this.listeners.forEach((listener) => listener())
  }
}

function same(a: ContentDocument, b: ContentDocument): boolean {
  return a === b || stable(a) === stable(b)
}

/** As JSON with sorted names: the server may write a document's fields in another order than it read them. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_, it: unknown) =>
    typeof it === 'object' && it !== null && !Array.isArray(it) ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1))) : it,
  )
}
