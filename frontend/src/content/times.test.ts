import { ago, due, lastDay } from './times'

const now = new Date('2026-11-21T12:00:00Z')

test('a save is told in seconds, then minutes', () => {
  expect(ago(new Date('2026-11-21T11:59:56Z'), now)).toBe('4 s ago')
  expect(ago(new Date('2026-11-21T11:59:01Z'), now)).toBe('59 s ago')
  expect(ago(new Date('2026-11-21T11:59:00Z'), now)).toBe('1 min ago')
})

test('a clock that runs behind never says that a save lies ahead', () => {
  expect(ago(new Date('2026-11-21T12:00:05Z'), now)).toBe('just now')
})

test('a due moment becomes late the moment it has passed', () => {
  expect(due('2026-11-21T12:00:00Z', now).late).toBe(false)
  expect(due('2026-11-21T11:59:59Z', now).late).toBe(true)
  expect(due('2026-11-22T12:00:00Z', now).text).toMatch(/^Due tomorrow/)
})

test('an exclusive end names the day before it', () => {
  expect(lastDay(new Date(2027, 0, 1).toISOString())).toBe('31 Dec 2026')
})
