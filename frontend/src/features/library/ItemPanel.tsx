import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import { useLabels } from '@/api/framework'
import { itemQuery } from '@/api/items'
import type { Schema } from '@/api/types'
import { copyWords, isOpen } from '@/content/copies'
import { Button, Chip, ErrorState, Facts, LoadingRows, PanelActions, PanelHead, PanelSection, sayDate, sayMoment, StateBadge, StateMark } from '@/ui'

import classes from './Library.module.css'

const RELATION: Readonly<Record<Schema<'Use'>['relation'], string>> = {
  claim: 'uses it as a claim',
  'safety-information': 'pairs with it as safety information',
  'prescribing-information': 'refers to it as prescribing information',
  counterpart: 'is its counterpart for another audience',
  step: 'has it as a step',
}

/** Status by locale and market, and where the item is used, without leaving the list. */
export function ItemPanel({ row, onOpen }: { readonly row: Schema<'ItemRow'>; readonly now: Date; readonly onOpen: () => void }) {
  const labels = useLabels()
  const item = useQuery(itemQuery(row.id))
  return (
    <>
      <PanelHead
        eyebrow={
          <>
            <span className="mono">{row.key}</span>
            <StateBadge state={row.state} />
            <span className="end">{row.locale}</span>
          </>
        }
        title={row.title}
      />
      <PanelSection>
        <Facts
          facts={[
            ['Type', labels.type(row.type)],
            ['Kind', <Chip key="kind" tone="line">{labels.kind(row.kind)}</Chip>],
            ['Brand', labels.brand(row.brand)],
            ['Edited', `${sayMoment(new Date(row.updatedAt))}, ${row.updatedBy.displayName}`],
          ]}
        />
      </PanelSection>
      {item.isPending && (
        <PanelSection title="Locales and markets" grow>
          <LoadingRows label="Loading the item" rows={4} />
        </PanelSection>
      )}
      {item.isError && <ErrorState error={item.error} onRetry={() => void item.refetch()} />}
      {item.data !== undefined && (
        <>
          <PanelSection title="Locales and markets" aside={count(item.data.locales.length, 'locale')}>
            <ul className={classes.locales}>
              {item.data.locales.map((it) => (
                <LocaleStatus key={it.locale} itemKey={row.key} locale={it} />
              ))}
            </ul>
          </PanelSection>
          <PanelSection title="Used in" aside={count(item.data.usedIn.length, 'item')} grow>
            {item.data.usedIn.length === 0 && <p className="t3">Nothing points to it yet.</p>}
            <ul className={classes.uses}>
              {item.data.usedIn.map((use) => (
                <li key={`${use.id}${use.relation}`}>
                  <Link to={`/content/${use.key}` as string} className="link">
                    {use.title}
                  </Link>
                  <span className="t3 f12">
                    <span className="mono">{use.key}</span> {RELATION[use.relation]}
                  </span>
                </li>
              ))}
            </ul>
          </PanelSection>
        </>
      )}
      <PanelActions>
        <Button variant="primary" size="lg" className={classes.primary} keys="mod+Enter" onClick={onOpen}>
          Open
        </Button>
      </PanelActions>
    </>
  )
}

function LocaleStatus({ itemKey, locale }: { readonly itemKey: string; readonly locale: Schema<'ItemLocale'> }) {
  const current = locale.publications.filter((it) => it.state === 'effective' || it.state === 'approved' || it.state === 'withdrawn')
  return (
    <li>
      <div className="row">
        <Link to={`/content/${itemKey}` as string} search={{ locale: locale.locale } as never} className="link">
          {locale.locale}
        </Link>
        <StateBadge state={locale.state} />
        <span className="end t3 f12">
          {locale.latestVersion === undefined ? `draft ${locale.draft?.revision ?? ''}` : `v${locale.latestVersion.number}`}
          {locale.latestVersion !== undefined && locale.draft !== undefined && ' and a draft'}
        </span>
      </div>
      {locale.copyOf !== undefined && <p className={isOpen(locale.copyOf) ? classes.copy : 't3 f12'}>{copyWords(locale.copyOf, locale.locale)}</p>}
      {current.length > 0 && (
        <ul className={classes.publications}>
          {current.map((it) => (
            <li key={it.id}>
              <StateMark state={it.state} />
              <span className="m">{it.market}</span>
              <span className="t3 f12">
                v{it.version}, {it.jobCode}
              </span>
              <span className="end t3 f12">{it.effectiveUntil === undefined ? '' : `until ${sayDate(new Date(it.effectiveUntil))}`}</span>
            </li>
          ))}
        </ul>
      )}
      {locale.jobs
        .filter((it) => it.state === 'in-review' || it.state === 'revise-and-resubmit')
        .map((job) => (
          <div key={job.code} className={classes.job}>
            <StateMark state={job.state === 'in-review' ? 'in-review' : 'revise-and-resubmit'} />
            <Link to={`/review/${job.code}` as string} className="link">
              {job.code}
            </Link>
            <span className="t3 f12">for {job.market}</span>
          </div>
        ))}
    </li>
  )
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
