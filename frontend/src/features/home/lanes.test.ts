import { lanesOf } from './lanes'

test('labels that would cover one another go to the other lane', () => {
  expect(lanesOf([0.1, 0.15, 0.5], 0.1)).toEqual([
    { lane: 0, label: 'right' },
    { lane: 1, label: 'right' },
    { lane: 0, label: 'right' },
  ])
})

test('where both lanes are full a dot stands without its label, never over another', () => {
  expect(lanesOf([0.1, 0.12, 0.14], 0.1).map((it) => it.label)).toEqual(['right', 'right', 'none'])
})

test('at the right edge the label turns to the left', () => {
  expect(lanesOf([0.5, 0.95], 0.1)[1]).toEqual({ lane: 0, label: 'left' })
})
