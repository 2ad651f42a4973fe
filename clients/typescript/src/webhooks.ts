/** A webhook that must not be acted on: not signed by a known secret, or not from now. */
export class WebhookRefused extends Error {}

const TOLERANCE_SECONDS = 300

interface Headers {
  readonly id: string
  /** Seconds since 1970. */
  readonly timestamp: string
  /** One or more `v1,…` with spaces between them, while a secret is being rotated. */
  readonly signature: string
}

/**
 * Verifies a webhook by Standard Webhooks and gives its payload. Call it with the body exactly as it came, before any parsing.
 *
 * @param secret as the server showed it: `whsec_…`
 */
export async function verifyWebhook(secret: string, headers: Headers, body: string, now: Date = new Date()): Promise<unknown> {
  const seconds = Number(headers.timestamp)
  if (!Number.isInteger(seconds) || Math.abs(now.getTime() / 1000 - seconds) > TOLERANCE_SECONDS) throw new WebhookRefused('The webhook is not from now; it may be a replay.')
  const key = await crypto.subtle.importKey('raw', bytes(secret.replace(/^whsec_/, '')), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  const signed = new TextEncoder().encode(`${headers.id}.${headers.timestamp}.${body}`)
  for (const part of headers.signature.split(' ')) {
    const [version, value] = part.split(',')
    // verify compares in constant time
    if (version === 'v1' && value !== undefined && (await crypto.subtle.verify('HMAC', key, bytes(value), signed))) return JSON.parse(body)
  }
  throw new WebhookRefused('No signature of the webhook fits the secret.')
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (it) => it.charCodeAt(0))
  } catch {
    throw new WebhookRefused('The secret or signature is not Base64.')
  }
}
