import { createRoute, lazyRouteComponent } from '@tanstack/react-router'

import { signedInRoute } from '@/app/routes'

import { FILLS, type Fill } from './grid'

/** What the matrix shows and what is chosen in it. */
export interface MatrixSearch {
  readonly audience?: string | undefined
  readonly brand?: string | undefined
  readonly market?: string | undefined
  readonly channel?: string | undefined
  readonly days?: number | undefined
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

export interface StrategiesSearch {
  readonly strategy?: string | undefined
  readonly dialog?: 'new' | undefined
}

export interface CompareSearch {
  readonly strategy?: string | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
}

export interface OverlapsSearch {
  readonly audience?: string | undefined
  readonly brand?: string | undefined
  readonly market?: string | undefined
  readonly only?: 'conflict' | undefined
  /** Objective ids of the chosen pair, with a tilde between them. */
  readonly pair?: string | undefined
}

export interface NeedsSearch {
  readonly need?: string | undefined
  readonly market?: string | undefined
  readonly channel?: string | undefined
  readonly days?: number | undefined
}

export interface BriefsSearch {
  readonly view?: 'done' | 'cancelled' | 'all' | undefined
  readonly mine?: true | undefined
  readonly audience?: string | undefined
  readonly brand?: string | undefined
  readonly market?: string | undefined
  /** Id of the chosen brief. */
  readonly brief?: string | undefined
}

/** The cell that a new brief is for. */
export interface NewBriefSearch {
  readonly audience?: string | undefined
  readonly stage?: string | undefined
  readonly need?: string | undefined
  readonly brand?: string | undefined
  readonly market?: string | undefined
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
      channel: text(search['channel']),
      days: number(search['days']),
      fill: FILLS.find((it) => it.value === search['fill'])?.value,
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
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/strategy/strategies',
    validateSearch: (search: Record<string, unknown>): StrategiesSearch => ({ strategy: text(search['strategy']), dialog: search['dialog'] === 'new' ? 'new' : undefined }),
    component: lazyRouteComponent(() => import('./StrategiesScreen'), 'StrategiesScreen'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/strategy/compare',
    validateSearch: (search: Record<string, unknown>): CompareSearch => ({ strategy: text(search['strategy']), from: number(search['from']), to: number(search['to']) }),
    component: lazyRouteComponent(() => import('./CompareScreen'), 'CompareScreen'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/strategy/overlaps',
    validateSearch: (search: Record<string, unknown>): OverlapsSearch => ({
      audience: text(search['audience']),
      brand: text(search['brand']),
      market: text(search['market']),
      only: search['only'] === 'conflict' ? 'conflict' : undefined,
      pair: text(search['pair']),
    }),
    component: lazyRouteComponent(() => import('./OverlapsScreen'), 'OverlapsScreen'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/strategy/needs',
    validateSearch: (search: Record<string, unknown>): NeedsSearch => ({ need: text(search['need']), market: text(search['market']), channel: text(search['channel']), days: number(search['days']) }),
    component: lazyRouteComponent(() => import('./NeedsScreen'), 'NeedsScreen'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/strategy/briefs',
    validateSearch: (search: Record<string, unknown>): BriefsSearch => ({
      view: (['done', 'cancelled', 'all'] as const).find((it) => it === search['view']),
      mine: search['mine'] === true ? true : undefined,
      audience: text(search['audience']),
      brand: text(search['brand']),
      market: text(search['market']),
      brief: text(search['brief']),
    }),
    component: lazyRouteComponent(() => import('./briefs/BriefsScreen'), 'BriefsScreen'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/strategy/briefs/new',
    validateSearch: (search: Record<string, unknown>): NewBriefSearch => ({
      audience: text(search['audience']),
      stage: text(search['stage']),
      need: text(search['need']),
      brand: text(search['brand']),
      market: text(search['market']),
    }),
    component: lazyRouteComponent(() => import('./briefs/NewBriefScreen'), 'NewBriefScreen'),
  }),
  createRoute({
    getParentRoute: () => signedInRoute,
    path: '/strategy/briefs/$briefId',
    component: lazyRouteComponent(() => import('./briefs/BriefScreen'), 'BriefScreen'),
  }),
]
