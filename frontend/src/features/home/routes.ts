import { createRoute } from '@tanstack/react-router'

import { signedInRoute } from '@/app/routes'

import type { View } from './entries'
import { MyWorkScreen } from './MyWorkScreen'

export interface MyWorkSearch {
  readonly view?: View | undefined
  /** Id of the chosen entry. */
  readonly chosen?: string | undefined
}

const VIEWS: readonly View[] = ['everything', 'due', 'reviews', 'drafts']

export const homeRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/',
    validateSearch: (search: Record<string, unknown>): MyWorkSearch => ({
      view: VIEWS.find((it) => it === search['view'] && it !== 'everything'),
      chosen: typeof search['chosen'] === 'string' ? search['chosen'] : undefined,
    }),
    component: MyWorkScreen,
  }),
]
