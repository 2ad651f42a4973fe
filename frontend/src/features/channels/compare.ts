import type { ContentSet } from './api'

/** How an item of one set stands in the other. */
export type Fate = { readonly is: 'same' } | { readonly is: 'only' } | { readonly is: 'version'; readonly other: number } | { readonly is: 'slot'; readonly other: string }

export interface Entry {
  readonly id: string
  readonly key: string
  readonly title: string
  readonly version: number
  readonly score: number | undefined
  readonly fate: Fate
}

interface ComparedSlot {
  readonly name: string
  readonly left: readonly Entry[]
  readonly right: readonly Entry[]
}

export interface Comparison {
  readonly slots: readonly ComparedSlot[]
  readonly onlyLeft: number
  readonly onlyRight: number
  /** In both, but in another version or slot. */
  readonly changed: number
  /** In both, in the same version and slot, whatever their place in it. */
  readonly same: number
}

/** Lays two sets beside each other, slot by slot; a set that was refused counts as one without items. */
export function compareSets(left: ContentSet | undefined, right: ContentSet | undefined): Comparison {
  const names = [...new Set([left, right].flatMap((set) => set?.slots.map((it) => it.name) ?? []))]
  const inLeft = placesOf(left)
  const inRight = placesOf(right)
  const slots = names.map((name) => ({ name, left: entriesOf(left, name, inRight), right: entriesOf(right, name, inLeft) }))
  const lefts = slots.flatMap((it) => it.left)
  const count = (entries: readonly Entry[], is: Fate['is']) => entries.filter((it) => it.fate.is === is).length
  return {
    slots,
    onlyLeft: count(lefts, 'only'),
    onlyRight: count(slots.flatMap((it) => it.right), 'only'),
    changed: count(lefts, 'version') + count(lefts, 'slot'),
    same: count(lefts, 'same'),
  }
}

interface Place {
  readonly slot: string
  readonly version: number
}

function placesOf(set: ContentSet | undefined): ReadonlyMap<string, Place> {
  return new Map(set?.slots.flatMap((slot) => slot.items.map((it) => [it.id, { slot: slot.name, version: it.version }] as const)))
}

function entriesOf(set: ContentSet | undefined, slot: string, others: ReadonlyMap<string, Place>): readonly Entry[] {
  const items = set?.slots.find((it) => it.name === slot)?.items ?? []
  return items.map((it) => ({
    id: it.id,
    key: set?.items[it.id]?.key ?? it.id,
    title: set?.items[it.id]?.title ?? it.id,
    version: it.version,
    score: it.score,
    fate: fateOf({ slot, version: it.version }, others.get(it.id)),
  }))
}

function fateOf(here: Place, there: Place | undefined): Fate {
  if (there === undefined) return { is: 'only' }
  if (there.version !== here.version) return { is: 'version', other: there.version }
  return there.slot === here.slot ? { is: 'same' } : { is: 'slot', other: there.slot }
}

/** The answer in one sentence. */
export function sayComparison({ onlyLeft, onlyRight, changed, same }: Comparison): string {
  if (onlyLeft + onlyRight + changed === 0) return same === 0 ? 'Both sets are empty' : `Both have the same ${same === 1 ? 'item' : `${same} items`}`
  const parts = [
    onlyLeft > 0 && `${onlyLeft} only in A`,
    onlyRight > 0 && `${onlyRight} only in B`,
    changed > 0 && `${changed} in another version or slot`,
    `${same} in both`,
  ]
  return parts.filter(Boolean).join(', ')
}
