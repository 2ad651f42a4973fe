import { Problem, type Tagged } from '@/api/client'

import type { Draft } from './api'
import type { ContentDocument } from './document'
import { DraftDesk } from './DraftDesk'
import { keptOnDevice } from './keptText'

const at = '2026-11-21T12:00:00Z'
const mara = { id: 'psn_1', displayName: 'Mara Lindqvist' }

function read(revision: number, document: ContentDocument): Tagged<Draft> {
  const data: Draft = { itemId: 'itm_1', key: 'ART-1', type: 'article', kind: 'promotional', locale: 'en-GB', revision, document, updatedBy: mara, updatedAt: at, findings: [] }
  return { data, etag: `"r${revision}"` }
}

/** A server that holds one draft and guards its revision. */
function server(revision = 3) {
  const sent: { document: ContentDocument; etag: string }[] = []
  const state = { revision, fails: [] as Problem[] }
  const save = async (document: ContentDocument, etag: string) => {
    sent.push({ document, etag })
    const failure = state.fails.shift()
    if (failure !== undefined) throw failure
    if (etag !== `"r${state.revision}"`) throw problem(412)
    return read(++state.revision, document)
  }
  return { sent, state, save }
}

function problem(status: number, errors: Problem['errors'] = []) {
  return new Problem(status, 'code', 'Title', undefined, 'about:blank', errors, undefined)
}

function open(net: ReturnType<typeof server>, options: { isOnline?: () => boolean; document?: ContentDocument; revision?: number } = {}) {
  return new DraftDesk(read(options.revision ?? 3, options.document ?? { title: 'A' }), {
    save: net.save,
    kept: keptOnDevice('itm_1', 'en-GB'),
    isOnline: options.isOnline ?? (() => true),
  })
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('several changes in a row become one save when typing pauses', async () => {
  const net = server()
  const desk = open(net)
  desk.change({ title: 'AB' })
  await vi.advanceTimersByTimeAsync(799)
  desk.change({ title: 'ABC' })
  await vi.advanceTimersByTimeAsync(799)
  expect(net.sent).toHaveLength(0)

  await vi.advanceTimersByTimeAsync(1)

  expect(net.sent).toEqual([{ document: { title: 'ABC' }, etag: '"r3"' }])
  expect(desk.snapshot()).toMatchObject({ revision: 4, changes: 0, state: { kind: 'saved' } })
  expect(localStorage.length).toBe(0)
})

test('what is typed while a save runs is sent next, on the revision that save made', async () => {
  const net = server()
  const desk = open(net)
  desk.change({ title: 'AB' })
  const saving = desk.saveNow()
  desk.change({ title: 'ABC' })
  await saving
  expect(desk.snapshot()).toMatchObject({ changes: 1, state: { kind: 'waiting' } })

  await vi.advanceTimersByTimeAsync(800)

  expect(net.sent.at(-1)).toEqual({ document: { title: 'ABC' }, etag: '"r4"' })
  expect(desk.snapshot().state.kind).toBe('saved')
})

test('a failed save keeps the text on this device, and the next visit finds it', async () => {
  const net = server()
  net.state.fails.push(problem(500))
  const desk = open(net)
  desk.change({ title: 'typed' })
  await desk.saveNow()
  expect(desk.snapshot().state.kind).toBe('failed')

  const later = open(net)

  expect(later.snapshot()).toMatchObject({ document: { title: 'typed' }, restored: true, state: { kind: 'waiting' } })
  await vi.advanceTimersByTimeAsync(800)
  expect(later.snapshot().state.kind).toBe('saved')
})

test('when somebody else saved, nothing is sent until the writer decides, and both texts are there', async () => {
  const net = server()
  const desk = open(net)
  net.state.revision = 4
  desk.change({ title: 'mine' })
  await desk.saveNow()
  expect(desk.snapshot().state.kind).toBe('conflict')
  desk.change({ title: 'mine, longer' })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(net.sent).toHaveLength(1)

  await desk.keepMine(read(4, { title: 'theirs' }))

  expect(net.sent.at(-1)).toEqual({ document: { title: 'mine, longer' }, etag: '"r4"' })
  expect(desk.snapshot()).toMatchObject({ revision: 5, state: { kind: 'saved' } })
})

test('taking their text is the only act that drops one’s own', async () => {
  const net = server()
  const desk = open(net)
  net.state.revision = 4
  desk.change({ title: 'mine' })
  await desk.saveNow()
  expect(localStorage.length).toBe(1)

  desk.takeTheirs(read(4, { title: 'theirs' }))

  expect(desk.snapshot()).toMatchObject({ document: { title: 'theirs' }, revision: 4, changes: 0 })
  expect(localStorage.length).toBe(0)
})

test('text kept for an older revision than the server has is a conflict, not an overwrite', () => {
  keptOnDevice('itm_1', 'en-GB').keep({ revision: 2, document: { title: 'kept' } })

  expect(open(server()).snapshot()).toMatchObject({ document: { title: 'kept' }, state: { kind: 'conflict' } })
})

test('without a connection changes are kept and sent once it is back', async () => {
  const net = server()
  let online = false
  const desk = open(net, { isOnline: () => online })
  desk.change({ title: 'AB' })
  await desk.saveNow()
  expect(desk.snapshot().state.kind).toBe('offline')

  online = true
  desk.online()
  await vi.advanceTimersByTimeAsync(0)

  expect(desk.snapshot().state.kind).toBe('saved')
})

test('what the server refuses as invalid stands as a finding at its field', async () => {
  const net = server()
  net.state.fails.push(problem(422, [{ code: 'too-long', path: '/title', message: 'At most 300 characters.' }]))
  const desk = open(net)
  desk.change({ title: 'x'.repeat(301) })
  await desk.saveNow()

  expect(desk.snapshot().findings).toEqual([{ code: 'too-long', severity: 'block', path: '/title', message: 'At most 300 characters.' }])
})

test('the same fields in another order are no change', () => {
  const desk = open(server(), { document: { title: 'A', summary: 'B' } })
  desk.change({ summary: 'B', title: 'A' })
  expect(desk.snapshot().changes).toBe(0)
})
