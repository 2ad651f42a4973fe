import { createRoute } from '@tanstack/react-router'

import { signedInRoute } from '@/app/routes'

import type { Panel } from './DraftEditor'
import { ItemScreen } from './ItemScreen'

export interface ItemSearch {
  readonly locale?: string
  readonly panel?: Panel
}

const PANELS: readonly string[] = ['fields', 'comments', 'evidence', 'findings', 'used', 'history']

export const editorRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/content/$itemId',
    validateSearch: (search: Record<string, unknown>): ItemSearch => ({
      ...(typeof search['locale'] === 'string' ? { locale: search['locale'] } : {}),
      ...(typeof search['panel'] === 'string' && PANELS.includes(search['panel']) ? { panel: search['panel'] as Panel } : {}),
    }),
    component: ItemScreen,
  }),
]
