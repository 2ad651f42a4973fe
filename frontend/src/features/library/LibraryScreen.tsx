import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { IconFileText, IconFilterOff, IconHistory, IconPlus, IconUpload } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'

import { hasRole, usePerson } from '@/app/session'
import { Button, EmptyState, ErrorState, IncompleteState, KeyBar, LoadingRows, RowList, Rows, SearchBox, Segments, SplitPage, Tabs, TopBar, useActions, useNow } from '@/ui'

import { itemsQuery } from './api'
import { Filters } from './Filters'
import { ImportDialog } from './ImportDialog'
import { ItemPanel } from './ItemPanel'
import { ItemRow } from './ItemRow'
import classes from './Library.module.css'
import { NewItemDialog } from './NewItemDialog'
import { OwnViews } from './OwnViews'
import { useOwnViews } from './ownViewsOnDevice'
import { FILTERS, isFiltered, VIEWS, viewOf, type LibrarySearch, type Sort } from './search'

const route = getRouteApi('/signed-in/content')

/** Everything there is: full text, facets, and the chosen item with its states beside it. */
export function LibraryScreen() {
  const search = route.useSearch()
  const navigate = useNavigate()
  const person = usePerson()
  const now = useNow()
  const items = useInfiniteQuery(itemsQuery(search))
  const [words, setWords] = useDebounced(search.q ?? '', (q) => change({ q: q.trim() === '' ? undefined : q }))

  const rows = items.data?.pages.flatMap((it) => it.items) ?? []
  const last = items.data?.pages.at(-1)
  const current = rows.find((it) => `${it.id}/${it.locale}` === search.chosen) ?? rows[0]
  const mayWrite = hasRole(person, 'writer')
  const [ownViews, keepOwnViews] = useOwnViews(person.id)
  const views = [...VIEWS, ...ownViews]
  const view = viewOf(search, views)

  function change(part: Partial<LibrarySearch>) {
    void navigate({ to: '/content', search: (previous) => ({ ...(previous as LibrarySearch), ...part }), replace: true })
  }
  const clear = () => {
    setWords('')
    void navigate({ to: '/content', search: {} })
  }
  const choose = (id: string) => change({ chosen: id })
  const open = () => current !== undefined && void navigate({ to: `/content/${current.key}`, search: { locale: current.locale } } as never)

  useActions('Content', [
    { label: 'New item', keys: 'c', icon: <IconPlus stroke={1.5} aria-hidden="true" />, disabled: !mayWrite, run: () => change({ dialog: 'new' }) },
    { label: 'Import files', keys: 'i', icon: <IconUpload stroke={1.5} aria-hidden="true" />, disabled: !mayWrite, run: () => change({ dialog: 'import' }) },
    { label: 'Clear all filters', keys: 'x', icon: <IconFilterOff stroke={1.5} aria-hidden="true" />, disabled: !isFiltered(search), run: clear },
    { label: 'Imports so far', icon: <IconHistory stroke={1.5} aria-hidden="true" />, run: () => void navigate({ to: '/content/imports', search: {} }) },
    { label: 'Open the chosen item', keys: 'mod+Enter', disabled: current === undefined || search.dialog !== undefined, run: open },
  ])

  return (
    <>
      <TopBar
        title="Content"
        tabs={
          <>
            <Tabs
              label="Views"
              current={view?.key ?? ''}
              tabs={views}
              onChange={(key) => change({ ...Object.fromEntries(FILTERS.map((it) => [it, undefined])), ...views.find((it) => it.key === key)?.filters, chosen: undefined })}
            />
            <OwnViews views={ownViews} current={view} search={search} onChange={keepOwnViews} />
          </>
        }
        actions={
          <>
            <Button variant="quiet" className="wide-only" icon={<IconHistory size={16} stroke={1.5} aria-hidden="true" />} onClick={() => void navigate({ to: '/content/imports', search: {} })}>
              Imports
            </Button>
            {mayWrite && (
              <>
                <Button icon={<IconUpload size={16} stroke={1.5} aria-hidden="true" />} keys="i" onClick={() => change({ dialog: 'import' })}>
                  Import
                </Button>
                <Button variant="primary" icon={<IconPlus size={16} stroke={1.75} aria-hidden="true" />} keys="c" onClick={() => change({ dialog: 'new' })}>
                  New
                </Button>
              </>
            )}
          </>
        }
      />
      <div
        className={classes.drop}
        onDragEnter={(event) => {
          if (mayWrite && event.dataTransfer.types.includes('Files')) change({ dialog: 'import' })
        }}
      >
        <SplitPage
          panelLabel="Chosen item"
          panelWidth="380px"
          {...(current === undefined ? {} : { panel: <ItemPanel key={`${current.id}/${current.locale}`} row={current} now={now} onOpen={open} /> })}
          head={
            <div className={classes.head}>
              <div className={classes.searchLine}>
                <SearchBox
                  label="Search all content"
                  placeholder="Search titles, text and keys"
                  value={words}
                  onChange={setWords}
                  onLeave={() => document.querySelector<HTMLElement>('[data-row][tabindex="0"]')?.focus()}
                />
                <Segments<Sort>
                  label="Order"
                  value={search.sort ?? 'relevance'}
                  options={[
                    { value: 'relevance', label: search.q === undefined ? 'Newest' : 'Best match' },
                    ...(search.q === undefined ? [] : [{ value: '-updated' as const, label: 'Newest' }]),
                    { value: 'title', label: 'Title' },
                  ]}
                  onChange={(sort) => change({ sort: sort === 'relevance' ? undefined : sort })}
                />
              </div>
              <Filters search={search} facets={items.data?.pages[0]?.facets} onChange={(filter, value) => change({ [filter]: value })} />
              <p className={classes.answer} role="status">
                {items.data === undefined ? ' ' : <Answer total={items.data.pages[0]?.total ?? 0} search={search} />}
                {isFiltered(search) && (
                  <button type="button" className="link" onClick={clear}>
                    Clear all
                  </button>
                )}
              </p>
            </div>
          }
          footer={
            <KeyBar
              hints={[
                { keys: ['/'], label: 'search' },
                { keys: ['j', 'k'], label: 'move' },
                { keys: ['Enter'], label: 'open' },
                { keys: ['x'], label: 'clear' },
                { keys: ['?'], label: 'all keys' },
              ]}
              {...(last === undefined ? {} : { note: `${rows.length} of ${items.data?.pages[0]?.total ?? 0} loaded` })}
            />
          }
        >
          {items.isPending && <LoadingRows label="Loading the content" rows={14} />}
          {items.isError && items.data === undefined && <ErrorState error={items.error} onRetry={() => void items.refetch()} />}
          {items.isError && items.data !== undefined && (
            <IncompleteState onRetry={() => void (items.isFetchNextPageError ? items.fetchNextPage() : items.refetch())}>{items.error.title}. What you see may not be all.</IncompleteState>
          )}
          {items.data !== undefined && rows.length === 0 && (
            <Nothing filtered={isFiltered(search)} mayWrite={mayWrite} onClear={clear} onImport={() => change({ dialog: 'import' })} />
          )}
          {rows.length > 0 && (
            <div data-stale={items.isPlaceholderData || undefined} className={classes.results}>
              <Rows label="Content" selected={current === undefined ? undefined : `${current.id}/${current.locale}`} onSelect={choose} onOpen={open}>
                <RowList label="Content">
                  {rows.map((row) => (
                    <ItemRow key={`${row.id}/${row.locale}`} row={row} now={now} />
                  ))}
                </RowList>
              </Rows>
              {items.hasNextPage && <More loading={items.isFetchingNextPage} onMore={() => void items.fetchNextPage()} />}
            </div>
          )}
        </SplitPage>
      </div>
      <NewItemDialog opened={search.dialog === 'new'} onClose={() => change({ dialog: undefined })} />
      <ImportDialog opened={search.dialog === 'import'} onClose={() => change({ dialog: undefined })} />
    </>
  )
}

