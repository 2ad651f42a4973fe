import { daysUntil, sayDate } from '@/ui'

import type { ApiKey } from './api'
import type { PreviewToken } from './previewApi'

interface KeyState {
  readonly words: string
  readonly tone: 'ok' | 'warn' | 'block' | 'plain'
}

// Enough time to issue the next key and bring it to the app.
const WARN_DAYS = 30

/** Whether a key or token works at `now`, with a warning `warnDays` before its end. The end is exclusive. */
export function keyState(key: ApiKey | PreviewToken, now: Date, warnDays = WARN_DAYS): KeyState {
  if (key.revokedAt !== undefined) return { words: `Revoked ${sayDate(new Date(key.revokedAt))}`, tone: 'plain' }
  const end = new Date(key.expiresAt)
  if (end <= now) return { words: `Expired ${sayDate(end)}`, tone: 'block' }
  const days = daysUntil(end, now)
  if (days <= warnDays) return { words: days === 0 ? 'Ends today' : `Ends in ${days} ${days === 1 ? 'day' : 'days'}`, tone: 'warn' }
  return { words: `Until ${sayDate(end)}`, tone: 'ok' }
}

/** Of which brands a key reads content, in words. */
export function sayBrands(brands: readonly string[], name: (brand: string) => string): string {
  if (brands.includes('*')) return 'Every brand, and content of none'
  return [...brands.filter((it) => it !== 'none').map(name), ...(brands.includes('none') ? ['content of no brand'] : [])].join(', ') || 'None: it reads nothing'
}

/** A scope list in words; `*` is everything. */
export function sayScope(values: readonly string[], everything: string): string {
  return values.includes('*') ? everything : values.join(', ')
}
