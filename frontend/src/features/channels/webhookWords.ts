import type { Labels } from '@/api/framework'
import { sayAgo, sayDate } from '@/ui'

import type { Attempt, Delivery, Webhook, WebhookEvent } from './webhookApi'

export type Tone = 'ok' | 'warn' | 'block' | 'plain'

export const EVENTS: readonly { readonly type: WebhookEvent; readonly words: string; readonly when: string }[] = [
  { type: 'content.published', words: 'Published', when: 'when content becomes effective' },
  { type: 'content.withdrawn', words: 'Withdrawn', when: 'within a second; asks for a confirmation' },
  { type: 'content.expired', words: 'Expired', when: 'when the window of content has ended' },
  { type: 'content.changed', words: 'Changed', when: 'when something that content holds has changed or ended' },
  { type: 'strategy.activated', words: 'Strategy activated', when: 'when sets may be ordered anew' },
]

export function sayEvent(type: string): string {
  return EVENTS.find((it) => it.type === type)?.words ?? (type === 'webhook.test' ? 'Test' : type)
}

/** What an endpoint's filter lets through, in words; undefined without a filter. */
export function sayOnly(only: Webhook['only'], labels: Labels): string | undefined {
  const parts = [only?.types?.map(labels.type), only?.markets?.map(labels.market), only?.brands?.map((it) => labels.brand(it))].filter((it) => it !== undefined && it.length > 0)
  return parts.length === 0 ? undefined : parts.map((it) => it?.join(' or ')).join('; ')
}

/** How an endpoint does, worst first. */
export function webhookState(webhook: Webhook, now: Date): { readonly words: string; readonly tone: Tone } {
  if (webhook.state === 'disabled') return { words: 'Disabled', tone: 'block' }
  if (webhook.state === 'paused') return { words: 'Paused', tone: 'warn' }
  if (webhook.failingSince !== undefined) return { words: `Failing for ${sayWait(new Date(webhook.failingSince), now)}`, tone: 'block' }
  return webhook.lastDeliveredAt === undefined ? { words: 'Active', tone: 'plain' } : { words: 'Delivering', tone: 'ok' }
}

export function deliveryState(delivery: Delivery): { readonly words: string; readonly tone: Tone } {
  switch (delivery.state) {
    case 'delivered':
      return { words: 'Delivered', tone: 'ok' }
    case 'failed':
      return { words: 'Given up', tone: 'block' }
    case 'cancelled':
      return { words: 'Cancelled', tone: 'plain' }
    case 'waiting':
      return delivery.failures > 0 ? { words: `Failed ${delivery.failures}×, tries again`, tone: 'warn' } : { words: 'Waiting', tone: 'plain' }
  }
}

const OUTCOMES: Readonly<Record<Attempt['outcome'], string>> = {
  delivered: 'Taken',
  rejected: 'Refused by the receiver',
  unreachable: 'Not reached',
  'timed-out': 'No answer in time',
  'not-allowed': 'Not allowed',
}

export function sayOutcome(outcome: Attempt['outcome']): string {
  return OUTCOMES[outcome]
}

export function sayLast(webhook: Webhook, now: Date): string {
  if (webhook.lastAttempt === undefined) return 'Never called'
  const status = webhook.lastAttempt.status === undefined ? '' : ` ${webhook.lastAttempt.status},`
  return `${sayOutcome(webhook.lastAttempt.outcome)},${status} ${sayAgo(new Date(webhook.lastAttempt.at), now)}`
}

/** A length of time in its two largest units: `3 h 12 min`. */
export function sayWait(from: Date, until: Date): string {
  const minutes = Math.max(0, Math.floor((until.getTime() - from.getTime()) / 60_000))
  if (minutes < 1) return 'under a minute'
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  const days = Math.floor(hours / 24)
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`
}

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: 'UTC', hourCycle: 'h23' })

/** To the second, in UTC: what logs of other systems are compared with. */
export function saySecond(at: Date): string {
  return `${sayDate(at)}, ${CLOCK.format(at)} UTC`
}
