import { latestLastDay, windowOf } from './validity'

test('24 months end the day before the same date', () => {
  expect(latestLastDay(new Date(2026, 10, 21), 24)).toBe('2028-11-20')
})

test('a month without that date ends with its last day', () => {
  expect(latestLastDay(new Date(2027, 0, 31), 1)).toBe('2027-02-27')
})

test('the last day is inside the window, the midnight after it is not', () => {
  expect(windowOf('', '2028-11-20')).toEqual({ validUntil: new Date(2028, 10, 21).toISOString() })
  expect(windowOf('2026-11-22', '2028-11-20').validFrom).toBe(new Date(2026, 10, 22).toISOString())
})
