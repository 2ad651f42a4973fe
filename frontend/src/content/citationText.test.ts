import { cslOf, doiIn, EMPTY_FORM, formOf, missingIn, parseCitation, readReference } from './citationText'

test('a DOI is known in every form in which people copy it', () => {
  for (const typed of ['10.5555/jsc.2025.0341', 'https://doi.org/10.5555/jsc.2025.0341', 'doi:10.5555/jsc.2025.0341', 'DOI 10.5555/jsc.2025.0341.']) {
    expect(readReference(typed), typed).toEqual({ doi: '10.5555/jsc.2025.0341' })
  }
  expect(doiIn('(see 10.1016/S0140-6736(18)32207-4)')).toBe('10.1016/S0140-6736(18)32207-4)')
  expect(doiIn('(10.5555/abc)')).toBe('10.5555/abc')
})

test('a number alone is a PMID, a sentence is a reference', () => {
  expect(readReference('30415602')).toEqual({ pmid: '30415602' })
  expect(readReference('PMID: 30415602')).toEqual({ pmid: '30415602' })
  expect(readReference(' ')).toBeUndefined()
  expect(readReference('Hartwell A. A trial. J Sample. 2025')).toHaveProperty('text')
})

test('a reference in Vancouver style falls into its parts', () => {
  expect(parseCitation('12. Hartwell A, Moss BC, et al. An invented trial: what next? J Sample Cardiol. 2025 Mar;12(3):341-52. doi:10.5555/jsc.2025.0341. PMID: 30415602')).toEqual({
    ...EMPTY_FORM,
    authors: 'Hartwell, A\nMoss, BC',
    title: 'An invented trial: what next?',
    container: 'J Sample Cardiol',
    year: '2025',
    volume: '12',
    issue: '3',
    page: '341-52',
    doi: '10.5555/jsc.2025.0341',
    pmid: '30415602',
  })
})

test('a reference in APA style falls into its parts', () => {
  expect(parseCitation('Hartwell, A. B., & Moss, C. (2025). An invented trial. Journal of Sample Cardiology, 12(3), 341–352. https://doi.org/10.5555/jsc.2025.0341')).toEqual({
    ...EMPTY_FORM,
    authors: 'Hartwell, A. B.\nMoss, C.',
    title: 'An invented trial',
    container: 'Journal of Sample Cardiology',
    year: '2025',
    volume: '12',
    issue: '3',
    page: '341-352',
    doi: '10.5555/jsc.2025.0341',
  })
})

test('what can’t be told apart stays whole in the title', () => {
  const form = parseCitation('Data on file, Respirelle clinical overview 2024')
  expect(form).toEqual({ ...EMPTY_FORM, type: 'document', title: 'Data on file, Respirelle clinical overview 2024', year: '2024' })
})

test('completing a reference keeps what the form does not show', () => {
  const imported = { type: 'document', title: 'Hollis P. Shared care', custom: { label: '7' }, issued: { 'date-parts': [[2025, 3]] } }
  const completed = cslOf({ ...formOf(imported), type: 'article-journal', title: 'Shared care', authors: 'Hollis, P\nThe Trial Group' }, imported)
  expect(completed).toEqual({ type: 'article-journal', title: 'Shared care', custom: { label: '7' }, issued: { 'date-parts': [[2025, 3]] }, author: [{ family: 'Hollis', given: 'P' }, { literal: 'The Trial Group' }] })
})

test('what a work lacks is told', () => {
  expect(missingIn({ type: 'article-journal', title: 'Shared care' })).toEqual(['author', 'year', 'journal'])
  expect(missingIn({ type: 'article-journal', title: 'A', author: [{ literal: 'B' }], issued: { 'date-parts': [[2025]] }, 'container-title': 'C' })).toEqual([])
})
