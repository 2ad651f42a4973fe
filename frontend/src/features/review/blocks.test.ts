import type { Annotation, BlockChange } from './api'
import { pieces, placeAnnotations, quoteOf, runs, textNow } from './blocks'

const block = (id: string, kind: BlockChange['kind'], ...words: readonly (readonly ['same' | 'ins' | 'del', string])[]): BlockChange =>
  ({ id, kind, field: 'body', words: words.map(([op, text]) => ({ op, text })) })

const note = (quote: string, rest: Partial<Annotation> = {}): Annotation => ({
  id: quote,
  circulation: 2,
  quote,
  prefix: '',
  suffix: '',
  body: 'b',
  required: false,
  author: { id: 'p', displayName: 'P' },
  createdAt: '2026-11-21T12:00:00Z',
  resolved: false,
  orphaned: false,
  mayAnswer: true,
  mayResolve: true,
  replies: [],
  ...rest,
})

const dose = block('b2', 'changed', ['same', 'Aim at '], ['del', '7.5 mg'], ['ins', '10 mg'], ['same', ', as tolerated.'])

test('a block says its inserted words and not its deleted ones', () => {
  expect(textNow(dose)).toBe('Aim at 10 mg, as tolerated.')
})

test('an annotation stands beside the block that the server names; blocks that are gone do not count', () => {
  const gone = block('b1', 'removed', ['del', 'Never exceed 10 mg'])
  const other = block('b3', 'added', ['ins', 'Never exceed 10 mg'])
  const placed = placeAnnotations([note('10 mg', { place: { block: 1, field: 'body' } })], [gone, dose, other])

  expect([...placed.byBlock.keys()]).toEqual(['b3'])
})

test('an orphaned annotation stands beside no block, though its words may stand in one', () => {
  const placed = placeAnnotations([note('10 mg', { orphaned: true })], [dose])

  expect(placed.byBlock.size).toBe(0)
  expect(placed.elsewhere.map((it) => it.quote)).toEqual(['10 mg'])
})

test('of equal words in a block those are marked that the annotation is about', () => {
  const twice = block('b', 'unchanged', ['same', 'Start with 5 mg. Stop at 5 mg.'])
  const marked = pieces(twice, [{ quote: '5 mg', prefix: 'Stop at ', suffix: '.' }])

  expect(marked.map((it) => it.text)).toEqual(['Start with 5 mg. Stop at ', '5 mg', '.'])
})

test('annotated words become pieces of their own, across the border of an insertion', () => {
  expect(pieces(dose, [{ quote: '10 mg, as', prefix: 'Aim at ', suffix: '' }]).filter((it) => it.annotated)).toEqual([
    { op: 'ins', text: '10 mg', annotated: true },
    { op: 'same', text: ', as', annotated: true },
  ])
})

test('unchanged blocks in a row are folded into one, and changes are counted from 1', () => {
  const same = block('s', 'unchanged', ['same', 'x'])

  expect(runs([same, same, dose, same]).map((it) => (it.kind === 'same' ? it.blocks.length : `#${it.number}`))).toEqual([2, '#1', 1])
})

test('a selection over deleted words quotes only what the version says', () => {
  const element = document.createElement('p')
  element.innerHTML = 'Aim at <del>7.5 mg</del><ins>10 mg</ins>, as tolerated.'
  document.body.append(element)
  const range = document.createRange()
  range.setStart(element.querySelector('del')!.firstChild!, 0)
  range.setEnd(element.querySelector('ins')!.firstChild!, 5)

  expect(quoteOf(range, element)).toEqual({ quote: '10 mg', prefix: 'Aim at ', suffix: ', as tolerated.' })
})
