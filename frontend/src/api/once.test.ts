import { call } from './client'
import { json, problem, stubApi } from '@/test/render'

const path = '/manage/v1/items'
const make = (title: string) => call<{ id: string }>(path, { method: 'POST', body: { title } })

test('a second click shares the answer of the first', async () => {
  const { calls } = stubApi({ [`POST ${path}`]: () => json({ id: 'itm_1' }, 201), 'GET /manage/v1/about': {} })

  const answers = await Promise.all([make('Twice'), make('Twice'), make('Another')])

  expect(calls.filter((it) => it.method === 'POST').map((it) => it.body)).toEqual([{ title: 'Twice' }, { title: 'Another' }])
  expect(answers[1]).toEqual({ id: 'itm_1' })
})

test('each act has a key of its own, and what is read has none', async () => {
  const { calls } = stubApi({ [`POST ${path}`]: () => json({ id: 'itm_1' }, 201), [`GET ${path}`]: {}, 'GET /manage/v1/about': {}, 'POST /manage/v1/render': {} })

  await make('The same')
  await make('The same')
  await call(path)
  await call('/manage/v1/render', { method: 'POST', body: {} })

  const keys = calls.filter((it) => it.url.pathname !== '/manage/v1/about').map((it) => it.headers.get('Idempotency-Key'))
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
  expect(keys[1]).toMatch(/^[0-9a-f]{32}$/)
  expect(keys[0]).not.toBe(keys[1])
  expect(keys.slice(2)).toEqual([null, null])
})

test('what lost its answer goes out again with the same key, what was refused with another', async () => {
  let tries = 0
  const { calls } = stubApi({
    [`POST ${path}`]: () => {
      tries += 1
      if (tries === 1) throw new TypeError('connection lost')
      return tries === 2 ? problem(409, 'conflict', 'This clashes with what is there') : json({ id: 'itm_1' }, 201)
    },
    'GET /manage/v1/about': {},
  })

  await expect(make('Lost')).rejects.toMatchObject({ code: 'unreachable' })
  await expect(make('Lost')).rejects.toMatchObject({ code: 'conflict' })
  await make('Lost')

  const keys = calls.filter((it) => it.method === 'POST').map((it) => it.headers.get('Idempotency-Key'))
  expect(keys[1]).toBe(keys[0])
  expect(keys[2]).not.toBe(keys[0])
})
