import { conceptPath, matchingConcepts, stagesFor, withNarrower } from './concepts'

const audiences = [
  { notation: 'hcp', label: 'HCP' },
  { notation: 'hcp.cardiology', label: 'Cardiology', broader: ['hcp'] },
  { notation: 'patient', label: 'Patient' },
]
const stages = [
  { notation: 'trying', label: 'Trying', audience: ['hcp'] },
  { notation: 'living', label: 'Living with it', audience: ['patient'] },
]

test('the broader concepts stand in front', () => {
  expect(conceptPath(audiences, 'hcp.cardiology')).toBe('HCP › Cardiology')
})

test('a circle in a vocabulary ends', () => {
  expect(conceptPath([{ notation: 'a', label: 'A', broader: ['a'] }], 'a')).toMatch(/A$/)
})

test('words may be spread over label and path, in any order', () => {
  expect(matchingConcepts(audiences, 'cardio hcp').map((it) => it.notation)).toEqual(['hcp.cardiology'])
})

test('a narrower audience has the stages of the broader one', () => {
  expect(stagesFor(stages, audiences, ['hcp.cardiology']).map((it) => it.notation)).toEqual(['trying'])
  expect(stagesFor(stages, audiences, [])).toHaveLength(2)
})

test('a broad audience holds itself and what is below it', () => {
  expect(withNarrower(audiences, 'hcp')).toEqual(['hcp', 'hcp.cardiology'])
  expect(withNarrower(audiences, 'patient')).toEqual(['patient'])
})
