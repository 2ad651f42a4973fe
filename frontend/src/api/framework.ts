import { queryOptions, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import { call } from './client'
import type { Schema } from './types'

// What changes with a new version of the product or of a vocabulary, not while someone works.
const SELDOM = 10 * 60_000

export const vocabulariesQuery = queryOptions({
  queryKey: ['vocabularies'],
  queryFn: ({ signal }) => call<Schema<'Vocabularies'>>('/manage/v1/vocabularies', { signal }),
  staleTime: SELDOM,
})

export const brandsQuery = queryOptions({
  queryKey: ['brands'],
  queryFn: ({ signal }) => call<Schema<'Brands'>>('/manage/v1/brands', { signal }),
  staleTime: SELDOM,
})

export const marketsQuery = queryOptions({
  queryKey: ['markets'],
  queryFn: ({ signal }) => call<Schema<'Markets'>>('/manage/v1/markets', { signal }),
  staleTime: SELDOM,
})

export const contentTypesQuery = queryOptions({
  queryKey: ['content-types'],
  queryFn: ({ signal }) => call<Schema<'ContentTypes'>>('/manage/v1/content-types', { signal }),
  staleTime: SELDOM,
})

export type SchemeName = 'audiences' | 'stages' | 'needs' | 'channels' | 'topics' | 'indications' | 'engagement-models' | 'value-exchange' | 'life-cycle-stages' | 'segments'

/** Words for codes. A code without a word (not loaded yet, or new) stands for itself, so nothing is ever blank. */
export interface Labels {
  readonly concept: (scheme: SchemeName, notation: string) => string
  readonly brand: (key: string | undefined) => string
  readonly type: (type: string) => string
  readonly kind: (kind: string) => string
  readonly market: (market: string) => string
  /** A locale with its language, for example `en-GB, English`. */
  readonly locale: (locale: string) => string
}

const KINDS: Readonly<Record<string, string>> = {
  promotional: 'Promotional',
  'non-promotional': 'Non-promotional',
  'scientific-exchange': 'Scientific exchange',
}

const LANGUAGES = new Intl.DisplayNames('en-GB', { type: 'language', languageDisplay: 'standard' })

export function useLabels(): Labels {
  const vocabularies = useQuery(vocabulariesQuery).data
  const brands = useQuery(brandsQuery).data
  const markets = useQuery(marketsQuery).data
  const types = useQuery(contentTypesQuery).data
  return useMemo(() => {
    const concepts = new Map(vocabularies?.schemes.flatMap((it) => it.concepts.map((concept) => [`${it.scheme}/${concept.notation}`, concept.label])))
    return {
      concept: (scheme, notation) => concepts.get(`${scheme}/${notation}`) ?? notation,
      brand: (key) => (key === undefined ? 'No brand' : (brands?.brands.find((it) => it.key === key)?.name ?? key)),
      type: (type) => types?.types.find((it) => it.type === type)?.title ?? type,
      kind: (kind) => KINDS[kind] ?? kind,
      market: (market) => markets?.markets.find((it) => it.market === market)?.name ?? market,
      locale: (locale) => `${locale}, ${LANGUAGES.of(locale.split('-')[0] ?? locale) ?? locale}`,
    }
  }, [vocabularies, brands, markets, types])
}
