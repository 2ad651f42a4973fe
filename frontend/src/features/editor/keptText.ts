import type { ContentDocument } from './document'

export interface Kept {
  /** The revision that the text continues. */
  readonly revision: number
  readonly document: ContentDocument
}

/** Typed text on this device, until the server has it. */
export interface KeptText {
  keep(kept: Kept): void
  forget(): void
  newest(): Kept | undefined
}

/** Keeps text per item, locale and revision, so that two windows on different revisions never overwrite each other. */
export function keptOnDevice(itemId: string, locale: string, storage: Storage = window.localStorage): KeptText {
  const prefix = `throughline-draft/${itemId}/${locale}/`
  let own: string | undefined
  const entries = () =>
    Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '')
      .filter((key) => key.startsWith(prefix))
      .sort((a, b) => Number(b.slice(prefix.length)) - Number(a.slice(prefix.length)))
  return {
    keep({ revision, document }) {
      own = prefix + revision
      try {
        storage.setItem(own, JSON.stringify(document))
      } catch {
        // The device is full. The text is still on screen and on its way to the server; there is nothing better to do here.
      }
    },
    forget() {
      if (own !== undefined) storage.removeItem(own)
      else entries().forEach((key) => storage.removeItem(key))
      own = undefined
    },
    newest() {
      const key = entries()[0]
      const text = key === undefined ? null : storage.getItem(key)
      if (key === undefined || text === null) return undefined
      own = key
      return { revision: Number(key.slice(prefix.length)), document: JSON.parse(text) as ContentDocument }
    },
  }
}
