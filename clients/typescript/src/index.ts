/**
 * The delivery API for one credential. Types and calls come from its OpenAPI document; here is what every channel needs
 * around them: conditional requests, all pages of a list, sync that goes on where it stopped, recalls, patience with a server
 * that asks for it, access tokens, and webhooks one can trust.
 */
import createClient, { type Client } from 'openapi-fetch'

import type { components, paths } from './delivery.js'
import { ClientCredentials } from './tokens.js'

export { ClientCredentials, TokenRefused, type ClientOptions } from './tokens.js'
export { verifyWebhook, WebhookRefused, type WebhookEvent, type WebhookHeaders } from './webhooks.js'

export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]
export type ContentSet = Schema<'ContentSet'>
export type DeliveredItem = Schema<'DeliveredItem'>
export type SetQuery = paths['/content-sets']['get']['parameters']['query']
export type ItemQuery = NonNullable<paths['/items/{idOrKey}']['get']['parameters']['query']>
export type ListQuery = NonNullable<paths['/items']['get']['parameters']['query']>
export type SyncQuery = NonNullable<paths['/sync']['get']['parameters']['query']>
export type RecallQuery = NonNullable<paths['/recalls']['get']['parameters']['query']>

type Fetch = (request: Request) => Promise<Response>

export interface Options {
  /** `https://content.example.com`, without a path. Empty: the page's own origin, for a proxy that adds the credential. */
  readonly server: string
  /** An API key or access token, asked for at every request so that it may change. Leave it out behind a proxy. */
  readonly credential?: (() => string | Promise<string>) | ClientCredentials
  /** For tests, or where there is no global one. */
  readonly fetch?: Fetch
  /** Seconds, 10 unless told: how long one request that only reads waits altogether when the server asks for that (429, 503). 0: never. */
  readonly patience?: number
}

/** Of one call, or of all requests that a walk over pages takes. */
export interface CallOptions {
  /** Stops the call, also while it waits for its next attempt: `AbortSignal.timeout(3000)`, or that of a controller. */
  readonly signal?: AbortSignal
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
    const send = authorized(fetch, credential)
    this.calls = createClient<paths>({ baseUrl: `${server}/v1`, fetch: (request) => patiently(send, request, patience) })
  }

  /** The content set for a context. With an earlier answer, only what changed goes over the wire. */
  async contentSet(query: SetQuery, earlier?: Fetched<ContentSet>, options: CallOptions = {}): Promise<Fetched<ContentSet>> {
    const { data, error, response } = await this.calls.GET('/content-sets', { params: { query, header: conditional(earlier) }, ...options })
    return fetched(data, error, response, earlier)
  }

  /** One item. `content-withdrawn` means: remove every copy. */
  async item(idOrKey: string, query: ItemQuery, earlier?: Fetched<DeliveredItem>, options: CallOptions = {}): Promise<Fetched<DeliveredItem>> {
    const { data, error, response } = await this.calls.GET('/items/{idOrKey}', { params: { path: { idOrKey }, query, header: conditional(earlier) }, ...options })
    return fetched(data, error, response, earlier)
  }

  /** Every item of a list, page by page; `limit` is the size of every page. */
  async *items(query: ListQuery, options: CallOptions = {}): AsyncGenerator<Schema<'ListedItem'>> {
    let after: string | undefined
    do {
      const { data, error, response } = await this.calls.GET('/items', { params: { query: after === undefined ? query : { ...query, after } }, ...options })
      const page = orRefused(data, error, response)
      yield* page.items
      after = page.nextCursor
    } while (after !== undefined)
  }

  /**
   * Every change since a token, in order; the generator's result is the token for the next time. Keep it together with
   * what you kept of the changes. `limit` is the size of every page. `sync-token-expired` means: begin again with `initial`.
   */
  async *changes(first: SyncQuery, options: CallOptions = {}): AsyncGenerator<Schema<'SyncChange'>, string> {
    const size = first.limit === undefined ? {} : { limit: first.limit }
    let query = first
    for (;;) {
      const { data, error, response } = await this.calls.GET('/sync', { params: { query }, ...options })
      const page = orRefused(data, error, response)
      yield* page.changes
      if (page.hasMore !== true) return page.nextToken
      query = { token: page.nextToken, ...size }
    }
  }

  /** Every recall of the channel, newest first, page by page; `state: 'open'` for what is still to be confirmed. */
  async *recalls(query: RecallQuery = {}, options: CallOptions = {}): AsyncGenerator<Schema<'ChannelRecall'>> {
    let after: string | undefined
    do {
      const { data, error, response } = await this.calls.GET('/recalls', { params: { query: after === undefined ? query : { ...query, after } }, ...options })
      const page = orRefused(data, error, response)
      yield* page.recalls
      after = page.nextCursor
    } while (after !== undefined)
  }

  /**
   * Confirms that the channel holds no copy any more. Once is enough: a later confirmation answers with the first, so it may be
   * sent again whenever an answer got lost.
   *
   * @param recallId `data.recallId` of the webhook, or `id` of a recall
   */
  async confirmRecall(recallId: string, confirmation: Schema<'NewRecallConfirmation'> = {}, options: CallOptions = {}): Promise<Schema<'RecallConfirmation'>> {
    const { data, error, response } = await this.calls.POST('/recalls/{recallId}/confirmations', { params: { path: { recallId } }, body: confirmation, ...options })
    return orRefused(data, error, response)
  }
}

/** Adds the credential. A token that is refused is renewed and the request sent again, once: nothing was done with the first. */
function authorized(fetch: Fetch, credential: Options['credential']): Fetch {
  if (credential === undefined) return fetch
  const sent = (request: Request, token: string) => {
    request.headers.set('Authorization', `Bearer ${token}`)
    return fetch(request)
  }
  if (!(credential instanceof ClientCredentials)) return async (request) => sent(request, await credential())
  return async (request) => {
    const token = await credential.token()
    const again = request.clone()
    const response = await sent(request, token)
    if (response.status !== 401) return response
    await response.body?.cancel()
    credential.refused(token)
    return sent(again, await credential.token())
  }
}

/** Sends again after `Retry-After`. What writes is never sent twice: an answer that got lost may have been a success. */
async function patiently(fetch: Fetch, request: Request, patience: number): Promise<Response> {
  for (let left = patience; ; ) {
    const response = await fetch(request.method === 'GET' ? request.clone() : request)
    const wish = response.headers.get('Retry-After') ?? ''
    const seconds = Math.max(1, Number.parseInt(wish, 10))
    const asked = request.method === 'GET' && (response.status === 429 || response.status === 503) && /^\d+$/.test(wish)
    if (!asked || seconds > left) return response
    left -= seconds
    await response.body?.cancel()
    await pause(seconds * 1000, request.signal)
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
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
