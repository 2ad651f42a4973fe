import { createHmac } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it, vi } from 'vitest'

import { ClientCredentials, Refused, Throughline, TokenRefused, verifyWebhook, WebhookRefused } from '../src/index.js'

const QUERY = { audience: 'hcp.primary-care', market: 'GB', locale: 'en-GB' } as const

/** Answers requests in turn and remembers them. */
function server(...answers: readonly Response[]) {
  return patientServer(0, ...answers)
}

/** @param patience of the client, in seconds */
function patientServer(patience: number, ...answers: readonly Response[]) {
  const requests: Request[] = []
  const left = [...answers]
  const throughline = new Throughline({
    patience,
    server: 'https://content.example',
    credential: () => 'tlk_1',
    fetch: async (request) => {
      requests.push(request)
      return left.shift() ?? new Response(null, { status: 500 })
    },
  })
  return { throughline, requests }
}

function json(body: unknown, headers: Readonly<Record<string, string>> = {}, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })
}

describe('content sets', () => {
  const set = { id: 'cs_1', slots: [], items: {}, relaxed: [], context: { channel: 'web', ...QUERY }, receipt: 'rcp_1', validUntil: '2026-12-01T00:00:00Z' }

  it('are asked for with the credential, and again only when they changed', async () => {
    const { throughline, requests } = server(json(set, { ETag: '"cs-1"', 'Content-Sequence': '7' }), new Response(null, { status: 304, headers: { ETag: '"cs-1"' } }))
    const first = await throughline.contentSet({ ...QUERY, stage: 'considering' })
    expect(first).toMatchObject({ etag: '"cs-1"', sequence: 7, changed: true })
    expect(requests[0]?.headers.get('Authorization')).toBe('Bearer tlk_1')
    expect(new URL(requests[0]?.url ?? '').search).toBe('?audience=hcp.primary-care&market=GB&locale=en-GB&stage=considering')
    const again = await throughline.contentSet(QUERY, first)
    expect(requests[1]?.headers.get('If-None-Match')).toBe('"cs-1"')
    expect(again).toEqual({ ...first, changed: false })
  })

  it('that are refused say why and what to do', async () => {
    const problem = { type: '/problems/rate-limited', title: 'Too many', status: 429, detail: 'Wait four seconds.', code: 'rate-limited', errors: [], traceId: 't' }
    const { throughline } = server(json(problem, { 'Retry-After': '4', 'Content-Type': 'application/problem+json' }, 429))
    const refusal = await throughline.contentSet(QUERY).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(Refused)
    expect(refusal).toMatchObject({ code: 'rate-limited', status: 429, retryAfter: 4, message: 'Wait four seconds.' })
  })

  it('that something in between answered are no problem of ours', async () => {
    const { throughline } = server(new Response('<html>Bad gateway</html>', { status: 502, headers: { 'Content-Type': 'text/html' } }))
    await expect(throughline.contentSet(QUERY)).rejects.toThrow(/without a problem/)
  })
})

describe('a server that asks for patience', () => {
  const problem = { type: '/problems/catalogue-stale', title: 'Stale', status: 503, detail: 'Try again shortly.', code: 'catalogue-stale', errors: [], traceId: 't' }
  const stale = () => json(problem, { 'Retry-After': '1', 'Content-Type': 'application/problem+json' }, 503)
  const page = () => json({ items: [{ id: 'a', key: 'a', type: 'article', version: 1 }] })

  async function ids(throughline: Throughline): Promise<readonly string[]> {
    const found: string[] = []
    for await (const item of throughline.items({ market: 'GB' })) found.push(item.id)
    return found
  }

  it('gets it, within bounds', async () => {
    vi.useFakeTimers()
    try {
      const { throughline, requests } = patientServer(2, stale(), stale(), page())
      const found = ids(throughline)
      await vi.advanceTimersByTimeAsync(999)
      expect(requests).toHaveLength(1)
      await vi.advanceTimersByTimeAsync(1001)
      expect(await found).toEqual(['a'])
      expect(requests).toHaveLength(3)

      const impatient = patientServer(1, stale(), stale(), page())
      const refused = ids(impatient.throughline).catch((error: unknown) => error)
      await vi.advanceTimersByTimeAsync(5000)
      expect(await refused).toMatchObject({ code: 'catalogue-stale', retryAfter: 1 })
      expect(impatient.requests).toHaveLength(2)
    } finally {
      vi.useRealTimers()
    }
  })

  it('is not asked again for what it did not ask to wait with', async () => {
    const { throughline, requests } = patientServer(10, json(problem, { 'Content-Type': 'application/problem+json' }, 503), page())
    await expect(ids(throughline)).rejects.toMatchObject({ code: 'catalogue-stale' })
    expect(requests).toHaveLength(1)
  })

  it('never gets the same events twice', async () => {
    const { throughline, requests } = patientServer(10, stale(), json({ accepted: 0, duplicates: 0, refused: 0, events: [] }, {}, 202))
    const answer = await throughline.calls.POST('/events', { body: [] })
    expect(answer.response.status).toBe(503)
    expect(requests).toHaveLength(1)
  })
})

