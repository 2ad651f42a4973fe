import { IconAlertOctagon, IconArrowsHorizontal, IconBan, IconBellOff, IconClock, IconDevices, IconGlobe, IconLanguage, IconListNumbers, IconRepeatOff, IconShield, IconTag, IconUser } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { sayDate } from '@/ui'

import type { Excluded } from './api'
import classes from './answer.module.css'
import { sayRule } from './reasons'

const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const
const ICONS: Readonly<Record<string, ReactNode>> = {
  allowedAudience: <IconUser {...icon} />,
  allowedMarket: <IconGlobe {...icon} />,
  locale: <IconLanguage {...icon} />,
  kind: <IconAlertOctagon {...icon} />,
  pairing: <IconShield {...icon} />,
  allowedChannel: <IconDevices {...icon} />,
  brand: <IconTag {...icon} />,
  window: <IconClock {...icon} />,
  expired: <IconClock {...icon} />,
  rank: <IconListNumbers {...icon} />,
  relaxation: <IconArrowsHorizontal {...icon} />,
  'frequency-cap': <IconRepeatOff {...icon} />,
  'contact-budget': <IconBellOff {...icon} />,
}

/** Candidates that are not in the set, by the rule that left each out. */
export function LeftOut({ excluded, omitted, inSet }: { readonly excluded: readonly Excluded[]; readonly omitted: number; readonly inSet: boolean }) {
  const byRule = new Map<string, Excluded[]>()
  for (const it of excluded) byRule.set(it.rule, [...(byRule.get(it.rule) ?? []), it])
  return (
    <section className={classes.leftOut} aria-labelledby="left-out">
      <div className={classes.leftHead}>
        <h2 id="left-out">Left out</h2>
        <span className="t3">
          {excluded.length + omitted} {excluded.length + omitted === 1 ? 'candidate' : 'candidates'}
        </span>
        {excluded.length > 0 && <span className="t3 f12 end">by rule</span>}
      </div>
      {excluded.length === 0 && <p className={`t2 ${classes.hint}`}>{inSet ? 'Everything that was considered is in the set.' : 'Nothing was considered for this context.'}</p>}
      {[...byRule].map(([rule, candidates]) => (
        <ul key={rule} aria-label={sayRule(rule)}>
          {candidates.map((it) => (
            <li key={it.id}>
              <Link to={`/content/${it.key}` as string} className={classes.candidate}>
                {ICONS[rule] ?? <IconBan {...icon} />}
                <span className="clip">{it.title}</span>
                <span className={classes.rule} title={sayRule(rule)}>
                  {rule}
                </span>
                <span className={classes.detail}>
                  {withDays(it.detail)} <span className="t3">{it.key}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      ))}
      {omitted > 0 && <p className={`t2 ${classes.hint}`}>{omitted} more were left out and are not listed. Narrow the context to see them.</p>}
    </section>
  )
}

// The server writes moments exactly; in a sentence people read days.
function withDays(text: string): string {
  return text.replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, (moment) => sayDate(new Date(moment)))
}
