import { createRoute, redirect } from '@tanstack/react-router'

import { rootRoute } from '@/app/routes'
import { sessionQuery } from '@/app/session'

import { FirstAdministratorScreen } from './FirstAdministratorScreen'
import { NewPasswordScreen } from './NewPasswordScreen'
import { SignInScreen } from './SignInScreen'

export interface SignInSearch {
  /** Where to go afterwards: a path of this application. */
  readonly next?: string | undefined
  /** The session ended while someone worked. */
  readonly ended?: true | undefined
}

export const sessionRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/sign-in',
    // The router keeps raw values that a validator leaves out, therefore what is refused is set to undefined.
    validateSearch: (search: Record<string, unknown>): SignInSearch => ({
      next: isOwnPath(search['next']) ? search['next'] : undefined,
      ended: search['ended'] === true ? true : undefined,
    }),
    component: SignInScreen,
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/first-administrator',
    component: FirstAdministratorScreen,
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/new-password',
    validateSearch: (search: Record<string, unknown>): Pick<SignInSearch, 'next'> => ({ next: isOwnPath(search['next']) ? search['next'] : undefined }),
    beforeLoad: async ({ context, location }) => {
      const person = await context.queryClient.ensureQueryData(sessionQuery)
      if (person === null) throw redirect({ to: '/sign-in', search: { next: location.href } })
      return { person }
    },
    component: NewPasswordScreen,
  }),
]

/** Only a path of this origin: an address elsewhere must never follow a sign-in. */
function isOwnPath(value: unknown): value is string {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value)
}
