import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'

import { contentTypesQuery } from '@/api/framework'
import { hasRole, usePerson } from '@/app/session'
import { EmptyState, ErrorState, LoadingRows, TopBar } from '@/ui'

import { draftAnnotationsQuery, draftQuery, itemQuery, type ContentType, type ItemDetail } from './api'
import { DraftEditor, type Panel } from './DraftEditor'
import { VersionScreen } from './VersionScreen'

const route = getRouteApi('/signed-in/content/$itemId')

/** One item in one language: its draft to write, or else its newest version to read. */
export function ItemScreen() {
  const { itemId } = route.useParams()
  const search = route.useSearch()
  const item = useQuery(itemQuery(itemId))
  const types = useQuery(contentTypesQuery)

  if (item.isPending || types.isPending) return <Waiting label="Loading the item…" />
  if (item.isError) return <Failed error={item.error} onRetry={() => void item.refetch()} />
  if (types.isError) return <Failed error={types.error} onRetry={() => void types.refetch()} />
  const type = types.data.types.find((it) => it.type === item.data.type)
  const locale = item.data.locales.find((it) => it.locale === search.locale) ?? item.data.locales.find((it) => it.draft !== undefined) ?? item.data.locales[0]
  if (type === undefined || locale === undefined) {
    return (
      <>
        <TopBar title={item.data.key} crumbs={[{ label: 'Content', to: '/content' }]} />
        <EmptyState title="There is nothing to show">{type === undefined ? `This server does not know the type ${item.data.type}.` : 'The item has no text in any language yet.'}</EmptyState>
      </>
    )
  }
  return <OneLocale key={locale.locale} item={item.data} type={type} locale={locale} />
}

function OneLocale({ item, type, locale }: { readonly item: ItemDetail; readonly type: ContentType; readonly locale: ItemDetail['locales'][number] }) {
  const { panel } = route.useSearch()
  const navigate = route.useNavigate()
  const draft = useQuery({ ...draftQuery(item.id, locale.locale), enabled: locale.draft !== undefined })
  // Asked beside the draft, so that its comments are there with it and nothing jumps.
  const comments = useQuery({ ...draftAnnotationsQuery(item.id, locale.locale, locale.draft?.revision ?? 0), enabled: locale.draft !== undefined })
  const mayWrite = hasRole(usePerson(), 'writer')
  const onPanel = (next: Panel) => void navigate({ search: (now) => ({ ...now, panel: next }), replace: true })

  if (locale.draft !== undefined) {
    if (draft.isPending || comments.isPending) return <Waiting label="Loading the draft…" />
    if (draft.isError) return <Failed error={draft.error} onRetry={() => void draft.refetch()} />
    return <DraftEditor item={item} type={type} read={draft.data} readOnly={!mayWrite} panel={panel} onPanel={onPanel} />
  }
  if (locale.latestVersion !== undefined) {
    return <VersionScreen item={item} type={type} locale={locale} number={locale.latestVersion.number} mayWrite={mayWrite} panel={panel ?? 'fields'} onPanel={onPanel} />
  }
  return (
    <>
      <TopBar title={locale.title} crumbs={[{ label: 'Content', to: '/content' }]} />
      <EmptyState title="There is neither a draft nor a version in this language">Its draft was thrown away. Start one in the library.</EmptyState>
    </>
  )
}

function Waiting({ label }: { readonly label: string }) {
  return (
    <>
      <TopBar title="Content" crumbs={[]} />
      <LoadingRows label={label} rows={12} />
    </>
  )
}

function Failed({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  return (
    <>
      <TopBar title="Content" crumbs={[{ label: 'Content', to: '/content' }]} />
      <ErrorState error={error} onRetry={onRetry} />
    </>
  )
}
