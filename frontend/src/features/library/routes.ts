import { createRoute } from '@tanstack/react-router'

import { signedInRoute } from '@/app/routes'

import type { FileOutcome } from './api'
import { ImportsScreen } from './ImportsScreen'
import { LibraryScreen } from './LibraryScreen'
import { readLibrarySearch } from './search'

export interface ImportsSearch {
  readonly job?: string | undefined
  readonly outcome?: FileOutcome | undefined
}

const OUTCOMES: readonly FileOutcome[] = ['waiting', 'created', 'duplicate', 'refused']

export const libraryRoutes = [
  createRoute({ getParentRoute: () => signedInRoute, path: '/content', validateSearch: readLibrarySearch, component: LibraryScreen }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/content/imports',
    validateSearch: (raw: Record<string, unknown>): ImportsSearch => ({
      job: typeof raw['job'] === 'string' ? raw['job'] : undefined,
      outcome: OUTCOMES.find((it) => it === raw['outcome']),
    }),
    component: ImportsScreen,
  }),
]
