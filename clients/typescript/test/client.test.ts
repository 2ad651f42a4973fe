import { createHmac } from 'node:crypto'

import { describe, expect, it, vi } from 'vitest'

import { Refused, Throughline, verifyWebhook, WebhookRefused } from '../src/index'

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

  it('signed with the secret are accepted, also beside the signature of another one', async () => {
    expect(await verifyWebhook(secret, headers, body, now)).toEqual({ type: 'content.withdrawn', sequence: 184467 })
    expect(await verifyWebhook(secret, { ...headers, signature: `v1,AAAA ${headers.signature}` }, body, now)).toMatchObject({ sequence: 184467 })
  })

  it('that were changed, replayed or signed by another are refused', async () => {
    const attempts = [
      () => verifyWebhook(secret, headers, body.replace('184467', '184468'), now),
      () => verifyWebhook(secret, { ...headers, id: 'evt_2' }, body, now),
      () => verifyWebhook(secret, headers, body, new Date(now.getTime() + 301_000)),
      () => verifyWebhook(secret, { ...headers, timestamp: 'soon' }, body, now),
      () => verifyWebhook('whsec_AAAA', headers, body, now),
      () => verifyWebhook(secret, { ...headers, signature: 'v1,!' }, body, now),
      () => verifyWebhook(secret, { ...headers, signature: headers.signature.replace('v1', 'v2') }, body, now),
    ]
    for (const attempt of attempts) {
      await expect(attempt()).rejects.toBeInstanceOf(WebhookRefused)
    }
  })
})
