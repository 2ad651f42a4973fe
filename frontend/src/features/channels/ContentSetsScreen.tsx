import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { IconColumns2, IconLink, IconX } from '@tabler/icons-react'
import { useState } from 'react'

import { brandsQuery, marketsQuery, useLabels, vocabulariesQuery } from '@/api/framework'
import { Button, EmptyState, ErrorState, IncompleteState, LoadingRows, SplitPage, TopBar, useActions, useToast } from '@/ui'

import answerClasses from './answer.module.css'
import { channelsQuery, contentSetQuery, publishedQuery, type Channel, type Context } from './api'
import { ChangesStrip } from './ChangesStrip'
import { ChannelTabs } from './ChannelTabs'
import classes from './channels.module.css'
import { CompareSets } from './CompareSets'
import { contextOf, usualOf } from './context'
import { ContextBar } from './ContextBar'
import { LeftOut } from './LeftOut'
import { ProblemView } from './ProblemView'
import type { ContextSearch, SetSearch } from './routes'
import { SetView } from './SetView'
import { WhenPicker, WhoPicker } from './WhenAndWho'
import { Wire } from './Wire'

const route = getRouteApi('/signed-in/channels')

/** What a channel gets for a context, as it would show it, with the reasons and what was left out; or two contexts beside each other. */
export function ContentSetsScreen() {
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/channels' })
  const toast = useToast()
  const channels = useQuery(channelsQuery)
  const vocabularies = useQuery(vocabulariesQuery)
  const markets = useQuery(marketsQuery)
  const brands = useQuery(brandsQuery)
  const [seenBy, setSeenBy] = useState<string>()
  // Without a context in the address the screen opens on one that has a set: of the audience that most is published for.
  const asks = search.audience === undefined && search.market === undefined
  const published = useQuery({ ...publishedQuery(undefined), enabled: asks })
  const audience = published.data?.facets.audience[0]?.value
  const ofAudience = useQuery({ ...publishedQuery(audience), enabled: asks && audience !== undefined })
  const where = usualOf(ofAudience.data)
  const usual = asks && audience !== undefined && where !== undefined ? { audience, ...where } : undefined
  const lookingUp = asks && (published.isLoading || ofAudience.isLoading)
  const sideOf = (one: ContextSearch) => contextOf(one, channels.data?.channels ?? [], vocabularies.data, markets.data?.markets ?? [], usual)
  const { channel, context } = sideOf(search)
  const other = search.with === undefined ? undefined : sideOf(search.with)
  const failed = [channels, vocabularies, markets].find((it) => it.isError)
  const isReady = !lookingUp && channel !== undefined && context.audience !== '' && context.locale !== ''

  function show(change: SetSearch) {
    void navigate({ search: (old: SetSearch) => ({ ...old, ...change }), replace: true })
  }
  // Whoever compares changes one thing at a time, so the second context begins as the first.
  const toggleComparing = () => show({ with: other === undefined ? { ...context, seen: undefined, channel: channel?.key } : undefined })
  const showOther = (change: ContextSearch) => show({ with: { ...search.with, ...change } })
  async function copyLink() {
    // Named in full, so that the address means the same for someone whose first channel or market is another.
    const full = { ...search, ...context, channel: channel?.key }
    const params = new URLSearchParams(Object.entries(full).filter((it): it is [string, string] => typeof it[1] === 'string'))
    if (search.with !== undefined) params.set('with', JSON.stringify(search.with))
    try {
      await navigator.clipboard.writeText(`${window.location.origin}/channels?${params.toString()}`)
      toast({ message: 'Link copied' })
    } catch {
      toast({ message: 'The browser did not allow copying. Copy the address from its bar.' })
    }
  }
  useActions('Content sets', [
    { label: other === undefined ? 'Compare two contexts' : 'End the comparison', keys: 'c', disabled: !isReady, run: toggleComparing },
    { label: 'Copy a link to this context', disabled: channel === undefined, run: () => void copyLink() },
  ])

  return (
    <>
      <TopBar
        title="Channels"
        tabs={<ChannelTabs current="/channels" />}
        actions={
          <>
            <Button keys="c" icon={other === undefined ? <IconColumns2 size={16} stroke={1.5} aria-hidden="true" /> : <IconX size={16} stroke={1.5} aria-hidden="true" />} disabledReason={isReady ? undefined : 'There is no context to compare yet.'} onClick={toggleComparing}>
              {other === undefined ? 'Compare two contexts' : 'End the comparison'}
            </Button>
            <Button icon={<IconLink size={16} stroke={1.5} aria-hidden="true" />} onClick={() => void copyLink()}>
              Copy link
            </Button>
          </>
        }
      />
      <ContextBar label={other === undefined ? 'Context' : 'Context A'} channel={channel} context={context} onChange={show} {...(other === undefined ? {} : { mark: 'A' })}>
        {other === undefined && <WhoPicker seen={seenIn(context)} onForgetSeen={() => show({ seen: undefined })} seenBy={seenBy} onSeenBy={setSeenBy} />}
        <span className="end">
          <WhenPicker at={context.at} onAt={(at) => show({ at })} />
        </span>
      </ContextBar>
      {other !== undefined && (
        <ContextBar label="Context B" mark="B" channel={other.channel} context={other.context} onChange={showOther}>
          <span className="end">
            <WhenPicker at={other.context.at} onAt={(at) => showOther({ at })} />
          </span>
        </ContextBar>
      )}
      {failed?.error && <ErrorState error={failed.error} onRetry={() => void Promise.all([channels.refetch(), vocabularies.refetch(), markets.refetch()])} />}
      {brands.isError && <IncompleteState onRetry={() => void brands.refetch()}>Brands could not be loaded, so a set can&apos;t be narrowed to one.</IncompleteState>}
      {channels.data?.channels.length === 0 && <EmptyState title="There are no channels yet.">An administrator sets up channels; then each shows here what it gets.</EmptyState>}
      {!isReady && failed === undefined && channels.data?.channels.length !== 0 && <LoadingRows label="Loading the contexts" rows={9} />}
      {isReady && other === undefined && <OneSet channel={channel} context={context} search={search} seenBy={seenBy} onShow={show} />}
      {isReady && other?.channel !== undefined && (
        <SplitPage>
          <CompareSets left={{ channelId: channel.id, where: channel.name, context: { ...context, seen: undefined } }} right={{ channelId: other.channel.id, where: other.channel.name, context: other.context }} />
        </SplitPage>
      )}
    </>
  )
}