it('walks a list to its end', async () => {
  const item = (id: string) => ({ id, key: id, type: 'article', version: 1 })
  const { throughline, requests } = server(json({ items: [item('a'), item('b')], nextCursor: 'c1' }), json({ items: [item('c')] }))
  const ids: string[] = []
  for await (const it of throughline.items({ market: 'GB', limit: 2 })) ids.push(it.id)
  expect(ids).toEqual(['a', 'b', 'c'])
  expect(new URL(requests[1]?.url ?? '').searchParams.get('after')).toBe('c1')
})

it('goes through all changes and gives the token for the next time', async () => {
  const page = (id: string, token: string, hasMore: boolean) => json({ changes: [{ sequence: 1, change: 'delete', id, reason: 'withdrawn' }], nextToken: token, hasMore })
  const { throughline, requests } = server(page('a', 't1', true), page('b', 't2', false))
  const changes = throughline.changes({ initial: true, market: 'GB' })
  const ids: string[] = []
  let step = await changes.next()
  for (; step.done !== true; step = await changes.next()) ids.push(step.value.id)
  expect(ids).toEqual(['a', 'b'])
  expect(step.value).toBe('t2')
  expect(new URL(requests[1]?.url ?? '').search).toBe('?token=t1')
})

it('keeps the size of the pages of a list, a sync and the recalls', async () => {
  const { throughline, requests } = server(
    json({ items: [], nextCursor: 'c1' }), json({ items: [] }),
    json({ changes: [], nextToken: 't1', hasMore: true }), json({ changes: [], nextToken: 't2', hasMore: false }),
    json({ recalls: [], nextCursor: 'c1' }), json({ recalls: [] }),
  )
  await throughline.items({ market: 'GB', limit: 50 }).next()
  await throughline.changes({ initial: true, limit: 50 }).next()
  await throughline.recalls({ state: 'open', limit: 50 }).next()
  expect(requests).toHaveLength(6)
  for (const request of requests) expect(new URL(request.url).searchParams.get('limit')).toBe('50')
})

it('lists what was recalled and confirms it', async () => {
  const recall = { id: 'rec_1', itemId: 'itm_1', withdrawnAt: '2026-12-01T00:00:00Z', sequence: 7, parts: [] }
  const confirmed = { recallId: 'rec_1', confirmedAt: '2026-12-01T00:00:01Z', removedAt: '2026-12-01T00:00:01Z' }
  const { throughline, requests } = server(json({ recalls: [recall] }), json(confirmed, {}, 201))
  for await (const it of throughline.recalls({ state: 'open' })) expect(await throughline.confirmRecall(it.id, { copiesRemoved: 3 })).toEqual(confirmed)
  expect(requests.map((it) => `${it.method} ${new URL(it.url).pathname}`)).toEqual(['GET /v1/recalls', 'POST /v1/recalls/rec_1/confirmations'])
  expect(await requests[1]?.json()).toEqual({ copiesRemoved: 3 })
})

