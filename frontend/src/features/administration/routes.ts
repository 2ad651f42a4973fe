import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { signedInRoute } from '@/app/routes'

export const administrationRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/administration/audit-trail',
    component: lazyRouteComponent(() => import('./AuditTrailScreen'), 'AuditTrailScreen'),
  }),
]
