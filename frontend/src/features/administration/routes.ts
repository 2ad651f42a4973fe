import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'

import { signedInRoute } from '@/app/routes'
import { ROLES } from '@/app/session'

import { STATE_WORDS, type AccountState, type PeopleFilter } from './people/accounts'

export interface PeopleSearch extends PeopleFilter {
  readonly person?: string | undefined
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const isState = (value: unknown): value is AccountState => typeof value === 'string' && value in STATE_WORDS

export const administrationRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/administration',
    beforeLoad: () => {
      throw redirect({ to: '/administration/people' })
    },
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/administration/people',
    validateSearch: (search: Record<string, unknown>): PeopleSearch => ({
      person: text(search['person']),
      q: text(search['q']),
      role: ROLES.find((it) => it === search['role']),
      brand: text(search['brand']),
      market: text(search['market']),
      state: isState(search['state']) ? search['state'] : undefined,
    }),
    component: lazyRouteComponent(() => import('./people/PeopleScreen'), 'PeopleScreen'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/administration/audit-trail',
    component: lazyRouteComponent(() => import('./AuditTrailScreen'), 'AuditTrailScreen'),
  }),
]
