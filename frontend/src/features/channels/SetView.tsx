import { Link } from '@tanstack/react-router'
import { IconAlertTriangle, IconArrowRight, IconCheck, IconCircleOff, IconInfoCircle, IconShieldCheck, IconTargetArrow } from '@tabler/icons-react'
import { Fragment, useState, type ReactNode } from 'react'

import { useLabels, type Labels } from '@/api/framework'
import { Chip, ReasonChip } from '@/ui'

import type { ContentSet, DeliveredItem, Preview, Slot } from './api'
import classes from './channels.module.css'
import { objectiveOf, useObjectives } from './objectives'
import { sayEmpty, sayReason, SLOT_WORDS, type Tone } from './reasons'
import { Rendered } from './Rendered'
import { ScoreParts } from './ScoreParts'
import { SetFoot } from './SetFoot'

interface SetViewProps {
  readonly set: ContentSet
  /** Where it would be shown. */
  readonly where: string
  /** To whom. */
  readonly who: string
  readonly scoreParts: Preview['scoreParts']
  readonly seen: readonly string[]
  /** Undefined where a reader's history says what was seen. */
  readonly onSeen: ((id: string) => void) | undefined
}

/** A set as the channel would show it; beside each item why it is here. */
export function SetView({ set, scoreParts, where, who, seen, onSeen }: SetViewProps) {
  const labels = useLabels()
  const { strategy, names: objectives } = useObjectives(set)
  const filled = set.slots.filter((it) => it.items.length > 0).length
  return (
    <>
      <div className={classes.head}>
        <h2>
          {filled} of {set.slots.length} slots filled
        </h2>
        <span className="t3 f12 clip">{set.strategy === undefined ? 'no active strategy, ordered by fit alone' : `${strategy ?? 'strategy'} v${set.strategy.version}`}</span>
        <span className={classes.relaxed}>
          {set.relaxed.map((it) => (
            <Chip key={`${it.slot}/${it.dimension}/${it.to}`} tone="warn" icon={<IconAlertTriangle stroke={1.5} aria-hidden="true" />} title={`${it.slot ?? 'set'}, ${it.dimension}: from ${it.from} to ${it.to}`}>
              {sayRelaxed(it, labels)}
            </Chip>
          ))}
        </span>
      </div>
      <div className={classes.slots}>
        <span />
        <div className={classes.chrome}>
          <i aria-hidden="true" />
          <i aria-hidden="true" />
          <i aria-hidden="true" />
          <span className={classes.address}>{where}</span>
          <span className="clip">{who}</span>
        </div>
        <span className={classes.whyHead}>Why it is here</span>
        {set.slots.map((slot, index) => (
          <SlotRow key={slot.name} slot={slot} first={index === 0} set={set} labels={labels} objectives={objectives} scoreParts={scoreParts} seen={seen} onSeen={onSeen} />
        ))}
        <SetFoot items={Object.values(set.items)} />
      </div>
    </>
  )
}

function sayRelaxed(it: ContentSet['relaxed'][number], labels: Labels): string {
  const slot = it.slot === undefined ? '' : `${SLOT_WORDS[it.slot] ?? it.slot}: `
  const scheme = { need: 'needs', stage: 'stages', audience: 'audiences' } as const
  if (it.to === 'any') return `${slot}any ${it.dimension}`
  if (it.to === 'near') return `${slot}neighbouring ${it.dimension}`
  return `${slot}${it.dimension} widened to ${it.dimension === 'locale' ? it.to : labels.concept(scheme[it.dimension], it.to)}`
}

interface SlotRowProps {
  readonly slot: Slot
  readonly first: boolean
  readonly set: ContentSet
  readonly labels: Labels
  readonly objectives: ReadonlyMap<string, string>
  readonly scoreParts: Preview['scoreParts']
  readonly seen: readonly string[]
  readonly onSeen: ((id: string) => void) | undefined
}

