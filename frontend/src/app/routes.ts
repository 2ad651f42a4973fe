import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, redirect } from '@tanstack/react-router'

import { RootScreen, ScreenFailed, ScreenMissing, SignedInShell } from './screens'
import { sessionQuery } from './session'

export interface RouterContext {
  readonly queryClient: QueryClient
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: RootScreen,
  errorComponent: ScreenFailed,
  notFoundComponent: ScreenMissing,
})

/** Everything under it needs a signed-in person and stands inside the shell. Parent of every feature's routes. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  component: SignedInShell,
  errorComponent: ScreenFailed,
  beforeLoad: async ({ context, location }) => {
    const person = await context.queryClient.ensureQueryData(sessionQuery)
    if (person === null) throw redirect({ to: '/sign-in', search: { next: location.href } })
    if (person.passwordChangeRequired === true) throw redirect({ to: '/new-password', search: { next: location.href } })
    return { person }
  },
})
