import { isFiltered, queryOf, readLibrarySearch, toggled, viewOf } from './search'

test('a value is put in, put beside others, and taken out again', () => {
  expect(toggled(undefined, 'draft')).toBe('draft')
  expect(toggled('draft', 'effective')).toBe('draft,effective')
  expect(toggled('draft,effective', 'draft')).toBe('effective')
  expect(toggled('draft', 'draft')).toBeUndefined()
})

test('what an address can not mean is set to undefined, not left out', () => {
  expect(readLibrarySearch({ q: 2026, sort: 'price', dialog: 'delete', type: '' })).toMatchObject({ q: '2026', sort: undefined, dialog: undefined, type: undefined })
  expect(Object.keys(readLibrarySearch({}))).toContain('dialog')
})

test('the choice and an open dialog are not asked from the server', () => {
  expect(queryOf({ q: 'dose', chosen: 'itm_1/en-GB', dialog: 'new' })).toEqual(expect.not.objectContaining({ chosen: expect.anything() as unknown }))
  expect(isFiltered({ chosen: 'itm_1/en-GB' })).toBe(false)
})

test('a view is recognised by exactly its filters', () => {
  expect(viewOf({})?.key).toBe('all')
  expect(viewOf({ state: 'in-review' })?.key).toBe('review')
  expect(viewOf({ state: 'in-review', brand: 'velorix' })).toBeUndefined()
})
