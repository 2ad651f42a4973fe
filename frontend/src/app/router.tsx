import type { QueryClient } from '@tanstack/react-query'
import { createRouter, type RouterHistory } from '@tanstack/react-router'

import { administrationRoutes } from '@/features/administration/routes'
import { channelRoutes } from '@/features/channels/routes'
import { editorRoutes } from '@/features/editor/routes'
import { homeRoutes } from '@/features/home/routes'
import { libraryRoutes } from '@/features/library/routes'
import { reviewRoutes } from '@/features/review/routes'
import { sessionRoutes } from '@/features/session/routes'
import { strategyRoutes } from '@/features/strategy/routes'

import { rootRoute, signedInRoute } from './routes'

/** Every screen of the application. A feature adds one line here; its paths and components stay in its own folder. */
const routeTree = rootRoute.addChildren([
  ...sessionRoutes,
  signedInRoute.addChildren([
    ...homeRoutes,
    ...libraryRoutes,
    ...editorRoutes,
    ...reviewRoutes,
    ...strategyRoutes,
    ...channelRoutes,
    ...administrationRoutes,
  ]),
])

export function newRouter(queryClient: QueryClient, history?: RouterHistory) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPendingMs: 300,
    scrollRestoration: false,
    ...(history === undefined ? {} : { history }),
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof newRouter>
  }
}
