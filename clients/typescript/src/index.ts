/**
 * The delivery API for one credential. Types and calls come from its OpenAPI document; here is what every channel needs
 * around them: conditional requests, all pages of a list, sync that goes on where it stopped, patience with a server that asks
 * for it, and webhooks one can trust.
 */
import createClient, { type Client } from 'openapi-fetch'

import type { components, paths } from './delivery'

export { verifyWebhook, WebhookRefused } from './webhooks'

export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]
export type ContentSet = Schema<'ContentSet'>
export type DeliveredItem = Schema<'DeliveredItem'>
export type SetQuery = paths['/content-sets']['get']['parameters']['query']
export type ItemQuery = NonNullable<paths['/items/{idOrKey}']['get']['parameters']['query']>
export type ListQuery = NonNullable<paths['/items']['get']['parameters']['query']>
export type SyncQuery = NonNullable<paths['/sync']['get']['parameters']['query']>

export interface Options {
  /** `https://content.example.com`, without a path. Empty: the page's own origin, for a proxy that adds the credential. */
  readonly server: string
  /** An API key or access token, asked for at every request so that it may change. Leave it out behind a proxy. */
  readonly credential?: () => string | Promise<string>
  /** For tests, or where there is no global one. */
  readonly fetch?: (request: Request) => Promise<Response>
  /** Seconds, 10 unless told: how long one request that only reads waits altogether when the server asks for that (429, 503). 0: never. */
  readonly patience?: number
}

/** What came, with what the next request needs. */
export interface Fetched<T> {
  readonly value: T
  readonly etag: string
  /** State of the catalogue that was read. */
  readonly sequence: number
  /** False: the answer at hand was still current (304), and `value` is that one. */
  readonly changed: boolean
}

/** A refusal. Switch on `code`; `message` says what to do next. */
export class Refused extends Error {
  readonly code: string
  readonly status: number
  /** Seconds to wait before the same request, where the server says so. */
  readonly retryAfter: number | undefined

  constructor(readonly problem: Schema<'DeliveryProblem'>, response: Response) {
    super(problem.detail)
    this.name = 'Refused'
    this.code = problem.code
    this.status = response.status
    const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN)
    this.retryAfter = Number.isNaN(seconds) ? undefined : seconds
  }
}

export class Throughline {
  /** Every call of the contract, typed; for what has no method here. */
  readonly calls: Client<paths>

  constructor({ server, credential, fetch = (request) => globalThis.fetch(request), patience = 10 }: Options) {
    this.calls = createClient<paths>({ baseUrl: `${server}/v1`, fetch: (request) => patiently(fetch, request, patience) })
    if (credential !== undefined) {
      this.calls.use({
        async onRequest({ request }) {
          request.headers.set('Authorization', `Bearer ${await credential()}`)
          return request
        },
      })
    }
  }

  /** The content set for a context. With an earlier answer, only what changed goes over the wire. */
  async contentSet(query: SetQuery, earlier?: Fetched<ContentSet>): Promise<Fetched<ContentSet>> {
    const { data, error, response } = await this.calls.GET('/content-sets', { params: { query, header: conditional(earlier) } })
    return fetched(data, error, response, earlier)
  }

  /** One item. `content-withdrawn` means: remove every copy. */
  async item(idOrKey: string, query: ItemQuery, earlier?: Fetched<DeliveredItem>): Promise<Fetched<DeliveredItem>> {
    const { data, error, response } = await this.calls.GET('/items/{idOrKey}', { params: { path: { idOrKey }, query, header: conditional(earlier) } })
    return fetched(data, error, response, earlier)
  }

  /** Every item of a list, page by page. */
  async *items(query: ListQuery): AsyncGenerator<Schema<'ListedItem'>> {
    let after: string | undefined
    do {
      const { data, error, response } = await this.calls.GET('/items', { params: { query: after === undefined ? query : { ...query, after } } })
      const page = orRefused(data, error, response)
      yield* page.items
      after = page.nextCursor
    } while (after !== undefined)
  }

  /**
   * Every change since a token, in order; the generator's result is the token for the next time. Keep it together with
   * what you kept of the changes. `sync-token-expired` means: begin again with `initial`.
   */
  async *changes(first: SyncQuery): AsyncGenerator<Schema<'SyncChange'>, string> {
    let query = first
    for (;;) {
      const { data, error, response } = await this.calls.GET('/sync', { params: { query } })
      const page = orRefused(data, error, response)
      yield* page.changes
      if (page.hasMore !== true) return page.nextToken
      query = { token: page.nextToken }
    }
  }
}

/** Sends again after `Retry-After`. What writes is never sent twice: an answer that got lost may have been a success. */
async function patiently(fetch: (request: Request) => Promise<Response>, request: Request, patience: number): Promise<Response> {
  for (let left = patience; ; ) {
    const response = await fetch(request.method === 'GET' ? request.clone() : request)
    const wish = response.headers.get('Retry-After') ?? ''
    const seconds = Math.max(1, Number.parseInt(wish, 10))
    const asked = request.method === 'GET' && (response.status === 429 || response.status === 503) && /^\d+$/.test(wish)
    if (!asked || seconds > left) return response
    left -= seconds
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  }
}

function conditional(earlier: Fetched<unknown> | undefined): { 'If-None-Match'?: string } {
  return earlier === undefined ? {} : { 'If-None-Match': earlier.etag }
}

function fetched<T>(data: T | undefined, error: unknown, response: Response, earlier: Fetched<T> | undefined): Fetched<T> {
  if (response.status === 304 && earlier !== undefined) return { ...earlier, changed: false }
  return { value: orRefused(data, error, response), etag: response.headers.get('ETag') ?? '', sequence: Number(response.headers.get('Content-Sequence') ?? 0), changed: true }
}

function orRefused<T>(data: T | undefined, error: unknown, response: Response): T {
  if (data !== undefined && response.ok) return data
  if (typeof error === 'object' && error !== null && 'code' in error) throw new Refused(error as Schema<'DeliveryProblem'>, response)
  throw new Error(`${response.url} answered ${response.status} without a problem; is there a proxy in between?`)
}
