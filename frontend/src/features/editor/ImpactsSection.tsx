import { Link } from '@tanstack/react-router'

import { causeOf, remedyOf } from '@/content/impact'
import { day } from '@/content/times'
import { PanelSection, StateBadge } from '@/ui'

import type { ItemDetail } from './api'
import classes from './editor.module.css'

/** What this language of the item holds that is not as it was certified with it, what became of the item, and what to do (RV-6). */
export function ImpactsSection({ item, locale }: { readonly item: ItemDetail; readonly locale: string }) {
  const impacts = (item.impacts ?? []).filter((it) => it.locale === locale)
  if (impacts.length === 0) return null
  return (
    <PanelSection title="Impacted">
      <ul className={classes.publications}>
        {impacts.map((it) => (
          <li key={`${it.market} ${it.partId} ${it.cause} ${it.impactedAt}`} className={classes.publication}>
            <StateBadge state="impacted">Impacted in {it.market}</StateBadge>
            <span className="f12 t2">
              {it.relation === 'reference' ? (
                causeOf(it)
              ) : (
                <>
                  <Link to="/content/$itemId" params={{ itemId: it.partKey }} search={{ locale }} className="link">
                    {it.partKey}
                  </Link>
                  {causeOf(it).slice(it.partKey.length)}
                </>
              )}{' '}
              on {day(it.impactedAt)}
              {it.reason !== undefined && `: ${it.reason}`}
            </span>
            <span className="f12">{remedyOf(it)}</span>
          </li>
        ))}
      </ul>
    </PanelSection>
  )
}
