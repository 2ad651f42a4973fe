import { createRoute } from '@tanstack/react-router'

import { signedInRoute } from '@/app/routes'

import { ReviewQueueScreen } from './ReviewQueueScreen'
import { ReviewRoomScreen, type RoomView } from './ReviewRoomScreen'

export interface QueueSearch {
  readonly tab?: 'mine' | 'open' | 'sent-back' | 'certified'
  readonly market?: string
  readonly discipline?: string
  readonly selected?: string
}

const TABS: readonly string[] = ['mine', 'open', 'sent-back', 'certified']
const VIEWS: readonly string[] = ['changes', 'text', 'shown', 'certificate']

export const reviewRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/review',
    validateSearch: (search: Record<string, unknown>): QueueSearch => ({
      ...(typeof search['tab'] === 'string' && TABS.includes(search['tab']) ? { tab: search['tab'] as NonNullable<QueueSearch['tab']> } : {}),
      ...(typeof search['market'] === 'string' ? { market: search['market'] } : {}),
      ...(typeof search['discipline'] === 'string' ? { discipline: search['discipline'] } : {}),
      ...(typeof search['selected'] === 'string' ? { selected: search['selected'] } : {}),
    }),
    component: ReviewQueueScreen,
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/review/$code',
    validateSearch: (search: Record<string, unknown>): { readonly view?: RoomView } => (typeof search['view'] === 'string' && VIEWS.includes(search['view']) ? { view: search['view'] as RoomView } : {}),
    component: ReviewRoomScreen,
  }),
]
