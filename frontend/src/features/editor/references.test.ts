import { isUsed, replaceReference, sameWork, withoutReference, withReference } from './references'

const document = {
  title: 'T',
  body: 'Fell [@ref_1; @ref_12], again [@ref_1].',
  steps: [{ title: 'S', body: 'See [@ref_1]' }, { title: 'U' }],
  anchors: [{ reference: 'ref_1', quote: 'q' }, { quote: 'r' }],
  references: [
    { id: 'ref_1', csl: { DOI: '10.5555/A' } },
    { id: 'ref_12', csl: {} },
  ],
}

test('a corrected reference takes the place of the old one wherever it was cited', () => {
  expect(replaceReference(document, 'ref_1', { id: 'ref_9', csl: { title: 'New' } })).toEqual({
    title: 'T',
    body: 'Fell [@ref_9; @ref_12], again [@ref_9].',
    steps: [{ title: 'S', body: 'See [@ref_9]' }, { title: 'U' }],
    anchors: [{ reference: 'ref_9', quote: 'q' }, { quote: 'r' }],
    references: [
      { id: 'ref_9', csl: { title: 'New' } },
      { id: 'ref_12', csl: {} },
    ],
  })
})

test('when the corrected one is in the list already, it stands there once', () => {
  expect(replaceReference(document, 'ref_1', { id: 'ref_12', csl: {} })['references']).toEqual([{ id: 'ref_12', csl: {} }])
})

test('the same work is found by its DOI however it is written, and only by the whole of it', () => {
  for (const written of ['10.5555/a', 'https://doi.org/10.5555/A', 'doi:10.5555/a', 'DOI 10.5555/a ']) expect(sameWork(document.references, { id: 'ref_x', csl: { DOI: written } })?.id).toBe('ref_1')
  expect(sameWork([{ id: 'ref_1', csl: { DOI: '10.1234/10.5555/a' } }], { id: 'ref_x', csl: { DOI: '10.5555/a' } })).toBeUndefined()
  expect(sameWork(document.references, { id: 'ref_x', csl: { DOI: '10.5555/a' } })?.id).toBe('ref_1')
  expect(sameWork(document.references, { id: 'ref_x', csl: { DOI: '10.5555/a1' } })).toBeUndefined()
})

test('what is cited is used, and the last reference leaves no empty list', () => {
  expect(isUsed(document, 'ref_12')).toBe(true)
  expect(isUsed(document, 'ref_')).toBe(false)
  expect(withoutReference({ title: 'T', references: [{ id: 'ref_1', csl: {} }] }, 'ref_1')).toEqual({ title: 'T' })
  expect(withReference({ title: 'T' }, { id: 'ref_1', csl: {} })).toEqual({ title: 'T', references: [{ id: 'ref_1', csl: {} }] })
})