describe('a signal', () => {
  const stale = () => json({ code: 'catalogue-stale', detail: 'Try again shortly.' }, { 'Retry-After': '5' }, 503)

  it('reaches every request', async () => {
    const { throughline, requests } = server()
    const controller = new AbortController()
    const options = { signal: controller.signal }
    const calls = [
      throughline.contentSet(QUERY, undefined, options), throughline.item('ART-93', QUERY, undefined, options), throughline.items({}, options).next(),
      throughline.changes({ initial: true }, options).next(), throughline.recalls({}, options).next(), throughline.confirmRecall('rec_1', {}, options),
    ]
    await Promise.allSettled(calls)
    controller.abort()
    expect(requests).toHaveLength(6)
    for (const request of requests) expect(request.signal.aborted, request.url).toBe(true)
  })

  it('stops a call that waits for the server', async () => {
    const { throughline, requests } = patientServer(10, stale(), json({ items: [] }))
    const began = performance.now()
    await expect(throughline.items({}, { signal: AbortSignal.timeout(50) }).next()).rejects.toMatchObject({ name: 'TimeoutError' })
    expect(performance.now() - began).toBeLessThan(2000)
    expect(requests).toHaveLength(1)
  })
})

describe('access tokens', () => {
  /** Answers token requests with t1, t2 and so on, or with `refusal`, and everything else in turn. */
  function tokenServer(seconds: number, ...answers: readonly Response[]) {
    const requests: Request[] = []
    const left = [...answers]
    const state: { issued: number; refusal?: () => Response } = { issued: 0 }
    const fetch = async (request: Request) => {
      requests.push(request)
      if (!request.url.endsWith('/oauth2/token')) return left.shift() ?? json({ items: [] })
      return state.refusal?.() ?? json({ access_token: `t${++state.issued}`, token_type: 'Bearer', expires_in: seconds })
    }
    const credential = new ClientCredentials({ server: 'https://content.example', id: 'cli:1', secret: 's e%', fetch })
    return { throughline: new Throughline({ server: 'https://content.example', credential, fetch }), credential, requests, state }
  }

  const bearers = (requests: readonly Request[]) => requests.filter((it) => !it.url.endsWith('/token')).map((it) => it.headers.get('Authorization'))

  it('are asked for once for all calls', async () => {
    const { throughline, requests, state } = tokenServer(300)
    await Promise.all([throughline.items({}).next(), throughline.items({}).next()])
    await throughline.items({}).next()
    expect(state.issued).toBe(1)
    expect(bearers(requests)).toEqual(['Bearer t1', 'Bearer t1', 'Bearer t1'])
    // the Base64 of cli%3A1:s+e%25
    expect(requests[0]?.headers.get('Authorization')).toBe('Basic Y2xpJTNBMTpzK2UlMjU=')
    expect(await requests[0]?.text()).toBe('grant_type=client_credentials')
  })

  it('are renewed before their end, and used to it while there is no other', async () => {
    vi.useFakeTimers()
    try {
      const { credential, state } = tokenServer(300)
      expect(await credential.token()).toBe('t1')
      vi.advanceTimersByTime(269_000)
      expect(await credential.token()).toBe('t1')
      vi.advanceTimersByTime(2000)
      state.refusal = () => json({ code: 'unavailable' }, {}, 503)
      expect(await credential.token()).toBe('t1')
      delete state.refusal
      expect(await credential.token()).toBe('t2')
      vi.advanceTimersByTime(301_000)
      state.refusal = () => json({ error: 'invalid_client' }, {}, 401)
      await expect(credential.token()).rejects.toThrow(/401, invalid_client/)
    } finally {
      vi.useRealTimers()
    }
  })

  it('that are refused are renewed once, also for what writes', async () => {
    const unauthenticated = () => json({ code: 'unauthenticated', detail: 'Get a new one.' }, {}, 401)
    const { throughline, requests, state } = tokenServer(300, unauthenticated(), json({ recallId: 'rec_1' }, {}, 201), unauthenticated(), unauthenticated())
    await throughline.confirmRecall('rec_1', { copiesRemoved: 3 })
    expect(bearers(requests)).toEqual(['Bearer t1', 'Bearer t2'])
    expect(await requests.at(-1)?.json()).toEqual({ copiesRemoved: 3 })
    await expect(throughline.items({}).next()).rejects.toMatchObject({ status: 401 })
    expect(state.issued).toBe(3)

    const keyed = server(unauthenticated())
    await expect(keyed.throughline.items({}).next()).rejects.toMatchObject({ status: 401 })
    expect(keyed.requests).toHaveLength(1)
  })

  it('that are not given say why', async () => {
    const { credential, state } = tokenServer(300)
    state.refusal = () => new Response('<html>', { status: 502 })
    await expect(credential.token()).rejects.toMatchObject({ name: 'TokenRefused', status: 502, message: expect.stringContaining('proxy in between') })
    state.refusal = () => { throw new TypeError('fetch failed') }
    await expect(credential.token()).rejects.toBeInstanceOf(TokenRefused)
  })
})

