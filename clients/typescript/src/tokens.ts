/** The server gave no access token: the client is unknown, its secret wrong, or something is in between. The message says which. */
export class TokenRefused extends Error {
  /** 0 when the server could not be reached. */
  readonly status: number

  constructor(message: string, status: number, options?: ErrorOptions) {
    super(message, options)
    this.name = 'TokenRefused'
    this.status = status
  }
}

export interface ClientOptions {
  /** `https://content.example.com`, without a path. */
  readonly server: string
  /** Of the client that was made for the channel. */
  readonly id: string
  /** As it was shown once. It belongs on a server, never into a page. */
  readonly secret: string
  /** For tests, or where there is no global one. */
  readonly fetch?: (request: Request) => Promise<Response>
}

interface Token {
  readonly value: string
  /** Milliseconds of `performance.now()`, which no correction of the clock moves. */
  readonly renewal: number
  readonly end: number
}

/** Longest time before its end at which a token is renewed; a short-lived one is renewed in its last quarter. */
const AHEAD_MS = 30_000
/** Longest wait for a token. It serves many calls, so the signal of one of them doesn't stop it. */
const TIMEOUT_MS = 30_000

/**
 * Access tokens by OAuth 2 client credentials (RFC 6749, 4.4), as the `credential` of a `Throughline`. A token is kept, renewed
 * before it expires, and renewed once when the server refuses it with 401.
 */
export class ClientCredentials {
  readonly #options: ClientOptions
  #token: Token | undefined
  #asking: Promise<Token> | undefined

  constructor(options: ClientOptions) {
    this.#options = options
  }

  /** A token that is good now. Calls at the same time share one request. */
  async token(): Promise<string> {
    const kept = this.#token
    if (kept !== undefined && performance.now() < kept.renewal) return kept.value
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined))
    try {
      this.#token = await this.#asking
      return this.#token.value
    } catch (error) {
      if (kept !== undefined && this.#token === kept && performance.now() < kept.end) return kept.value
      throw error
    }
  }

  /** Gives up a token that was refused, unless another call has renewed it already. */
  refused(value: string): void {
    if (this.#token?.value === value) this.#token = undefined
  }

  async #ask(): Promise<Token> {
    const { server, id, secret, fetch = (request) => globalThis.fetch(request) } = this.#options
    const began = performance.now()
    const request = new Request(`${server}/oauth2/token`, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa(`${encoded(id)}:${encoded(secret)}`)}`, Accept: 'application/json' },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const response = await fetch(request).catch((error: unknown) => {
      throw new TokenRefused(`No access token: ${request.url} can't be reached.`, 0, { cause: error })
    })
    const answer: unknown = await response.json().catch((error: unknown) => {
      throw new TokenRefused(`No access token: ${request.url} answered ${response.status} without JSON; is there a proxy in between?`, response.status, { cause: error })
    })
    if (!response.ok || !isToken(answer)) {
      throw new TokenRefused(`No access token: ${request.url} answered ${response.status}, ${reason(answer)}; check the id and secret of the client.`, response.status)
    }
    const life = answer.expires_in * 1000
    const end = began + life
    return { value: answer.access_token, renewal: end - Math.min(AHEAD_MS, life / 4), end }
  }
}

/** As in a form, before the Base64: RFC 6749, 2.3.1. */
function encoded(part: string): string {
  return new URLSearchParams({ part }).toString().slice('part='.length)
}

function isToken(answer: unknown): answer is { access_token: string; expires_in: number } {
  return typeof answer === 'object' && answer !== null && 'access_token' in answer && typeof answer.access_token === 'string' && 'expires_in' in answer && typeof answer.expires_in === 'number'
}

function reason(answer: unknown): string {
  return typeof answer === 'object' && answer !== null && 'error' in answer ? String(answer.error) : 'no reason given'
}
