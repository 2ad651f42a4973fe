import { itemRow, NO_WORK } from '@/test/fixtures'

import { countOf, inView, nextDue, sectionsOf } from './entries'

const NOW = new Date('2026-11-21T12:00:00Z')
const JOB = { code: 'GB-2026-0412', item: { id: 'itm_1', key: 'ART-1', title: 'T', type: 'article', kind: 'promotional' as const }, locale: 'en-GB', market: 'GB', state: 'in-review' as const, circulation: 1, version: 1, changedBlocks: 3, totalBlocks: 12, tasks: [], waitingForMe: [] }
const withdrawal = { item: { id: 'itm_9', key: 'SAF-1', title: 'Safety' }, reason: 'New warning', withdrawnAt: '2026-11-21T10:00:00Z', withdrawnBy: { id: 'p', displayName: 'P' } }

test('withdrawals come before everything else and empty sections are left out', () => {
  const sections = sectionsOf({ ...NO_WORK, drafts: [itemRow()], withdrawals: [withdrawal] })

  expect(sections.map((it) => it.key)).toEqual(['withdrawals', 'drafts'])
  expect(countOf(sections)).toBe(2)
})

test('due this week holds seven days and not the eighth, what is late, and withdrawals', () => {
  const sections = sectionsOf({
    ...NO_WORK,
    reviewsDue: [
      { ...JOB, code: 'late', dueAt: '2026-11-19T12:00:00Z' },
      { ...JOB, code: 'seventh', dueAt: '2026-11-28T12:00:00Z' },
      { ...JOB, code: 'eighth', dueAt: '2026-11-29T12:00:00Z' },
      { ...JOB, code: 'undated' },
    ],
    drafts: [itemRow()],
    withdrawals: [withdrawal],
  })

  const due = inView(sections, 'due', NOW).flatMap((it) => it.entries.map((entry) => entry.id))

  expect(due).toEqual(['withdrawal:itm_9:2026-11-21T10:00:00Z', 'review:late', 'review:seventh'])
})

test('next due is the nearest date, whatever it belongs to', () => {
  const sections = sectionsOf({
    ...NO_WORK,
    reviewsDue: [{ ...JOB, dueAt: '2026-11-25T12:00:00Z' }],
    expiring: [{ item: { id: 'itm_2', key: 'CLM-2', title: 'C' }, market: 'GB', locale: 'en-GB', until: '2026-11-22T00:00:00Z' }],
  })

  expect(nextDue(sections)?.id).toBe('expiry:itm_2:GB:en-GB')
  expect(nextDue(sectionsOf(NO_WORK))).toBeUndefined()
})
