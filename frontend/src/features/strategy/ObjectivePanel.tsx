import { Link } from '@tanstack/react-router'
import { IconAlertTriangle, IconArrowRight } from '@tabler/icons-react'

import { useLabels } from '@/api/framework'
import { Chip, Facts, PanelHead, PanelSection } from '@/ui'

import type { Objective } from './api'
import { ChannelMix } from './ChannelMix'
import classes from './objectives.module.css'
import { sayContacts, sayPlanDay } from './words'

/** One objective in full. */
export function ObjectivePanel({ objective }: { readonly objective: Objective }) {
  const labels = useLabels()
  const items = objective.plan.reduce((sum, it) => sum + it.items, 0)
  return (
    <>
      <PanelHead
        title={objective.name}
        eyebrow={
          <>
            <span className="mono">{objective.id}</span>
            <span>weight {objective.weight.toFixed(2)}</span>
          </>
        }
      >
        <p className={classes.journey}>
          {labels.concept('audiences', objective.audience)}: <b>{labels.concept('stages', objective.fromStage)}</b>
          <IconArrowRight size={14} stroke={1.75} role="img" aria-label="to" />
          <b>{labels.concept('stages', objective.toStage)}</b>
        </p>
      </PanelHead>
      <PanelSection title="How it is measured">
        <Measurement objective={objective} />
      </PanelSection>
      <PanelSection title="Channel mix">
        <ChannelMix mix={objective.channelMix} full />
        {objective.contactPolicy !== undefined && <p className="f12 t2">One person: {sayContacts(objective.contactPolicy)} days.</p>}
      </PanelSection>
      <PanelSection title="What it covers">
        <Facts
          facts={[
            ['Needs', objective.needs.map((it) => <Chip key={it}>{labels.concept('needs', it)}</Chip>)],
            ['Brands', objective.brands.length === 0 ? 'All brands' : objective.brands.map(labels.brand).join(', ')],
            ['Markets', objective.markets.map(labels.market).join(', ')],
            ...(objective.kind === undefined ? [] : [['Kind', labels.kind(objective.kind)] as const]),
            ['Engagement', labels.concept('engagement-models', objective.engagementModel)],
            ['Value exchange', objective.valueExchange.map((it) => labels.concept('value-exchange', it)).join(', ')],
            ...(objective.segments === undefined || objective.segments.length === 0 ? [] : [['Segments', objective.segments.map((it) => labels.concept('segments', it)).join(', ')] as const]),
            ...(objective.lifeCycleStage === undefined ? [] : [['Life cycle', labels.concept('life-cycle-stages', objective.lifeCycleStage)] as const]),
            ['Window', objective.until === undefined ? `From ${sayPlanDay(objective.from)}, open` : `${sayPlanDay(objective.from)} to ${sayPlanDay(objective.until)}`],
          ]}
        />
      </PanelSection>
      <PanelSection title="Planned content" aside={`${items} ${items === 1 ? 'item' : 'items'}`} grow>
        {objective.plan.length === 0 && <p className="t2">It plans no content; the matrix does not count it.</p>}
        {objective.plan.map((it) => (
          <Link
            key={`${it.stage}/${it.need}`}
            to="/strategy"
            search={{ audience: objective.audience, stage: it.stage, need: it.need }}
            className={classes.planned}
          >
            <span className="grow clip">
              {labels.concept('stages', it.stage)}, {labels.concept('needs', it.need)}
            </span>
            <span className="num t2">{it.items}</span>
          </Link>
        ))}
      </PanelSection>
    </>
  )
}

function Measurement({ objective }: { readonly objective: Objective }) {
  const plan = objective.measurementPlan
  if (plan === undefined) {
    return (
      <p className={classes.unmeasured}>
        <IconAlertTriangle size={16} stroke={1.5} aria-hidden="true" />
        <span>
          <b>No measurement plan.</b> This version can&apos;t be activated: later nobody could tell a poor strategy from poor execution. Add a KPI, its baseline and target, and the smallest sample in a new version.
        </span>
      </p>
    )
  }
  return (
    <>
      <p className="m">{plan.kpi}</p>
      <p className={classes.target}>
        <b>{plan.baseline}</b>
        <IconArrowRight size={16} stroke={1.75} role="img" aria-label="to" />
        <b>{plan.target}</b> {plan.unit}
      </p>
      <p className="f12 t2">
        Read from {plan.smallestSample} observations on, {sayPlanDay(plan.from)} to {sayPlanDay(plan.until)}.
      </p>
    </>
  )
}
