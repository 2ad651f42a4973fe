import { addressOf, shortCitation, whereItStands } from './csl'

const issued = { 'date-parts': [[2025, 3]] }

test('one author stands alone, two are both named, three become et al.', () => {
  expect(shortCitation({ author: [{ family: 'Hartwell' }], issued })).toBe('Hartwell, 2025')
  expect(shortCitation({ author: [{ family: 'Hartwell' }, { literal: 'The Trial Group' }], issued })).toBe('Hartwell and The Trial Group, 2025')
  expect(shortCitation({ author: [{ family: 'Hartwell' }, { family: 'Moss' }, { family: 'Ilves' }], issued })).toBe('Hartwell et al., 2025')
})

test('a work without author or date says so', () => {
  expect(shortCitation({})).toBe('No author, no date')
  expect(whereItStands({})).toBeUndefined()
})

test('volume and pages follow the journal', () => {
  expect(whereItStands({ 'container-title': 'Sample Cardiol', volume: 12, page: '341-352' })).toBe('Sample Cardiol 12: 341–352')
})

test('an address that is no web address is never linked', () => {
  expect(addressOf({ URL: 'javascript:alert(1)' })).toBeUndefined()
  expect(addressOf({ DOI: '10.5555/a b' })?.href).toBe('https://doi.org/10.5555/a%20b')
})
