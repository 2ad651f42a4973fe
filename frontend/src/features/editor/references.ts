import type { Reference } from '@/content/csl'

import { listOf, type ContentDocument } from './document'

/** A DOI as it is compared: from `10.` on, in lower case; equal only when whole. */
const plainDoi = (written: string | undefined) => written?.trim().toLowerCase().replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:?\s*)/, '')

/** The reference of the document that is the same work: by its id, its DOI however it is written, or its PMID. */
export function sameWork(references: readonly Reference[], { id, csl }: Reference): Reference | undefined {
  const doi = plainDoi(csl.DOI)
  return references.find((it) => it.id === id || (doi !== undefined && doi !== '' && plainDoi(it.csl.DOI) === doi) || (csl.PMID !== undefined && it.csl.PMID === csl.PMID))
}

export function withReference(document: ContentDocument, reference: Reference): ContentDocument {
  return { ...document, references: [...listOf<Reference>(document, 'references'), reference] }
}

/** Another reference in the place of one: in the list, in every citation and under every passage. */
export function replaceReference(document: ContentDocument, id: string, reference: Reference): ContentDocument {
  const cited = new RegExp(`@${id}(?![0-9A-Za-z_-])`, 'g')
  const inText = (text: unknown) => (typeof text === 'string' ? text.replace(cited, `@${reference.id}`) : text)
  const references = listOf<Reference>(document, 'references')
  const isThere = references.some((it) => it.id === reference.id && it.id !== id)
  return {
    ...document,
    references: isThere ? references.filter((it) => it.id !== id) : references.map((it) => (it.id === id ? reference : it)),
    ...(typeof document['body'] === 'string' ? { body: inText(document['body']) } : {}),
    ...(Array.isArray(document['steps']) ? { steps: (document['steps'] as readonly Readonly<Record<string, unknown>>[]).map((it) => (it['body'] === undefined ? it : { ...it, body: inText(it['body']) })) } : {}),
    ...(Array.isArray(document['anchors']) ? { anchors: (document['anchors'] as readonly Readonly<Record<string, unknown>>[]).map((it) => (it['reference'] === id ? { ...it, reference: reference.id } : it)) } : {}),
  }
}

/** Whether a text cites the reference, or a passage stands in it. */
export function isUsed(document: ContentDocument, id: string): boolean {
  const cited = new RegExp(`@${id}(?![0-9A-Za-z_-])`)
  const texts = [document['body'], ...listOf<{ readonly body?: string }>(document, 'steps').map((it) => it.body)]
  return texts.some((it) => typeof it === 'string' && cited.test(it)) || listOf<{ readonly reference?: string }>(document, 'anchors').some((it) => it.reference === id)
}

export function withoutReference(document: ContentDocument, id: string): ContentDocument {
  const left = listOf<Reference>(document, 'references').filter((it) => it.id !== id)
  const { references: _, ...others } = document
  return left.length === 0 ? others : { ...others, references: left }
}
