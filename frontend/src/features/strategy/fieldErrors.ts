import type { FieldError } from '@/api/client'

/** The messages of a refused document, found by the JSON pointer of a field. */
export interface FieldErrors {
  /** What is wrong with this field or a part of it. */
  readonly at: (path: string) => string | undefined
  /** How many things are wrong at this place and below. */
  readonly under: (path: string) => number
}

/** The API names fields from the body's root, the form from the document's. */
export function fieldErrors(errors: readonly FieldError[]): FieldErrors {
  const own = errors.map((it) => ({ ...it, path: it.path.replace(/^\/document(?=\/|$)/, '') }))
  const isUnder = (path: string) => (it: FieldError) => it.path === path || it.path.startsWith(`${path}/`)
  return {
    at: (path) => own.find(isUnder(path))?.message,
    under: (path) => own.filter(isUnder(path)).length,
  }
}
