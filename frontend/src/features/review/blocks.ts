import type { Annotation, BlockChange } from './api'

/** White space counts as one space: where a line breaks is not the author's words. */
function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ')
}

/** What a block says now. */
export function textNow(change: BlockChange): string {
  return change.words
    .filter((it) => it.op !== 'del')
    .map((it) => it.text)
    .join('')
}

export interface Placed {
  readonly byBlock: ReadonlyMap<string, readonly Annotation[]>
  /** Those that lie in no block, above all the orphaned ones. They are shown on their own, never dropped. */
  readonly elsewhere: readonly Annotation[]
}

/** Puts each annotation beside the block that the server found it in; blocks that are gone are not counted. */
export function placeAnnotations(annotations: readonly Annotation[], changes: readonly BlockChange[]): Placed {
  const present = changes.filter((it) => it.kind !== 'removed')
  const byBlock = new Map<string, Annotation[]>()
  const elsewhere: Annotation[] = []
  for (const annotation of annotations) {
    const block = annotation.place === undefined ? undefined : present[annotation.place.block]
    if (block === undefined) elsewhere.push(annotation)
    else byBlock.set(block.id, [...(byBlock.get(block.id) ?? []), annotation])
  }
  return { byBlock, elsewhere }
}

type Piece = BlockChange['words'][number] & { readonly annotated: boolean }

/** The words of a block, cut so that annotated ones are pieces of their own. */
export function pieces(change: BlockChange, quotes: readonly Quote[]): readonly Piece[] {
  const now = textNow(change)
  const marked = new Array<boolean>(now.length).fill(false)
  for (const { quote, prefix } of quotes) {
    const at = placeOf(now, quote, prefix)
    if (quote !== '' && at >= 0) marked.fill(true, at, at + quote.length)
  }
  const result: Piece[] = []
  let at = 0
  for (const { op, text } of change.words) {
    if (op === 'del') {
      result.push({ op, text, annotated: false })
      continue
    }
    let from = 0
    while (from < text.length) {
      const annotated = marked[at + from] ?? false
      let to = from
      while (to < text.length && (marked[at + to] ?? false) === annotated) to++
      result.push({ op, text: text.slice(from, to), annotated })
      from = to
    }
    at += text.length
  }
  return result
}

/** Of several equal words in a block, those behind the words that the annotation knows before them. */
function placeOf(text: string, quote: string, prefix: string): number {
  const before = squeezed(prefix).trim()
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    const here = squeezed(text.slice(0, at)).trim()
    if (here.endsWith(before) || before.endsWith(here)) return at
  }
  return text.indexOf(quote)
}

type Run = { readonly kind: 'change'; readonly change: BlockChange; readonly number: number } | { readonly kind: 'same'; readonly blocks: readonly BlockChange[] }

/** Changed blocks one by one, unchanged ones between them together. */
export function runs(changes: readonly BlockChange[]): readonly Run[] {
  const result: Run[] = []
  let number = 0
  for (const change of changes) {
    const last = result.at(-1)
    if (change.kind !== 'unchanged') result.push({ kind: 'change', change, number: ++number })
    else if (last?.kind === 'same') result[result.length - 1] = { kind: 'same', blocks: [...last.blocks, change] }
    else result.push({ kind: 'same', blocks: [change] })
  }
  return result
}

export interface Quote {
  readonly quote: string
  readonly prefix: string
  readonly suffix: string
}

/** As much as the server takes: it keeps what makes the place unique. */
const CONTEXT = 500

/** The selected words with those around them, as the version says them: deleted words are no part of it. Undefined if nothing is left. */
export function quoteOf(range: Range, block: HTMLElement): Quote | undefined {
  if (!block.contains(range.commonAncestorContainer)) return undefined
  const before = document.createRange()
  before.setStart(block, 0)
  before.setEnd(range.startContainer, range.startOffset)
  const after = document.createRange()
  after.setStart(range.endContainer, range.endOffset)
  after.setEnd(block, block.childNodes.length)
  const quote = wordsIn(range)
  if (quote.trim() === '') return undefined
  return {
    quote: quote.trim().slice(0, 2000),
    prefix: (wordsIn(before) + (/^\s/.exec(quote)?.[0] ?? '')).slice(-CONTEXT),
    suffix: ((/\s$/.exec(quote)?.[0] ?? '') + wordsIn(after)).slice(0, CONTEXT),
  }
}

function wordsIn(range: Range): string {
  const part = range.cloneContents()
  part.querySelectorAll('del, [data-not-text]').forEach((it) => it.remove())
  return squeezed(part.textContent ?? '')
}
