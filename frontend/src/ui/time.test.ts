import { daysUntil, sayAgo, sayDay } from './time'

const NOW = new Date(2026, 10, 21, 16, 42)

test.each([
  [new Date(2026, 10, 21, 23, 59), 0],
  [new Date(2026, 10, 22, 0, 0), 1],
  [new Date(2026, 10, 20, 23, 59), -1],
])('%s is %i calendar days away', (at, days) => {
  expect(daysUntil(at, NOW)).toBe(days)
})

test('days are said as people say them', () => {
  expect(sayDay(new Date(2026, 10, 21, 9, 5), NOW)).toBe('09:05')
  expect(sayDay(new Date(2026, 10, 22, 9, 5), NOW)).toBe('tomorrow')
  expect(sayDay(new Date(2026, 10, 24), NOW)).toBe('Tue 24 Nov')
  expect(sayDay(new Date(2027, 0, 20), NOW)).toBe('20 Jan 2027')
})

test('what just happened is not given a time', () => {
  expect(sayAgo(new Date(2026, 10, 21, 16, 41, 30), NOW)).toBe('just now')
  expect(sayAgo(new Date(2026, 10, 21, 16, 40), NOW)).toBe('2 min ago')
  expect(sayAgo(new Date(2026, 10, 20, 16, 40), NOW)).toBe('yesterday')
})
