import { keepPreviousData, queryOptions } from '@tanstack/react-query'

import { call } from '@/api/client'
import type { Schema } from '@/api/types'

export type Matrix = Schema<'FrameworkMatrix'>
export type Cell = Schema<'MatrixCell'>
export type CellDetail = Schema<'MatrixCellDetail'>
export type Strategy = Schema<'Strategy'>
export type StrategyVersion = Schema<'StrategyVersion'>
export type Objective = Schema<'Objective'>

export type StrategyDetail = Schema<'StrategyDetail'>
export type StrategyState = Schema<'StrategyState'>
export type Comparison = Schema<'StrategyComparison'>
export type Overlap = Schema<'StrategyOverlap'>
export type NeedCoverage = Schema<'NeedCoverage'>

/** What a matrix is about. */
export interface Scope {
  readonly audience: string
  readonly brand?: string | undefined
  readonly market?: string | undefined
  readonly channel?: string | undefined
  /** Days that demand and use are counted over; 30 if absent. */
  readonly days?: number | undefined
}

const strategyKey = ['strategy'] as const

/** Everything that a new version or an activation may change. */
export const strategyKeys = strategyKey

// The old picture stays until the new one is there, so that a filter does not make the page jump.
export const matrixQuery = (scope: Scope) =>
  queryOptions({
    queryKey: [...strategyKey, 'matrix', scope],
    queryFn: ({ signal }) => call<Matrix>('/manage/v1/framework-matrix', { query: { ...scope }, signal }),
    enabled: scope.audience !== '',
    placeholderData: keepPreviousData,
  })

export const cellQuery = (scope: Scope, stage: string, need: string) =>
  queryOptions({
    queryKey: [...strategyKey, 'cell', scope, stage, need],
    queryFn: ({ signal }) => call<CellDetail>('/manage/v1/framework-matrix/cell', { query: { ...scope, stage, need }, signal }),
  })

export const strategiesQuery = queryOptions({
  queryKey: [...strategyKey, 'list'],
  queryFn: ({ signal }) => call<Schema<'Strategies'>>('/manage/v1/strategies', { signal }),
})

const strategyPath = (id: string) => `/manage/v1/strategies/${encodeURIComponent(id)}/versions`

export const versionQuery = (strategyId: string, number: number) =>
  queryOptions({
    queryKey: [...strategyKey, 'version', strategyId, number],
    queryFn: ({ signal }) => call<StrategyVersion>(`${strategyPath(strategyId)}/${number}`, { signal }),
  })

export const strategyQuery = (strategyId: string) =>
  queryOptions({
    queryKey: [...strategyKey, 'one', strategyId],
    queryFn: ({ signal }) => call<StrategyDetail>(`/manage/v1/strategies/${encodeURIComponent(strategyId)}`, { signal }),
  })

export const comparisonQuery = (strategyId: string, from: number, to: number) =>
  queryOptions({
    queryKey: [...strategyKey, 'comparison', strategyId, from, to],
    queryFn: ({ signal }) => call<Comparison>(`/manage/v1/strategies/${encodeURIComponent(strategyId)}/comparison`, { query: { from, to }, signal }),
    staleTime: Infinity,
  })

interface OverlapFilter {
  readonly market?: string | undefined
  readonly audience?: string | undefined
  readonly brand?: string | undefined
}

export const overlapsQuery = (filter: OverlapFilter) =>
  queryOptions({
    queryKey: [...strategyKey, 'overlaps', filter],
    queryFn: ({ signal }) => call<Schema<'StrategyOverlaps'>>('/manage/v1/strategy-overlaps', { query: { ...filter }, signal }),
    placeholderData: keepPreviousData,
  })

interface NeedScope {
  readonly need: string
  readonly market?: string | undefined
  readonly channel?: string | undefined
  readonly days?: number | undefined
}

export const needQuery = (scope: NeedScope) =>
  queryOptions({
    queryKey: [...strategyKey, 'need', scope],
    queryFn: ({ signal }) => call<NeedCoverage>('/manage/v1/need-coverage', { query: { ...scope }, signal }),
    enabled: scope.need !== '',
    placeholderData: keepPreviousData,
  })

export const engagementModelsQuery = queryOptions({
  queryKey: ['engagement-models'],
  queryFn: ({ signal }) => call<Schema<'EngagementModels'>>('/manage/v1/engagement-models', { signal }),
  staleTime: 10 * 60_000,
})

export function createStrategy(strategy: Schema<'NewStrategy'>): Promise<Strategy> {
  return call<Strategy>('/manage/v1/strategies', { method: 'POST', body: strategy })
}

export function approveVersion(strategyId: string, number: number, approval: Schema<'NewStrategyApproval'>): Promise<StrategyVersion> {
  return call<StrategyVersion>(`${strategyPath(strategyId)}/${number}/approval`, { method: 'POST', body: approval })
}

export function endVersion(strategyId: string, number: number, reason: Schema<'Reason'>): Promise<StrategyVersion> {
  return call<StrategyVersion>(`${strategyPath(strategyId)}/${number}/ending`, { method: 'POST', body: reason })
}

export function storeVersion(strategyId: string, document: Schema<'StrategyDocument'>): Promise<StrategyVersion> {
  return call<StrategyVersion>(strategyPath(strategyId), { method: 'POST', body: { document } })
}

export function activateVersion(strategyId: string, number: number, activation: Schema<'NewActivation'>): Promise<StrategyVersion> {
  return call<StrategyVersion>(`${strategyPath(strategyId)}/${number}/activation`, { method: 'POST', body: activation })
}
