import { call, callTagged, onSignedOut, Problem, queryString } from './client'
import { json, problem, stubApi } from '@/test/render'

afterEach(() => {
  document.cookie = 'XSRF-TOKEN=; expires=Thu, 01 Jan 1970 00:00:00 GMT'
})

test('a read sends no CSRF token, a write sends the one of the cookie', async () => {
  document.cookie = 'XSRF-TOKEN=abc%2Fdef'
  const { calls } = stubApi({ 'GET /manage/v1/items': {}, 'POST /manage/v1/items': {} })

  await call('/manage/v1/items')
  await call('/manage/v1/items', { method: 'POST', body: { type: 'article' } })

  expect(calls[0]?.headers.has('X-XSRF-TOKEN')).toBe(false)
  expect(calls[1]?.headers.get('X-XSRF-TOKEN')).toBe('abc/def')
  expect(calls[1]?.body).toEqual({ type: 'article' })
})

test('a write before any answer of the server fetches its CSRF token first', async () => {
  document.cookie = 'XSRF-TOKEN=; expires=Thu, 01 Jan 1970 00:00:00 GMT'
  const about = () => {
    document.cookie = 'XSRF-TOKEN=fresh'
    return json({})
  }
  const { calls } = stubApi({ 'GET /manage/v1/about': about, 'POST /manage/v1/session': {} })

  await call('/manage/v1/session', { method: 'POST', body: {} })

  expect(calls.map((it) => it.url.pathname)).toEqual(['/manage/v1/about', '/manage/v1/session'])
  expect(calls[1]?.headers.get('X-XSRF-TOKEN')).toBe('fresh')
})

test('the entity tag of an answer goes back as If-Match', async () => {
  const { calls } = stubApi({ 'GET /d': () => json({ revision: 4 }, 200, { ETag: '"r4"' }), 'PUT /d': {} })

  const { etag } = await callTagged('/d')
  await call('/d', { method: 'PUT', body: {}, ifMatch: etag })

  expect(calls[1]?.headers.get('If-Match')).toBe('"r4"')
})

test('a refusal becomes a Problem with its code, detail, errors and trace', async () => {
  stubApi({
    'GET /d': () => json({ type: '/problems/validation-failed', title: 'Not valid', status: 422, detail: 'Add a title.', code: 'validation-failed', errors: [{ code: 'required', path: '/title', message: 'Missing' }], traceId: 't1' }, 422),
  })

  const refusal = await call('/d').catch((error: unknown) => error)

  expect(refusal).toBeInstanceOf(Problem)
  expect(refusal).toMatchObject({ status: 422, code: 'validation-failed', detail: 'Add a title.', traceId: 't1', errors: [{ path: '/title' }] })
})

test('an answer that is no problem document still tells its status', async () => {
  stubApi({ 'GET /d': () => new Response('<html>Bad gateway</html>', { status: 502, statusText: 'Bad Gateway' }) })

  await expect(call('/d')).rejects.toMatchObject({ status: 502, code: 'unknown', title: 'Bad Gateway' })
})

test('a lost session is told once to whoever listens, but not for the session query itself', async () => {
  stubApi({ 'GET /manage/v1/session': () => problem(401, 'unauthenticated', 'Sign in'), 'GET /d': () => problem(401, 'unauthenticated', 'Sign in') })
  let heard = 0
  const stop = onSignedOut(() => heard++)

  await call('/manage/v1/session').catch(() => {})
  expect(heard).toBe(0)
  await call('/d').catch(() => {})
  expect(heard).toBe(1)
  stop()
})

test('an unreachable server is a Problem too', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))

  await expect(call('/d')).rejects.toMatchObject({ status: 0, code: 'unreachable' })
})

test('empty query values are left out and lists become one value', () => {
  expect(queryString({ q: '', type: ['article', 'claim'], limit: 20, brand: undefined, state: [] })).toBe('?type=article%2Cclaim&limit=20')
})
