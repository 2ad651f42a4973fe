import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { signedInRoute } from '@/app/routes'

export type WireTab = 'json' | 'curl' | 'headers'

/** The context of a set. */
export interface ContextSearch {
  readonly channel?: string | undefined
  readonly audience?: string | undefined
  readonly stage?: string | undefined
  readonly need?: string | undefined
  readonly market?: string | undefined
  readonly locale?: string | undefined
  readonly brand?: string | undefined
  /** Item ids that the reader has seen, with commas. */
  readonly seen?: string | undefined
  /** A past instant; undefined is now. The key of a reader is never in an address, so that no link gives it away. */
  readonly at?: string | undefined
}

/** The context of a set, how its answer is shown, and the context that it is compared with. */
export interface SetSearch extends ContextSearch {
  readonly wire?: WireTab | undefined
  readonly with?: ContextSearch | undefined
}

export interface KeysSearch {
  readonly key?: string | undefined
}

export interface PreviewTokensSearch {
  readonly token?: string | undefined
}

export interface WebhooksSearch {
  readonly webhook?: string | undefined
}

export type DeliveryState = 'waiting' | 'delivered' | 'failed' | 'cancelled'

export interface DeliveriesSearch {
  readonly state?: DeliveryState | undefined
  readonly type?: string | undefined
  readonly delivery?: string | undefined
}

export interface RecallsSearch {
  readonly recall?: string | undefined
}

const STATES: readonly string[] = ['waiting', 'delivered', 'failed', 'cancelled'] satisfies readonly DeliveryState[]

const instant = (value: unknown): string | undefined => (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) ? value : undefined)
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

function contextIn(search: Record<string, unknown>): ContextSearch {
  return {
    channel: text(search['channel']),
    audience: text(search['audience']),
    stage: text(search['stage']),
    need: text(search['need']),
    market: text(search['market']),
    locale: text(search['locale']),
    brand: text(search['brand']),
    seen: text(search['seen']),
    at: instant(search['at']),
  }
}
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

// Refused values become undefined: what is left out here, the router would keep as it came.
export const channelRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/channels',
    validateSearch: (search: Record<string, unknown>): SetSearch => ({
      ...contextIn(search),
      wire: search['wire'] === 'curl' || search['wire'] === 'headers' ? search['wire'] : undefined,
      with: isRecord(search['with']) ? contextIn(search['with']) : undefined,
    }),
    component: lazyRouteComponent(() => import('./ContentSetsScreen'), 'ContentSetsScreen'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/channels/keys',
    validateSearch: (search: Record<string, unknown>): KeysSearch => ({ key: text(search['key']) }),
    component: lazyRouteComponent(() => import('./KeysScreen'), 'KeysScreen'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/channels/previews',
    validateSearch: (search: Record<string, unknown>): PreviewTokensSearch => ({ token: text(search['token']) }),
    component: lazyRouteComponent(() => import('./PreviewTokensScreen'), 'PreviewTokensScreen'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/channels/webhooks',
    validateSearch: (search: Record<string, unknown>): WebhooksSearch => ({ webhook: text(search['webhook']) }),
    component: lazyRouteComponent(() => import('./WebhooksScreen'), 'WebhooksScreen'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/channels/webhooks/$webhookId',
    validateSearch: (search: Record<string, unknown>): DeliveriesSearch => ({
      state: typeof search['state'] === 'string' && STATES.includes(search['state']) ? (search['state'] as DeliveryState) : undefined,
      type: text(search['type']),
      delivery: text(search['delivery']),
    }),
    component: lazyRouteComponent(() => import('./DeliveriesScreen'), 'DeliveriesScreen'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/channels/recalls',
    validateSearch: (search: Record<string, unknown>): RecallsSearch => ({ recall: text(search['recall']) }),
    component: lazyRouteComponent(() => import('./RecallsScreen'), 'RecallsScreen'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/channels/recalls/$recallId',
    component: lazyRouteComponent(() => import('./RecallScreen'), 'RecallScreen'),
  }),
]
