/** A webhook that must not be acted on: not signed by a known secret, or not from now. */
export class WebhookRefused extends Error {}

const TOLERANCE_SECONDS = 300

/** As `request.headers.get(…)` gives them; a call that lacks one is refused. */
export interface WebhookHeaders {
  /** `webhook-id` */
  readonly id: string | null | undefined
  /** `webhook-timestamp`: seconds since 1970. */
  readonly timestamp: string | null | undefined
  /** `webhook-signature`: one or more `v1,…` with spaces between them, while a secret is being replaced. */
  readonly signature: string | null | undefined
}

/** Thin: it says what changed, at which sequence; the content itself is fetched with `minSequence`. */
export interface WebhookEvent {
  /** `content.published`, `content.withdrawn`, `content.expired`, `content.changed`, `strategy.activated`; ignore what you don't know. */
  readonly type: string
  readonly timestamp: string
  readonly data: {
    readonly sequence?: number
    readonly itemId?: string
    readonly version?: number
    readonly market?: string
    readonly locale?: string
    /** Of a withdrawal: for `confirmRecall`. */
    readonly recallId?: string
    /** Of changed content: whether it left, because of something that it holds. */
    readonly ended?: boolean
    readonly strategyId?: string
    readonly [name: string]: unknown
  }
}

/**
 * Verifies a webhook by Standard Webhooks and gives its event. Call it with the body exactly as it came, before any parsing.
 *
 * @param secret as the server showed it: `whsec_…`
 */
export async function verifyWebhook(secret: string, headers: WebhookHeaders, body: string, now: Date = new Date()): Promise<WebhookEvent> {
  const { id, timestamp, signature } = headers
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signature !== 'string') {
    throw new WebhookRefused('The call lacks a header of webhook-id, webhook-timestamp and webhook-signature.')
  }
  const seconds = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : Number.NaN
  if (!(Math.abs(Math.floor(now.getTime() / 1000) - seconds) <= TOLERANCE_SECONDS)) throw new WebhookRefused('The webhook is not from now; it may be a replay.')
  const key = await crypto.subtle.importKey('raw', secretBytes(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`)
  for (const part of signature.split(' ')) {
    const [version, value] = part.split(',')
    const given = version === 'v1' && value !== undefined ? bytes(value) : undefined
    // verify compares in constant time
    if (given !== undefined && (await crypto.subtle.verify('HMAC', key, given, signed))) return JSON.parse(body)
  }
  throw new WebhookRefused('No signature of the webhook fits the secret.')
}

function secretBytes(secret: string): Uint8Array<ArrayBuffer> {
  const found = bytes(secret.replace(/^whsec_/, ''))
  if (found === undefined || found.length === 0) throw new WebhookRefused('The secret is none: it begins with whsec_ and goes on in Base64.')
  return found
}

/** Undefined: not Base64. */
function bytes(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (it) => it.charCodeAt(0))
  } catch {
    return undefined
  }
}
