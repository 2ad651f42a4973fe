import { keepPreviousData, queryOptions } from '@tanstack/react-query'

import { call } from '@/api/client'
import type { Schema } from '@/api/types'

export type Channel = Schema<'Channel'>
export type ApiKey = Schema<'ApiKey'>
export type IssuedApiKey = Schema<'IssuedApiKey'>
export type NewApiKey = Schema<'NewApiKey'>
export type Preview = Schema<'ContentSetPreview'>
export type ContentSet = NonNullable<Preview['set']>
export type Slot = ContentSet['slots'][number]
export type DeliveredItem = ContentSet['items'][string]
export type Excluded = Preview['excluded'][number]

/** What a channel asks with. */
export interface Context {
  readonly audience: string
  readonly stage?: string | undefined
  readonly need?: string | undefined
  readonly market: string
  readonly locale: string
  readonly brand?: string | undefined
  readonly seen?: string | undefined
  readonly seenBy?: string | undefined
  readonly at?: string | undefined
}

export const channelsKey = ['channels'] as const

export const channelsQuery = queryOptions({
  queryKey: [...channelsKey, 'list'],
  queryFn: ({ signal }) => call<Schema<'Channels'>>('/manage/v1/channels', { signal }),
})

/** What channels get now, by audience: enough to find a context that has a set. */
export const publishedQuery = (audience: string | undefined) =>
  queryOptions({
    queryKey: ['items', 'published', audience],
    queryFn: ({ signal }) => call<Schema<'ItemPage'>>('/manage/v1/items', { query: { state: 'effective', type: ['article', 'module', 'playbook', 'plain-language-summary', 'standard-response'], audience, limit: 50 }, signal }),
    staleTime: 60_000,
    retry: false,
  })

// The set before stays until the new one is there, so that stepping through contexts does not make the page jump.
export const contentSetQuery = (channelId: string, context: Context) =>
  queryOptions({
    queryKey: [...channelsKey, 'content-set', channelId, context],
    queryFn: ({ signal }) => call<Preview>(`/manage/v1/channels/${encodeURIComponent(channelId)}/content-set`, { query: { ...context }, signal }),
    enabled: channelId !== '' && context.audience !== '' && context.market !== '' && context.locale !== '',
    placeholderData: keepPreviousData,
  })

/** Which strategies are active, and in which version. */
export const strategiesQuery = queryOptions({
  queryKey: ['strategy', 'list'],
  queryFn: ({ signal }) => call<Schema<'Strategies'>>('/manage/v1/strategies', { signal }),
})

/** When sets of a market and locale changed. The list before stays until the new one is there. */
export const momentsQuery = (market: string, locale: string, brand: string | undefined) =>
  queryOptions({
    queryKey: [...channelsKey, 'moments', market, locale, brand],
    queryFn: ({ signal }) => call<Schema<'CatalogueMoments'>>('/manage/v1/catalogue-changes', { query: { market, locale, brand }, signal }),
    enabled: market !== '' && locale !== '',
    placeholderData: keepPreviousData,
  })

/** The version of the strategy that ordered a set: its objectives' names. A stored version never changes. */
export const strategyVersionQuery = (strategyId: string, version: number) =>
  queryOptions({
    queryKey: ['strategy', 'version', strategyId, version],
    queryFn: ({ signal }) => call<Schema<'StrategyVersion'>>(`/manage/v1/strategies/${encodeURIComponent(strategyId)}/versions/${version}`, { signal }),
    enabled: strategyId !== '',
    staleTime: 10 * 60_000,
  })

export function issueKey(channelId: string, key: NewApiKey): Promise<IssuedApiKey> {
  return call<IssuedApiKey>(`/manage/v1/channels/${encodeURIComponent(channelId)}/keys`, { method: 'POST', body: key })
}

/** A new secret for an OAuth 2 client; the one before can stay valid beside it. */
export function rotateSecret(keyId: string, keepsPrevious: boolean, reason: string): Promise<IssuedApiKey> {
  return call<IssuedApiKey>(`/manage/v1/keys/${encodeURIComponent(keyId)}/rotation`, { method: 'POST', body: { keepsPrevious, reason } })
}

/** Other brands for a key; it reads by them within a second. */
export function setKeyBrands(keyId: string, brands: readonly string[], reason: string): Promise<ApiKey> {
  return call<ApiKey>(`/manage/v1/keys/${encodeURIComponent(keyId)}/brands`, { method: 'PUT', body: { brands, reason } })
}

export function revokeKey(keyId: string, reason: string): Promise<ApiKey> {
  return call<ApiKey>(`/manage/v1/keys/${encodeURIComponent(keyId)}/revocation`, { method: 'POST', body: { reason } })
}

/** Says whether a CDN that purges by surrogate key stands before the channel. */
export function setPurgesByKey(channelId: string, purgesByKey: boolean, reason: string): Promise<Schema<'ChannelCdn'>> {
  return call<Schema<'ChannelCdn'>>(`/manage/v1/channels/${encodeURIComponent(channelId)}/cdn`, { method: 'PUT', body: { purgesByKey, reason } })
}