interface OneSetProps {
  readonly channel: Channel
  readonly context: Context
  readonly search: SetSearch
  readonly seenBy: string | undefined
  readonly onShow: (change: SetSearch) => void
}

function OneSet({ channel, context, search, seenBy, onShow }: OneSetProps) {
  const labels = useLabels()
  // A reader's history replaces the list of what was seen.
  const preview = useQuery(contentSetQuery(channel.id, seenBy === undefined ? context : { ...context, seen: undefined, seenBy }))
  const seen = seenIn(context)
  function toggleSeen(id: string) {
    const next = seen.includes(id) ? seen.filter((it) => it !== id) : [...seen, id]
    onShow({ seen: next.length === 0 ? undefined : next.join(',') })
  }
  return (
    <>
      <ChangesStrip context={context} sequence={preview.data?.headers.contentSequence} onAt={(at) => onShow({ at })} />
      <SplitPage
        panelLabel="What was left out, and the answer"
        panelWidth="436px"
        panel={
          preview.data === undefined ? (
            <p className={`t3 ${answerClasses.hint ?? ''}`}>What was left out, and the answer as the channel gets it, will stand here.</p>
          ) : (
            <>
              <LeftOut excluded={preview.data.excluded} omitted={preview.data.excludedOmitted} inSet={preview.data.set !== undefined} />
              <Wire preview={preview.data} tab={search.wire ?? 'json'} onTab={(wire) => onShow({ wire: wire === 'json' ? undefined : wire })} />
            </>
          )
        }
      >
        <section className={classes.set} aria-label="Content set" aria-busy={preview.isPlaceholderData || undefined} data-stale={preview.isPlaceholderData || undefined}>
          {preview.isError && <ErrorState error={preview.error} kept="The context above is kept." onRetry={() => void preview.refetch()} />}
          {preview.isPending && <LoadingRows label="Composing the set" rows={9} />}
          {preview.data !== undefined &&
            !preview.isError &&
            (preview.data.set === undefined ? (
              <ProblemView status={preview.data.status} problem={preview.data.problem} />
            ) : (
              <SetView
                set={preview.data.set}
                scoreParts={preview.data.scoreParts}
                where={channel.name}
                who={labels.concept('audiences', context.audience)}
                seen={seen}
                onSeen={seenBy === undefined ? toggleSeen : undefined}
              />
            ))}
        </section>
      </SplitPage>
    </>
  )
}

function seenIn(context: Context): readonly string[] {
  return context.seen?.split(',') ?? []
}