describe('webhooks', () => {
  const secret = 'whsec_c2FtcGxlLXNlY3JldC1kby1ub3QtdXNlLTAwMDE='
  const now = new Date(1795252444 * 1000)
  const body = '{"type":"content.withdrawn","sequence":184467}'
  const signature = (text: string) => `v1,${createHmac('sha256', Buffer.from(secret.slice(6), 'base64')).update(text).digest('base64')}`
  const headers = { id: 'evt_01JD8Z7Q4T', timestamp: '1795252444', signature: signature(`evt_01JD8Z7Q4T.1795252444.${body}`) }

  it('signed by another implementation of the specification are accepted', async () => {
    const known = '{"type":"content.withdrawn","timestamp":"2026-11-21T09:54:04Z","data":{"sequence":184467,"itemId":"itm_01JD8Z7Q4T0000000000000001"}}'
    expect(await verifyWebhook(secret, { ...headers, signature: 'v1,GgIYP5VIfzJ28vprPiKcdfUy+Z7wjXfdD0KaOvdrQEI=' }, known, now)).toMatchObject({ type: 'content.withdrawn' })
  })

  it('of the specification are accepted', async ({ skip }) => {
    const file = join(process.env['SHARED_DATA'] ?? '../../../shared/data', 'conformance/standard-webhooks-vectors.json')
    if (!existsSync(file)) return skip('the folder of shared data is absent')
    const vectors = JSON.parse(await readFile(file, 'utf8')) as { secret: string; id: string; timestamp: number; payload: string; signature: string }[]
    expect(vectors.length).toBeGreaterThanOrEqual(3)
    for (const { secret: its, id, timestamp, payload, signature: given } of vectors) {
      const call = verifyWebhook(its, { id, timestamp: String(timestamp), signature: given }, payload, new Date(timestamp * 1000))
      // one is signed and has no body
      if (payload === '') await expect(call).rejects.toBeInstanceOf(SyntaxError)
      else expect(await call).toEqual(JSON.parse(payload))
    }
  })

  it('signed with the secret are accepted, also beside the signature of another one', async () => {
    expect(await verifyWebhook(secret, headers, body, now)).toEqual({ type: 'content.withdrawn', sequence: 184467 })
    expect(await verifyWebhook(secret, { ...headers, signature: `v1,AAAA v1,! v2,x ${headers.signature}` }, body, now)).toMatchObject({ sequence: 184467 })
  })

  it('that were changed, replayed or signed by another are refused', async () => {
    const attempts = [
      () => verifyWebhook(secret, headers, body.replace('184467', '184468'), now),
      () => verifyWebhook(secret, { ...headers, id: 'evt_2' }, body, now),
      () => verifyWebhook(secret, headers, body, new Date(now.getTime() + 301_000)),
      () => verifyWebhook(secret, headers, body, new Date(now.getTime() - 301_000)),
      () => verifyWebhook(secret, { ...headers, timestamp: 'soon' }, body, now),
      () => verifyWebhook(secret, { ...headers, id: null }, body, now),
      () => verifyWebhook(secret, { ...headers, timestamp: null }, body, now),
      () => verifyWebhook(secret, { ...headers, signature: null }, body, now),
      () => verifyWebhook('whsec_', headers, body, now),
      () => verifyWebhook('whsec_AAAA', headers, body, now),
      () => verifyWebhook(secret, { ...headers, signature: 'v1,!' }, body, now),
      () => verifyWebhook(secret, { ...headers, signature: headers.signature.replace('v1', 'v2') }, body, now),
    ]
    for (const attempt of attempts) {
      await expect(attempt()).rejects.toBeInstanceOf(WebhookRefused)
    }
  })
})
