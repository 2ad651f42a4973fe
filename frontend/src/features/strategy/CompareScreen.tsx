import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { IconArrowsLeftRight, IconMinus, IconPencil, IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'

import type { Schema } from '@/api/types'
import { plural } from '@/content/words'
import { Button, EmptyState, ErrorState, FilterBar, LoadingRows, Picker, sayDate, SplitPage, TopBar, useActions } from '@/ui'

import { comparisonQuery, strategiesQuery, strategyQuery, type Comparison } from './api'
import classes from './compare.module.css'
import type { CompareSearch } from './routes'
import { StrategyStateChip } from './StrategyStateChip'
import { StrategyTabs } from './StrategyTabs'
import { STATE_WORDS } from './words'

const route = getRouteApi('/signed-in/strategy/compare')

/** Two versions of a strategy: what changed, in plain words, with the old and the new value side by side. */
export function CompareScreen() {
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/strategy/compare' })
  const strategies = useQuery(strategiesQuery)
  const all = strategies.data?.strategies ?? []
  // Without a choice the first one that has something to compare.
  const chosen = all.find((it) => it.id === search.strategy) ?? all.find((it) => it.latest > 1) ?? all[0]
  const detail = useQuery({ ...strategyQuery(chosen?.id ?? ''), enabled: chosen !== undefined })
  const versions = detail.data?.versions ?? []
  const to = search.to ?? versions[0]?.number
  const from = search.from ?? versions.find((it) => to !== undefined && it.number < to)?.number
  const comparison = useQuery({ ...comparisonQuery(chosen?.id ?? '', from ?? 0, to ?? 0), enabled: chosen !== undefined && from !== undefined && to !== undefined && from !== to })
  const show = (change: CompareSearch) => void navigate({ search: (old: CompareSearch) => ({ ...old, ...change }), replace: true })
  const swap = () => show({ from: to, to: from })
  const options = versions.map((it) => ({ value: String(it.number), label: `v${it.number}`, note: `${STATE_WORDS[it.state].toLowerCase()}, ${sayDate(new Date(it.createdAt))}` }))

  useActions('Compare', [{ label: 'Swap the versions', keys: 's', icon: <IconArrowsLeftRight stroke={1.5} aria-hidden="true" />, disabled: from === undefined || to === undefined, run: swap }])
  return (
    <>
      <TopBar title="Strategy" tabs={<StrategyTabs current="/strategy/compare" />} />
      {chosen !== undefined && (
        <FilterBar label="Versions to compare">
          <Picker label="Strategy" value={chosen.id} options={all.map((it) => ({ value: it.id, label: it.name, note: plural(it.latest, 'version') }))} onChange={(strategy) => show({ strategy, from: undefined, to: undefined })} />
          <Picker label="From" value={from === undefined ? undefined : String(from)} none={from === undefined ? 'None' : undefined} options={options} onChange={(value) => show({ from: value === undefined ? undefined : Number(value) })} />
          <Picker label="To" value={to === undefined ? undefined : String(to)} none={to === undefined ? 'None' : undefined} options={options} onChange={(value) => show({ to: value === undefined ? undefined : Number(value) })} />
          <Button variant="quiet" keys="s" icon={<IconArrowsLeftRight size={16} stroke={1.5} aria-hidden="true" />} onClick={swap}>
            Swap
          </Button>
        </FilterBar>
      )}
      <SplitPage>
        {(strategies.isPending || detail.isLoading || comparison.isLoading) && <LoadingRows label="Comparing the versions" rows={10} />}
        {strategies.isError && <ErrorState error={strategies.error} onRetry={() => void strategies.refetch()} />}
        {detail.isError && <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />}
        {comparison.isError && <ErrorState error={comparison.error} onRetry={() => void comparison.refetch()} />}
        {strategies.data !== undefined && all.length === 0 && <EmptyState title="There is no strategy yet.">Once one has two versions, what changed between them stands here.</EmptyState>}
        {detail.data !== undefined && versions.length < 2 && <EmptyState title={`${detail.data.name} has ${versions.length === 0 ? 'no version' : 'one version'} so far.`}>Once it has two, what changed between them stands here.</EmptyState>}
        {from !== undefined && from === to && <EmptyState title="Both are the same version.">Choose two different ones.</EmptyState>}
        {comparison.data !== undefined && detail.data !== undefined && <Differences comparison={comparison.data} versions={versions} />}
      </SplitPage>
    </>
  )
}

function Differences({ comparison, versions }: { readonly comparison: Comparison; readonly versions: readonly Schema<'StrategyVersionRow'>[] }) {
  const { from, to, strategyId } = comparison
  const state = (number: number) => versions.find((it) => it.number === number)?.state
  if (comparison.same) {
    return <EmptyState title={`v${from} and v${to} say the same.`}>Only their place in history differs.</EmptyState>
  }
  const head = (number: number) => {
    const its = state(number)
    return (
      <span className="row">
        <Link to="/strategy/objectives" search={{ strategy: strategyId, version: number }} className="link">
          v{number}
        </Link>
        {its !== undefined && <StrategyStateChip state={its} />}
      </span>
    )
  }
  return (
    <div className={classes.page}>
      <h2 className={`answer ${classes.answer ?? ''}`}>{sayDifference(comparison)}</h2>
      <div className={classes.heads}>
        <span />
        {head(from)}
        {head(to)}
      </div>
      {comparison.changes.length > 0 && (
        <Group icon={<IconPencil size={16} stroke={1.5} aria-hidden="true" />} title="The strategy itself" from={from} to={to}>
          {comparison.changes.map((it) => (
            <Change key={`${it.field}${it.text}`} change={it} />
          ))}
        </Group>
      )}
      {comparison.changed.map((objective) => (
        <Group key={objective.id} icon={<IconPencil size={16} stroke={1.5} aria-hidden="true" />} title={objective.name} note={objective.id} from={from} to={to}>
          {objective.changes.map((it) => (
            <Change key={`${it.field}${it.text}`} change={it} />
          ))}
        </Group>
      ))}
      {comparison.added.map((it) => (
        <OneSided key={it.id} icon={<IconPlus size={16} stroke={1.75} aria-hidden="true" />} tone="new" title={it.name} id={it.id} words={`New in v${to}.`} link={{ strategy: strategyId, version: to }} />
      ))}
      {comparison.removed.map((it) => (
        <OneSided key={it.id} icon={<IconMinus size={16} stroke={1.75} aria-hidden="true" />} tone="old" title={it.name} id={it.id} words={`In v${from}, no longer in v${to}.`} link={{ strategy: strategyId, version: from }} />
      ))}
    </div>
  )
}

function Group({ icon, title, note, from, to, children }: { readonly icon: ReactNode; readonly title: string; readonly note?: string; readonly from: number; readonly to: number; readonly children: ReactNode }) {
  return (
    <section className={classes.group} aria-label={title}>
      <h3>
        {icon}
        {title}
        {note !== undefined && <span className="mono f11 t3">{note}</span>}
      </h3>
      <table className={classes.changes}>
        <thead className="sr">
          <tr>
            <th scope="col">What changed</th>
            <th scope="col">v{from}</th>
            <th scope="col">v{to}</th>
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  )
}

function Change({ change }: { readonly change: Schema<'FieldChange'> }) {
  return (
    <tr>
      <th scope="row">{change.text}</th>
      <td>{change.old === undefined ? <span className="t3">–</span> : <span data-side="old">{change.old}</span>}</td>
      <td>{change.new === undefined ? <span className="t3">–</span> : <span data-side="new">{change.new}</span>}</td>
    </tr>
  )
}

function OneSided({ icon, tone, title, id, words, link }: { readonly icon: ReactNode; readonly tone: 'old' | 'new'; readonly title: string; readonly id: string; readonly words: string; readonly link: { readonly strategy: string; readonly version: number } }) {
  return (
    <section className={classes.group} aria-label={title}>
      <h3 data-tone={tone}>
        {icon}
        <Link to="/strategy/objectives" search={{ ...link, objective: id }} className="link">
          {title}
        </Link>
        <span className="mono f11 t3">{id}</span>
        <span className={classes.side}>{words}</span>
      </h3>
    </section>
  )
}

/** `From v1 to v2, 1 objective is new, 2 changed and 1 is gone.` */
function sayDifference({ from, to, added, removed, changed, changes }: Comparison): string {
  const parts = [
    changed.length > 0 && `${plural(changed.length, 'objective')} changed`,
    added.length > 0 && `${added.length} ${added.length === 1 ? 'is' : 'are'} new`,
    removed.length > 0 && `${removed.length} ${removed.length === 1 ? 'is' : 'are'} gone`,
  ].filter((it) => it !== false)
  if (parts.length === 0) return `From v${from} to v${to} only the summary changed`
  const words = parts.length === 1 ? parts[0] : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
  return `From v${from} to v${to}, ${words}${changes.length > 0 ? '; so did the summary' : ''}`
}
