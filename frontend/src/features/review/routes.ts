import { createRoute } from '@tanstack/react-router'

import { signedInRoute } from '@/app/routes'

export const reviewRoutes = [createRoute({ getParentRoute: () => signedInRoute, path: '/review/$code' })]
