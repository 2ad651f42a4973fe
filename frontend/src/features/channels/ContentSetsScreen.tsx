import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { IconLink, IconX } from '@tabler/icons-react'
import { useState } from 'react'

import { brandsQuery, marketsQuery, useLabels, vocabulariesQuery } from '@/api/framework'
import { Button, EmptyState, ErrorState, IncompleteState, LoadingRows, Picker, SplitPage, TopBar, useActions, useToast, type PickerOption } from '@/ui'

import { channelsQuery, contentSetQuery } from './api'
import { ChannelTabs } from './ChannelTabs'
import classes from './channels.module.css'
import { conceptsOf, contextOf, stagesFor } from './context'
import { LeftOut } from './LeftOut'
import type { SetSearch } from './routes'
import { ProblemView, SetView } from './SetView'
import { WhenAndWho } from './WhenAndWho'
import { Wire } from './Wire'

const route = getRouteApi('/signed-in/channels')

/** What a channel gets for a context, as it would show it, with the reasons and what was left out. */
export function ContentSetsScreen() {
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/channels' })
  const toast = useToast()
  const labels = useLabels()
  const channels = useQuery(channelsQuery)
  const vocabularies = useQuery(vocabulariesQuery)
  const markets = useQuery(marketsQuery)
  const brands = useQuery(brandsQuery)
  const { channel, context } = contextOf(search, channels.data?.channels ?? [], vocabularies.data, markets.data?.markets ?? [])
  const [seenBy, setSeenBy] = useState<string>()
  // A reader's history replaces the list of what was seen.
  const asked = seenBy === undefined ? context : { ...context, seen: undefined, seenBy }
  const preview = useQuery(contentSetQuery(channel?.id ?? '', asked))
  const failed = [channels, vocabularies, markets].find((it) => it.isError)
  const seen = context.seen?.split(',') ?? []

  function show(change: SetSearch) {
    void navigate({ search: (old: SetSearch) => ({ ...old, ...change }), replace: true })
  }
  function showAudience(audience: string | undefined) {
    const fits = audience !== undefined && stagesFor(vocabularies.data, audience).some((it) => it.value === context.stage)
    show({ audience, ...(fits ? {} : { stage: undefined }) })
  }
  function toggleSeen(id: string) {
    const next = seen.includes(id) ? seen.filter((it) => it !== id) : [...seen, id]
    show({ seen: next.length === 0 ? undefined : next.join(',') })
  }
  async function copyLink() {
    // Named in full, so that the address means the same for someone whose first channel or market is another.
    const full = { ...search, ...context, channel: channel?.key }
    const params = new URLSearchParams(Object.entries(full).filter((it): it is [string, string] => typeof it[1] === 'string'))
    try {
      await navigator.clipboard.writeText(`${window.location.origin}/channels?${params.toString()}`)
      toast({ message: 'Link copied' })
    } catch {
      toast({ message: 'The browser did not allow copying. Copy the address from its bar.' })
    }
  }
  useActions('Content sets', [{ label: 'Copy a link to this context', disabled: channel === undefined, run: () => void copyLink() }])

  const concept = (it: { notation: string; label: string; broader?: string[] }): PickerOption => ({ value: it.notation, label: it.label, depth: (it.broader?.length ?? 0) > 0 ? 1 : 0 })
  const market = markets.data?.markets.find((it) => it.market === context.market)
  return (
    <>
      <TopBar
        title="Channels"
        tabs={<ChannelTabs current="/channels" />}
        actions={
          <Button icon={<IconLink size={16} stroke={1.5} aria-hidden="true" />} onClick={() => void copyLink()}>
            Copy link
          </Button>
        }
      />
      <div className={classes.context} role="group" aria-label="Context">
        <Picker layout="above" label="Channel" value={channel?.key} options={channels.data?.channels.map((it) => ({ value: it.key, label: it.name })) ?? []} onChange={(key) => show({ channel: key })} />
        <Picker layout="above" label="Audience" value={context.audience} options={conceptsOf(vocabularies.data, 'audiences').map(concept)} onChange={showAudience} />
        <Picker layout="above" label="Stage" none="Any stage" value={context.stage} options={stagesFor(vocabularies.data, context.audience)} onChange={(stage) => show({ stage })} />
        <Picker layout="above" label="Need" none="Any need" value={context.need} options={conceptsOf(vocabularies.data, 'needs').map((it) => ({ value: it.notation, label: it.label }))} onChange={(need) => show({ need })} />
        <Picker layout="above" label="Market" value={context.market} options={markets.data?.markets.map((it) => ({ value: it.market, label: it.market, note: it.name })) ?? []} onChange={(next) => show({ market: next, locale: undefined })} />
        <Picker layout="above" label="Locale" value={context.locale} options={market?.locales.map((it) => ({ value: it, label: it })) ?? []} onChange={(locale) => show({ locale })} />
        <Picker layout="above" label="Brand" none="All brands" value={context.brand} options={brands.data?.brands.map((it) => ({ value: it.key, label: it.name })) ?? []} onChange={(brand) => show({ brand })} />
        <div className={classes.seen}>
          <span aria-hidden="true">Seen before</span>
          {seenBy !== undefined ? (
            <span className={classes.seenNothing}>By the reader&apos;s history</span>
          ) : seen.length === 0 ? (
            <span className={classes.seenNothing}>
              <span className="sr">Seen before: </span>Nothing
            </span>
          ) : (
            <Button icon={<IconX size={14} stroke={1.5} aria-hidden="true" />} aria-label={`Seen before: ${seen.length} ${seen.length === 1 ? 'item' : 'items'}. Forget`} onClick={() => show({ seen: undefined })}>
              {seen.length} {seen.length === 1 ? 'item' : 'items'}
            </Button>
          )}
        </div>
      </div>
      <WhenAndWho seenBy={seenBy} onSeenBy={setSeenBy} at={context.at} onAt={(at) => show({ at })} />
      <SplitPage
        panelLabel="What was left out, and the answer"
        panelWidth="436px"
        panel={
          preview.data === undefined ? (
            <p className={`t3 ${classes.hint}`}>What was left out, and the answer as the channel gets it, will stand here.</p>
          ) : (
            <>
              <LeftOut excluded={preview.data.excluded} omitted={preview.data.excludedOmitted} inSet={preview.data.set !== undefined} />
              <Wire preview={preview.data} tab={search.wire ?? 'json'} onTab={(wire) => show({ wire: wire === 'json' ? undefined : wire })} />
            </>
          )
        }
      >
        <section className={classes.set} aria-label="Content set" aria-busy={preview.isPlaceholderData || undefined} data-stale={preview.isPlaceholderData || undefined}>
          {brands.isError && <IncompleteState onRetry={() => void brands.refetch()}>Brands could not be loaded, so a set can&apos;t be narrowed to one.</IncompleteState>}
          {failed?.error && <ErrorState error={failed.error} onRetry={() => void Promise.all([channels.refetch(), vocabularies.refetch(), markets.refetch()])} />}
          {preview.isError && <ErrorState error={preview.error} kept="The context above is kept." onRetry={() => void preview.refetch()} />}
          {channels.data?.channels.length === 0 && <EmptyState title="There are no channels yet.">An administrator sets up channels; then each shows here what it gets.</EmptyState>}
          {preview.isPending && failed === undefined && channels.data?.channels.length !== 0 && <LoadingRows label="Composing the set" rows={9} />}
          {preview.data !== undefined && !preview.isError && channel !== undefined && (
            preview.data.set === undefined ? (
              <ProblemView status={preview.data.status} problem={preview.data.problem} />
            ) : (
              <SetView set={preview.data.set} scoreParts={preview.data.scoreParts} where={channel.name} who={labels.concept('audiences', context.audience)} seen={seen} onSeen={seenBy === undefined ? toggleSeen : undefined} />
            )
          )}
        </section>
      </SplitPage>
    </>
  )
}
