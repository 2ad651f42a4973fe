import { createRoute } from '@tanstack/react-router'

import { signedInRoute } from '@/app/routes'

import { MyWorkScreen } from './MyWorkScreen'

export const homeRoutes = [createRoute({ getParentRoute: () => signedInRoute, path: '/', component: MyWorkScreen })]
