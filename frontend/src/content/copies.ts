import type { Schema } from '@/api/types'

export type LocalCopy = Schema<'LocalCopy'>

/** Whether something in a copy still waits for its translation. */
export function isOpen(copy: LocalCopy | undefined): copy is LocalCopy {
  return copy !== undefined && copy.state !== 'translated' && copy.state !== 'confirmed'
}

/** What a text was copied from: `en-GB, version 3`. */
export function sourceName(source: Pick<LocalCopy, 'locale' | 'version' | 'revision'>): string {
  return source.version === undefined ? `${source.locale}, draft` : `${source.locale}, version ${source.version}`
}

/** How a copy stands to its source, in a few words; `locale` is its own. */
export function copyWords(copy: LocalCopy, locale: string): string {
  const done = language(copy.locale) === language(locale) ? 'adapted' : 'translated'
  switch (copy.state) {
    case 'untranslated':
      return `copy of ${sourceName(copy)} - not yet ${done}`
    case 'partly-translated':
      return `copy of ${sourceName(copy)} - partly ${done}`
    case 'confirmed':
      return `copy of ${sourceName(copy)} - right as it stands`
    case 'translated':
      return `${done} from ${sourceName(copy)}`
  }
}

export function language(locale: string): string {
  return locale.split('-')[0] ?? locale
}
