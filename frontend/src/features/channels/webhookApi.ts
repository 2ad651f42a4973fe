import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

import { call } from '@/api/client'
import type { Schema } from '@/api/types'

export type Webhook = Schema<'Webhook'>
export type IssuedWebhook = Schema<'IssuedWebhook'>
type NewWebhook = Schema<'NewWebhook'>
export type WebhookEvent = Schema<'WebhookEvent'>
export type Delivery = Schema<'WebhookDelivery'>
type DeliveryDetail = Schema<'WebhookDeliveryDetail'>
export type Attempt = DeliveryDetail['attempts'][number]

export const webhooksKey = ['webhooks'] as const
const at = (id: string, rest = '') => `/manage/v1/webhooks/${encodeURIComponent(id)}${rest}`

// Calls go out while the screen is open: what it shows should not be older than a few seconds.
const LIVE = 5_000

export const webhooksQuery = queryOptions({
  queryKey: [...webhooksKey, 'list'],
  queryFn: ({ signal }) => call<Schema<'Webhooks'>>('/manage/v1/webhooks', { signal }),
  refetchInterval: LIVE,
})

export const webhookQuery = (id: string) =>
  queryOptions({
    queryKey: [...webhooksKey, 'one', id],
    queryFn: ({ signal }) => call<Webhook>(at(id), { signal }),
    refetchInterval: LIVE,
  })

export const deliveriesQuery = (id: string, state: string | undefined, type: string | undefined) =>
  infiniteQueryOptions({
    queryKey: [...webhooksKey, 'deliveries', id, state, type],
    queryFn: ({ signal, pageParam }) => call<Schema<'WebhookDeliveryPage'>>(at(id, '/deliveries'), { query: { state, type, limit: 50, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: LIVE,
  })

export const deliveryQuery = (id: string, deliveryId: string) =>
  queryOptions({
    queryKey: [...webhooksKey, 'delivery', id, deliveryId],
    queryFn: ({ signal }) => call<DeliveryDetail>(at(id, `/deliveries/${encodeURIComponent(deliveryId)}`), { signal }),
    enabled: deliveryId !== '',
    refetchInterval: LIVE,
  })

export const createWebhook = (channelId: string, body: NewWebhook) => call<IssuedWebhook>(`/manage/v1/channels/${encodeURIComponent(channelId)}/webhooks`, { method: 'POST', body })
export const changeWebhook = (id: string, body: NewWebhook) => call<Webhook>(at(id), { method: 'PUT', body })
export const rotateSecret = (id: string, overlapHours: number) => call<IssuedWebhook>(at(id, '/secrets'), { method: 'POST', body: { overlapHours } })
export const sendTest = (id: string) => call<Delivery>(at(id, '/test-events'), { method: 'POST' })
export const replayDelivery = (id: string, deliveryId: string) => call<Delivery>(at(id, `/deliveries/${encodeURIComponent(deliveryId)}/replay`), { method: 'POST' })
export const replaySince = (id: string, since: string) => call<Schema<'WebhookReplayed'>>(at(id, '/replays'), { method: 'POST', body: { since } })

export type Act = 'pause' | 'resumption' | 'deletion'
export const act = (id: string, what: Act, reason: string) => call<unknown>(at(id, `/${what}`), { method: 'POST', body: { reason } })
