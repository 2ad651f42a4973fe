import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { signedInRoute } from '@/app/routes'

import type { Fill } from './grid'

/** What the matrix shows and what is chosen in it. */
export interface MatrixSearch {
  readonly audience?: string | undefined
  readonly brand?: string | undefined
  readonly market?: string | undefined
  readonly fill?: Fill | undefined
  readonly gaps?: true | undefined
  readonly stage?: string | undefined
  readonly need?: string | undefined
}

export interface ObjectivesSearch {
  readonly strategy?: string | undefined
  readonly version?: number | undefined
  readonly objective?: string | undefined
}

export interface EditSearch {
  readonly strategy?: string | undefined
  /** The version that the new one is written from; the newest if absent. */
  readonly from?: number | undefined
  readonly objective?: string | undefined
}

const number = (value: unknown): number | undefined => (typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined)
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

// Refused values become undefined: what is left out here, the router would keep as it came.
export const strategyRoutes = [
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/strategy',
    validateSearch: (search: Record<string, unknown>): MatrixSearch => ({
      audience: text(search['audience']),
      brand: text(search['brand']),
      market: text(search['market']),
      fill: search['fill'] === 'coverage' ? 'coverage' : undefined,
      gaps: search['gaps'] === true ? true : undefined,
      stage: text(search['stage']),
      need: text(search['need']),
    }),
    component: lazyRouteComponent(() => import('./MatrixScreen'), 'MatrixScreen'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/strategy/objectives',
    validateSearch: (search: Record<string, unknown>): ObjectivesSearch => ({
      strategy: text(search['strategy']),
      version: number(search['version']),
      objective: text(search['objective']),
    }),
    component: lazyRouteComponent(() => import('./ObjectivesScreen'), 'ObjectivesScreen'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/strategy/edit',
    validateSearch: (search: Record<string, unknown>): EditSearch => ({ strategy: text(search['strategy']), from: number(search['from']), objective: text(search['objective']) }),
    component: lazyRouteComponent(() => import('./StrategyEditorScreen'), 'StrategyEditorScreen'),
  }),
]
