import { once } from './once'

/** One thing that is wrong in a request, as the API names it. */
export interface FieldError {
  readonly code: string
  /** JSON pointer into the body, or the name of a query parameter. */
  readonly path: string
  readonly message: string
}

/** A refusal as the API describes it (RFC 9457). Switch on `code`; `title` and `detail` are for people. */
export class Problem extends Error {
  override readonly name = 'Problem'

  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string | undefined,
    readonly type: string,
    readonly errors: readonly FieldError[],
    readonly traceId: string | undefined,
  ) {
    super(detail === undefined ? title : `${title}: ${detail}`)
  }

  /** Nobody is signed in, or the session ended. */
  get isUnauthenticated(): boolean {
    return this.status === 401
  }
}

/** An answer with its entity tag, for a later `If-Match`. */
export interface Tagged<T> {
  readonly data: T
  readonly etag: string | undefined
}

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Sent as JSON, except a `FormData`, which is sent as it is. */
  readonly body?: unknown
  /** Undefined, empty and empty-list values are left out; a list becomes one comma-separated value. */
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>
  /** The tag that was read; the write is refused when somebody else wrote in between. */
  readonly ifMatch?: string | undefined
  readonly signal?: AbortSignal | undefined
}

type Listener = () => void
const signedOut = new Set<Listener>()

/** Hears of every 401, so that one place can lead to the sign-in page. Returns how to stop listening. */
export function onSignedOut(listener: Listener): () => void {
  signedOut.add(listener)
  return () => signedOut.delete(listener)
}

/** Calls the API of this origin and gives its JSON body; `undefined` for 204. Throws `Problem` for everything else. */
export async function call<T>(path: string, init: Call = {}): Promise<T> {
  return (await callTagged<T>(path, init)).data
}

/** As `call`, with the entity tag of the answer. A POST is done once, however often it is clicked before its answer is there. */
export async function callTagged<T>(path: string, init: Call = {}): Promise<Tagged<T>> {
  return once(path, init, (key) => exchange<T>(path, init, key))
}

async function exchange<T>(path: string, init: Call, idempotencyKey: string | undefined): Promise<Tagged<T>> {
  const response = await send(path, init, idempotencyKey)
  if (!response.ok) throw await problemOf(response, path)
  const data = response.status === 204 ? undefined : await response.json()
  return { data: data as T, etag: response.headers.get('ETag') ?? undefined }
}

async function send(path: string, { method = 'GET', body, query, ifMatch, signal }: Call, idempotencyKey: string | undefined): Promise<Response> {
  const headers = new Headers({ Accept: 'application/json, application/problem+json' })
  let payload: BodyInit | undefined
  if (body instanceof FormData) {
    payload = body
  } else if (body !== undefined) {
    headers.set('Content-Type', 'application/json')
    payload = JSON.stringify(body)
  }
  if (ifMatch !== undefined) headers.set('If-Match', ifMatch)
  if (idempotencyKey !== undefined) headers.set('Idempotency-Key', idempotencyKey)
  if (method !== 'GET') {
    const token = csrfToken() ?? (await firstCsrfToken())
    if (token !== undefined) headers.set('X-XSRF-TOKEN', token)
  }
  try {
    return await fetch(path + queryString(query), {
      method,
      headers,
      credentials: 'same-origin',
      ...(payload === undefined ? {} : { body: payload }),
      ...(signal === undefined ? {} : { signal }),
    })
  } catch (cause) {
    if (signal?.aborted) throw cause
    const problem = new Problem(0, 'unreachable', 'The server could not be reached', 'Check your connection, then try again. Nothing was changed.', 'about:blank', [], undefined)
    problem.cause = cause
    throw problem
  }
}

/** The token that Spring Security hands out in a readable cookie. Undefined before the first answer of the server. */
export function csrfToken(): string | undefined {
  const found = /(?:^|;\s*)XSRF-TOKEN=([^;]*)/.exec(document.cookie)
  return found?.[1] === undefined ? undefined : decodeURIComponent(found[1])
}

/** Someone may sign in before the page's own first answer has brought the cookie. */
async function firstCsrfToken(): Promise<string | undefined> {
  try {
    // An answer that nobody reads keeps its connection.
    await (await fetch('/manage/v1/about', { credentials: 'same-origin' })).text()
  } catch {
    // The request itself meets the same end and tells it.
  }
  return csrfToken()
}

export function queryString(query: Call['query'] = {}): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    const text = Array.isArray(value) ? value.join(',') : value === undefined ? '' : String(value)
    if (text !== '') params.set(name, text)
  }
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}

async function problemOf(response: Response, path: string): Promise<Problem> {
  const text = await response.text()
  const problem = problemFrom(response.status, text, response.statusText)
  // Who has no session yet has none to lose: these pages tell the refusal themselves.
  if (problem.isUnauthenticated && path !== SESSION_PATH && path !== FIRST_ADMINISTRATOR_PATH) signedOut.forEach((listener) => listener())
  return problem
}

export const SESSION_PATH = '/manage/v1/session'
export const PASSWORD_PATH = '/manage/v1/session/password'
export const FIRST_ADMINISTRATOR_PATH = '/manage/v1/first-administrator'

/** Reads a problem document; a body that is none (a proxy's page, say) still becomes a `Problem`. */
export function problemFrom(status: number, text: string, statusText: string): Problem {
  let body: { type?: string; code?: string; title?: string; detail?: string; errors?: FieldError[]; traceId?: string } = {}
  try {
    body = JSON.parse(text) as typeof body
  } catch {
    // Not JSON: the status line is all there is to tell.
  }
  return new Problem(
    status,
    body.code ?? 'unknown',
    body.title ?? (statusText === '' ? `The server answered ${status}` : statusText),
    body.detail,
    body.type ?? 'about:blank',
    body.errors ?? [],
    body.traceId,
  )
}

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: Problem
  }
}
