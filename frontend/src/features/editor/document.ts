import { CITATION } from '@/content/citations'

import type { ContentField, Finding } from './api'

/** A document of any type; what is in it, its type's fields say. */
export type ContentDocument = Readonly<Record<string, unknown>>

/** The value of a field by its name; `classification.need` is a part of an object. */
export function valueOf(document: ContentDocument, name: string): unknown {
  return name.split('.').reduce<unknown>((value, part) => (isObject(value) ? value[part] : undefined), document)
}

/** A copy with another value. Undefined, empty text and an empty list take the field away, because empty means absent. */
export function withValue(document: ContentDocument, name: string, value: unknown): ContentDocument {
  const [head = '', ...rest] = name.split('.')
  const next = rest.length === 0 ? value : withValue(isObject(document[head]) ? document[head] : {}, rest.join('.'), value)
  const { [head]: _, ...others } = document
  // A title is always there, if only empty: a document without one is no document.
  return isEmpty(next) && name !== 'title' ? others : { ...document, [head]: next }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0)
}

export function textOf(document: ContentDocument, name: string): string {
  const value = valueOf(document, name)
  return typeof value === 'string' ? value : ''
}

export function listOf<T>(document: ContentDocument, name: string): readonly T[] {
  const value = valueOf(document, name)
  return Array.isArray(value) ? (value as T[]) : []
}

/** Ids of the claims that a document makes, in its list or in its text. */
export function claimIds(document: ContentDocument): readonly string[] {
  const inText = [...textOf(document, 'body').matchAll(/:claim\[(itm_[0-9A-Za-z_-]{1,64})]/g)].map((it) => it[1] ?? '')
  return [...new Set([...listOf<string>(document, 'claims'), ...inText])]
}

/** The JSON pointer of a field: `classification.need` is `/classification/need`. */
export function pointerOf(name: string): string {
  return `/${name.replaceAll('.', '/')}`
}

/** The findings of one field and of what is inside it. */
export function findingsOf<T extends Pick<Finding, 'path'>>(findings: readonly T[], name: string): readonly T[] {
  const pointer = pointerOf(name)
  return findings.filter((it) => it.path === pointer || it.path.startsWith(`${pointer}/`))
}

/** The field a finding concerns, if the type has it. The longest name wins: a part before its whole. */
export function fieldOf(finding: Pick<Finding, 'path'>, fields: readonly ContentField[]): ContentField | undefined {
  return fields
    .filter((it) => findingsOf([finding], it.name).length > 0)
    .sort((a, b) => b.name.length - a.name.length)[0]
}

/** Which part of the screen holds a field: the document itself or a tab of the panel. */
export type Place = 'document' | 'fields' | 'classification' | 'evidence' | 'rules'

export function placeOf(field: ContentField): Place {
  switch (field.widget) {
    case 'text':
    case 'textarea':
    case 'markdown':
    case 'variations':
    case 'anchors':
    case 'visual':
    case 'steps':
      return 'document'
    case 'concepts':
      return 'classification'
    case 'references':
      return 'evidence'
    case 'rules':
      return 'rules'
    case 'items':
    case 'item':
    case 'boolean':
    case 'number':
    case 'date':
    case 'url':
    case 'source':
      return 'fields'
  }
}

/** Words in all prose of a document, without directives and citations. */
export function countWords(document: ContentDocument, fields: readonly ContentField[]): number {
  return fields
    .filter((it) => it.widget === 'text' || it.widget === 'textarea' || it.widget === 'markdown')
    .map((it) => textOf(document, it.name))
    .reduce((sum, text) => sum + wordsIn(text), 0)
}

export function wordsIn(text: string): number {
  return text.replace(/:claim\[[^\]]*]/g, ' ').replace(CITATION, ' ').match(/[\p{L}\p{N}]+(?:[.'’-][\p{L}\p{N}]+)*/gu)?.length ?? 0
}

/** Names a finding among those of one draft. */
export function findingKey(finding: Pick<Finding, 'code' | 'path' | 'span'>): string {
  return `${finding.code} ${finding.path} ${finding.span?.start ?? ''}`
}

const SEVERITIES = ['block', 'warning', 'hint'] as const

/** Blocks first, then warnings, then hints; inside one severity as the server said. */
export function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
}

export function counted(findings: readonly Finding[]): { readonly block: number; readonly warning: number; readonly hint: number } {
  const of = (severity: Finding['severity']) => findings.filter((it) => it.severity === severity).length
  return { block: of('block'), warning: of('warning'), hint: of('hint') }
}
