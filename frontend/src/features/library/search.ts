/** What the library's address holds: words, filters, order, choice and an open dialog. Lists are comma-separated, as in the API. */
export interface LibrarySearch {
  readonly q?: string | undefined
  readonly type?: string | undefined
  readonly state?: string | undefined
  readonly kind?: string | undefined
  readonly brand?: string | undefined
  readonly market?: string | undefined
  readonly audience?: string | undefined
  readonly stage?: string | undefined
  readonly need?: string | undefined
  readonly locale?: string | undefined
  readonly sort?: Sort | undefined
  /** `<item id>/<locale>` of the chosen row. */
  readonly chosen?: string | undefined
  readonly dialog?: 'new' | 'import' | undefined
}

export type Sort = 'relevance' | '-updated' | 'title'

export const FILTERS = ['type', 'state', 'kind', 'brand', 'market', 'locale', 'audience', 'stage', 'need'] as const
export type Filter = (typeof FILTERS)[number]

/** Refused values become undefined, because the router keeps raw ones that are left out. */
export function readLibrarySearch(raw: Record<string, unknown>): LibrarySearch {
  const text = (name: string) => (typeof raw[name] === 'string' && raw[name] !== '' ? raw[name] : typeof raw[name] === 'number' ? String(raw[name]) : undefined)
  return {
    q: text('q'),
    type: text('type'),
    state: text('state'),
    kind: text('kind'),
    brand: text('brand'),
    market: text('market'),
    audience: text('audience'),
    stage: text('stage'),
    need: text('need'),
    locale: text('locale'),
    sort: (['relevance', '-updated', 'title'] as const).find((it) => it === raw['sort']),
    chosen: text('chosen'),
    dialog: (['new', 'import'] as const).find((it) => it === raw['dialog']),
  }
}

/** The part of the address that is asked from the server. */
export function queryOf(search: LibrarySearch): Readonly<Record<string, string | undefined>> {
  const { q, sort } = search
  return { q, sort, ...Object.fromEntries(FILTERS.map((it) => [it, search[it]])) }
}

export function valuesOf(list: string | undefined): readonly string[] {
  return list === undefined ? [] : list.split(',')
}

/** The list with one value put in or taken out; undefined when nothing is left. */
export function toggled(list: string | undefined, value: string): string | undefined {
  const values = valuesOf(list)
  const next = values.includes(value) ? values.filter((it) => it !== value) : [...values, value]
  return next.length === 0 ? undefined : next.join(',')
}

export function isFiltered(search: LibrarySearch): boolean {
  return search.q !== undefined || FILTERS.some((it) => search[it] !== undefined)
}

export interface LibraryView {
  readonly key: string
  readonly label: string
  readonly filters: Readonly<Partial<Record<Filter, string>>>
}

export const VIEWS: readonly LibraryView[] = [
  { key: 'all', label: 'Everything', filters: {} },
  { key: 'drafts', label: 'Drafts', filters: { state: 'draft,revise-and-resubmit' } },
  { key: 'review', label: 'In review', filters: { state: 'in-review' } },
  { key: 'effective', label: 'Effective', filters: { state: 'effective' } },
  { key: 'ended', label: 'Ended', filters: { state: 'superseded,expired,withdrawn' } },
]

/** The view whose filters are exactly those of the address, or none. */
export function viewOf(search: LibrarySearch, views: readonly LibraryView[] = VIEWS): LibraryView | undefined {
  return views.find((view) => FILTERS.every((it) => (view.filters[it] ?? undefined) === search[it]))
}
