import { createRoute } from '@tanstack/react-router'

import { signedInRoute } from '@/app/routes'

import { LibraryScreen } from './LibraryScreen'

export const libraryRoutes = [createRoute({ getParentRoute: () => signedInRoute, path: '/content', component: LibraryScreen })]
