import type { ContentField } from './api'
import { countWords, fieldOf, valueOf, withValue, wordsIn } from './document'

const fields: ContentField[] = [
  { name: 'title', label: 'Title', widget: 'text' },
  { name: 'body', label: 'Text', widget: 'markdown' },
  { name: 'classification.need', label: 'Need', widget: 'concepts', scheme: 'needs' },
]

test('a part of an object is read and written by its name', () => {
  const document = withValue({ title: 'T' }, 'classification.need', ['dosing'])

  expect(document).toEqual({ title: 'T', classification: { need: ['dosing'] } })
  expect(valueOf(document, 'classification.need')).toEqual(['dosing'])
})

test('emptying the last part of an object takes the object away', () => {
  expect(withValue({ title: 'T', classification: { need: ['dosing'] } }, 'classification.need', [])).toEqual({ title: 'T' })
})

test('emptying the title keeps it as empty text', () => {
  expect(withValue({ title: 'T' }, 'title', '')).toEqual({ title: '' })
})

test('a finding deep in a field belongs to that field, and not to one whose name only begins alike', () => {
  expect(fieldOf({ path: '/classification/need/0' }, fields)?.name).toBe('classification.need')
  expect(fieldOf({ path: '/bodyText' }, fields)).toBeUndefined()
})

test('citations and claim directives are no words', () => {
  expect(wordsIn('Begin low [@ref_a; @ref_b] and go slow :claim[itm_01].')).toBe(5)
  expect(countWords({ title: 'Two words', body: 'three more words' }, fields)).toBe(5)
})
