import type { Reference } from './csl'

/** One `[@ref_…; @ref_…]`, with what stands between the brackets. */
export const CITATION = /\[\s?(@[0-9A-Za-z][0-9A-Za-z_-]{0,79}(?:\s*[;,]\s*@[0-9A-Za-z][0-9A-Za-z_-]{0,79})*)\s?]/g

/** The ids inside a citation, in the order in which they are written. */
export function idsIn(inside: string): readonly string[] {
  return [...inside.matchAll(/@([0-9A-Za-z_-]+)/g)].map((it) => it[1] ?? '')
}

/** References by the numbers that readers see: in the order in which the texts first cite them, then those that are cited nowhere. */
export function byCitation(references: readonly Reference[], document: Readonly<Record<string, unknown>>): readonly Reference[] {
  const steps = Array.isArray(document['steps']) ? (document['steps'] as readonly { readonly body?: unknown }[]) : []
  const texts = [document['body'], ...steps.map((it) => it.body)].filter((it) => typeof it === 'string')
  const cited = [...new Set(texts.flatMap((text) => [...text.matchAll(CITATION)].flatMap((it) => idsIn(it[1] ?? ''))))]
  const known = cited.map((id) => references.find((it) => it.id === id)).filter((it) => it !== undefined)
  return [...known, ...references.filter((it) => !cited.includes(it.id))]
}

/** `1–3,5`: ascending, each once, three and more in a row as a range. Undefined when one of the ids has no number. */
export function shownNumbers(ids: readonly string[], numberOf: (id: string) => number | undefined): string | undefined {
  const numbers = ids.map(numberOf)
  if (numbers.includes(undefined)) return undefined
  const ascending = [...new Set(numbers.filter((it) => it !== undefined))].sort((a, b) => a - b)
  const parts: string[] = []
  for (let at = 0; at < ascending.length; ) {
    let end = at
    while (ascending[end + 1] === (ascending[end] ?? 0) + 1) end++
    const run = ascending.slice(at, end + 1)
    parts.push(...(run.length >= 3 ? [`${run[0]}–${run.at(-1)}`] : run.map(String)))
    at = end + 1
  }
  return parts.join(',')
}
