import { useQueries, useQuery } from '@tanstack/react-query'

import { strategiesQuery, strategyVersionQuery, type ContentSet } from './api'

/** A set is ordered by one strategy, and its items may serve brand strategies too; so many of those are asked for their names. */
const MOST_OTHERS = 8

/** Names of the objectives that a set serves, by id, and the name of the strategy that ordered it; ids stand for themselves until they are known. */
export function useObjectives(set: ContentSet): { readonly strategy: string | undefined; readonly names: ReadonlyMap<string, string> } {
  const version = useQuery(strategyVersionQuery(set.strategy?.id ?? '', set.strategy?.version ?? 0))
  const own = new Map(version.data?.document.objectives.map((it) => [it.id, it.name]))
  const served = new Set(set.slots.flatMap((slot) => slot.items.flatMap((it) => it.reasons.flatMap(objectiveOf))))
  const isComplete = [...served].every((it) => own.has(it))
  const strategies = useQuery({ ...strategiesQuery, enabled: !isComplete && !version.isLoading })
  const others = isComplete ? [] : (strategies.data?.strategies.filter((it) => it.active !== undefined && it.id !== set.strategy?.id).slice(0, MOST_OTHERS) ?? [])
  const versions = useQueries({ queries: others.map((it) => strategyVersionQuery(it.id, it.active?.number ?? 0)) })
  const names = new Map([...versions.flatMap((it) => it.data?.document.objectives.map((one) => [one.id, one.name] as const) ?? []), ...own])
  return { strategy: version.data?.name, names }
}

/** The objective in a reason code, or nothing. */
export function objectiveOf(code: string): readonly string[] {
  return code.startsWith('objective:') ? [code.slice('objective:'.length)] : []
}