function SlotRow({ slot, first, set, labels, objectives, scoreParts, seen, onSeen }: SlotRowProps) {
  const name = (
    <h3 className={classes.slot} data-first={first || undefined}>
      {SLOT_WORDS[slot.name] ?? slot.name}
      {slot.mandatory === true && <small>mandatory</small>}
    </h3>
  )
  if (slot.items.length === 0) {
    const empty = sayEmpty(slot.emptyReason)
    return (
      <>
        {name}
        <div className={classes.web} data-first={first || undefined}>
          <p className={classes.empty}>
            <IconInfoCircle size={16} stroke={1.5} aria-hidden="true" />
            <span className="grow">{empty.shown}</span>
            {slot.emptyReason === 'no-approved-content' && (
              <Link to={'/strategy' as string} search={{ audience: set.context.audience, market: set.context.market, stage: set.context.stage, need: set.context.need } as never} className="link nw">
                See the gap
              </Link>
            )}
          </p>
        </div>
        <div className={classes.why} data-first={first || undefined}>
          <ReasonChip code={slot.emptyReason ?? ''} tone="line" icon={<IconInfoCircle stroke={1.5} aria-hidden="true" />}>
            {empty.why}
          </ReasonChip>
        </div>
      </>
    )
  }
  return slot.items.map((chosen, index) => {
    const item = set.items[chosen.id]
    const top = first && index === 0
    return (
      <Fragment key={chosen.id}>
        {index === 0 ? name : <span className={classes.slot} data-more />}
        {item === undefined ? (
          <div className={classes.web} data-first={top || undefined}>
            <p className={classes.empty}>
              <IconCircleOff size={16} stroke={1.5} aria-hidden="true" />
              The answer names {chosen.id} but does not hold it.
            </p>
          </div>
        ) : (
          <Face item={item} slot={slot.name} top={top} />
        )}
        <div className={classes.why} data-first={top || undefined}>
          <span className={classes.id}>
            <Link to={`/content/${item?.key ?? chosen.id}` as string} className="link">
              {item?.key ?? chosen.id}
            </Link>{' '}
            v{chosen.version}
            {chosen.score === undefined ? ', never dropped' : `, score ${chosen.score.toFixed(2)}`}
          </span>
          <Reasons codes={chosen.reasons} labels={labels} objectives={objectives} />
          {chosen.score !== undefined && scoreParts[chosen.id] !== undefined && <ScoreParts parts={scoreParts[chosen.id] ?? {}} score={chosen.score} />}
          {slot.name !== 'safety' && onSeen !== undefined && (
            <button type="button" className={`link ${classes.seenButton}`} onClick={() => onSeen(chosen.id)}>
              {seen.includes(chosen.id) ? 'Treat as not seen' : 'Treat as seen'}
            </button>
          )}
        </div>
      </Fragment>
    )
  })
}

/** One chip a reason; objectives share one, which names them when it is opened. */
function Reasons({ codes, labels, objectives }: { readonly codes: readonly string[]; readonly labels: Labels; readonly objectives: ReadonlyMap<string, string> }) {
  const served = codes.flatMap(objectiveOf)
  const shown = served.length > 1 ? codes.filter((it) => objectiveOf(it).length === 0) : codes
  return (
    <>
      {shown.map((code) => {
        const reason = sayReason(code, labels, objectives)
        return (
          <ReasonChip key={code} code={code} tone={TONES[reason.tone]} icon={ICONS[reason.tone]}>
            <span className={classes.reason} title={`${reason.words} (${code})`}>
              {reason.words}
            </span>
          </ReasonChip>
        )
      })}
      {served.length > 1 && (
        <details className={classes.serves}>
          <summary>
            <Chip icon={ICONS.serves}>Serves {served.length} objectives</Chip>
          </summary>
          <ul>
            {served.map((it) => (
              <li key={it} title={it}>
                {objectives.get(it) ?? it}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

const TONES: Readonly<Record<Tone, 'accent' | 'warn' | 'ok' | 'plain'>> = { fits: 'accent', serves: 'plain', stretched: 'warn', paired: 'ok', leads: 'plain', fact: 'plain' }

const icon = { stroke: 1.5, 'aria-hidden': true } as const
const ICONS: Readonly<Record<Tone, ReactNode>> = {
  fits: <IconCheck {...icon} />,
  serves: <IconTargetArrow {...icon} />,
  stretched: <IconAlertTriangle {...icon} />,
  paired: <IconShieldCheck {...icon} />,
  leads: <IconArrowRight {...icon} />,
  fact: undefined,
}

// What is longer than this folds away: the picture of the whole set matters more than the end of one article.
const LONG_TEXT = 900

/** One item as a reader would see it. */
function Face({ item, slot, top }: { readonly item: DeliveredItem; readonly slot: string; readonly top: boolean }) {
  const isLong = item.plainText.length > LONG_TEXT || item.html.length > 3 * LONG_TEXT
  const [open, setOpen] = useState(false)
  const references = Object.keys(item.references).length
  return (
    <div className={classes.web} data-slot={slot} data-first={top || undefined} lang={item.locale}>
      <div className={classes.face}>
        <h4>{item.title}</h4>
        {item.summary !== undefined && item.summary !== '' && <p className="t2">{item.summary}</p>}
        <div className={classes.body} data-folded={(isLong && !open) || undefined}>
          <Rendered html={item.html} />
        </div>
        {isLong && (
          <button type="button" className={`link ${classes.fold}`} aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Fold' : 'Show all of it'}
          </button>
        )}
        {references > 0 && (
          <p className="f11 t3">
            {references} {references === 1 ? 'reference' : 'references'} delivered with it
          </p>
        )}
      </div>
    </div>
  )
}