function Answer({ total, search }: { readonly total: number; readonly search: LibrarySearch }) {
  const count = new Intl.NumberFormat('en-GB').format(total)
  return (
    <span>
      <b className="b">
        {count} {total === 1 ? 'item' : 'items'}
      </b>
      {search.q !== undefined && <span className="t2"> with “{search.q}”</span>}
    </span>
  )
}

function Nothing({ filtered, mayWrite, onClear, onImport }: { readonly filtered: boolean; readonly mayWrite: boolean; readonly onClear: () => void; readonly onImport: () => void }) {
  if (filtered) {
    return (
      <EmptyState icon={<IconFileText stroke={1.5} />} title="Nothing fits." action={<Button keys="x" onClick={onClear}>Clear all filters</Button>}>
        Fewer words or filters find more. A word must stand in the title, the text or the key.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={<IconFileText stroke={1.5} />} title="There is no content yet." action={mayWrite && <Button keys="i" onClick={onImport}>Import files</Button>}>
      Import what you have (JATS, DOCX, PDF, HTML), or write a new item.
    </EmptyState>
  )
}

/** Loads the next page when it comes into sight; a button for those who don't scroll. */
function More({ loading, onMore }: { readonly loading: boolean; readonly onMore: () => void }) {
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const target = end.current
    if (target === null || loading || typeof IntersectionObserver === 'undefined') return
    const observer = new IntersectionObserver((entries) => entries.some((it) => it.isIntersecting) && onMore(), { rootMargin: '400px' })
    observer.observe(target)
    return () => observer.disconnect()
  }, [loading, onMore])
  return (
    <div ref={end} className={classes.more}>
      <Button busy={loading && 'Loading…'} onClick={onMore}>
        Show more
      </Button>
    </div>
  )
}

/** Text that is told 90 ms after the last key press. Follows the outside value when that changes by itself (Back, Clear). */
function useDebounced(outside: string, tell: (value: string) => void) {
  const [value, setValue] = useState(outside)
  const told = useRef(outside)
  const latestTell = useRef(tell)
  useEffect(() => {
    latestTell.current = tell
  })
  useEffect(() => {
    if (outside !== told.current) {
      told.current = outside
      setValue(outside)
    }
  }, [outside])
  useEffect(() => {
    if (value === told.current) return
    const timer = window.setTimeout(() => {
      told.current = value.trim() === '' ? '' : value
      latestTell.current(value)
    }, 90)
    return () => window.clearTimeout(timer)
  }, [value])
  return [value, setValue] as const
}
