import { byCitation, shownNumbers } from './citations'

const references = ['ref_a', 'ref_b', 'ref_c', 'ref_d', 'ref_e'].map((id) => ({ id, csl: {} }))

test('references count in the order in which the texts first cite them', () => {
  const document = { body: 'Fell [@ref_c; @ref_a]. CI [1-3]. Again [@ref_c].', steps: [{ body: 'Then [@ref_e]' }, {}] }
  expect(byCitation(references, document).map((it) => it.id)).toEqual(['ref_c', 'ref_a', 'ref_e', 'ref_b', 'ref_d'])
})

test('numbers are ascending, each once, with ranges from three on', () => {
  const numberOf = (id: string) => ({ a: 1, b: 2, c: 3, e: 5 })[id]
  expect(shownNumbers(['e', 'c', 'a', 'b', 'a'], numberOf)).toBe('1–3,5')
  expect(shownNumbers(['b', 'a'], numberOf)).toBe('1,2')
  expect(shownNumbers(['a', 'x'], numberOf)).toBeUndefined()
})
