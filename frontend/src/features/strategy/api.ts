import { keepPreviousData, queryOptions } from '@tanstack/react-query'

import { call } from '@/api/client'
import type { Schema } from '@/api/types'

export type Matrix = Schema<'FrameworkMatrix'>
export type Cell = Schema<'MatrixCell'>
export type CellDetail = Schema<'MatrixCellDetail'>
export type Strategy = Schema<'Strategy'>
export type StrategyVersion = Schema<'StrategyVersion'>
export type Objective = Schema<'Objective'>

/** What a matrix is about. */
export interface Scope {
  readonly audience: string
  readonly brand?: string | undefined
  readonly market?: string | undefined
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

export function storeVersion(strategyId: string, document: Schema<'StrategyDocument'>): Promise<StrategyVersion> {
  return call<StrategyVersion>(strategyPath(strategyId), { method: 'POST', body: { document } })
}

export function activateVersion(strategyId: string, number: number, activation: Schema<'NewActivation'>): Promise<StrategyVersion> {
  return call<StrategyVersion>(`${strategyPath(strategyId)}/${number}/activation`, { method: 'POST', body: activation })
}
