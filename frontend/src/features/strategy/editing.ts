import type { FieldError } from '@/api/client'
import type { Schema } from '@/api/types'

import type { Objective } from './api'

type StrategyDocument = Schema<'StrategyDocument'>

/** A number field while someone types in it. */
export type Typed = number | ''

export interface MeasurementForm {
  readonly kpi: string
  readonly unit: string
  readonly baseline: Typed
  readonly target: Typed
  readonly smallestSample: Typed
  readonly from: string
  readonly until: string
}

/** How often a person may be contacted. All empty takes what the engagement model says. */
export interface ContactForm {
  readonly contacts: Typed
  readonly perDays: Typed
  readonly itemRepeats: Typed
  readonly itemPerDays: Typed
}

const NO_CONTACTS: ContactForm = { contacts: '', perDays: '', itemRepeats: '', itemPerDays: '' }

/** An objective while it is being written: everything may still be empty. */
export interface ObjectiveForm extends Pick<Objective, 'id' | 'name' | 'audience' | 'fromStage' | 'toStage' | 'needs' | 'brands' | 'markets' | 'engagementModel' | 'valueExchange' | 'kind'> {
  /** In percent, in the order in which they were chosen. */
  readonly mix: readonly { readonly channel: string; readonly percent: Typed }[]
  readonly weight: Typed
  readonly from: string
  /** Empty is open. */
  readonly until: string
  /** Empty is not stated. */
  readonly lifeCycleStage: string
  readonly segments: readonly string[]
  readonly contacts: ContactForm
  /** Items by `stage/need`. What lies outside the objective's stages and needs stays here until it is stored. */
  readonly plan: Readonly<Record<string, number>>
  readonly measurement: MeasurementForm | undefined
  /** What this screen does not edit, kept as it came. */
  readonly rest: Readonly<Partial<Objective>>
}

export interface StrategyForm {
  readonly summary: string
  readonly objectives: readonly ObjectiveForm[]
}

export function formOf(document: StrategyDocument): StrategyForm {
  return { summary: document.summary ?? '', objectives: document.objectives.map(objectiveFormOf) }
}

function objectiveFormOf(objective: Objective): ObjectiveForm {
  const { id, name, audience, fromStage, toStage, needs, brands, markets, engagementModel, valueExchange, kind, channelMix, weight, from, until, plan, measurementPlan, lifeCycleStage, segments, contactPolicy, ...rest } = objective
  return {
    id,
    name,
    audience,
    fromStage,
    toStage,
    needs,
    brands,
    markets,
    engagementModel,
    valueExchange,
    ...(kind === undefined ? {} : { kind }),
    mix: mixOf(channelMix),
    lifeCycleStage: lifeCycleStage ?? '',
    segments: segments ?? [],
    contacts: contactPolicy ?? NO_CONTACTS,
    weight,
    from,
    until: until ?? '',
    plan: Object.fromEntries(plan.map((it) => [`${it.stage}/${it.need}`, it.items])),
    measurement:
      measurementPlan === undefined
        ? undefined
        : {
            kpi: measurementPlan.kpi,
            unit: measurementPlan.unit ?? '',
            baseline: measurementPlan.baseline,
            target: measurementPlan.target,
            smallestSample: measurementPlan.smallestSample,
            from: measurementPlan.from,
            until: measurementPlan.until,
          },
    rest,
  }
}

/** An empty objective with an id that no other has. `taken` are the ids that were ever used in the strategy. */
export function newObjective(taken: readonly string[], today: string): ObjectiveForm {
  let number = taken.length + 1
  while (taken.includes(`obj_${number}`)) number += 1
  return {
    id: `obj_${number}`,
    name: '',
    audience: '',
    fromStage: '',
    toStage: '',
    needs: [],
    brands: [],
    markets: [],
    engagementModel: '',
    valueExchange: [],
    mix: [],
    lifeCycleStage: '',
    segments: [],
    contacts: NO_CONTACTS,
    weight: 0.5,
    from: today,
    until: '',
    plan: {},
    measurement: undefined,
    rest: {},
  }
}

export const EMPTY_MEASUREMENT: MeasurementForm = { kpi: '', unit: '%', baseline: '', target: '', smallestSample: '', from: '', until: '' }

/** What is still missing before the form can be sent at all; in the words and paths of the API's own errors. */
export function missingIn(form: StrategyForm): readonly FieldError[] {
  return form.objectives.flatMap((objective, index) => {
    const at = `/objectives/${index}`
    const needed = (value: string | Typed | readonly unknown[], path: string, message: string): readonly FieldError[] =>
      value === '' || (Array.isArray(value) && value.length === 0) ? [{ code: 'required', path: `${at}${path}`, message }] : []
    const measurement = objective.measurement
    return [
      ...needed(objective.name.trim(), '/name', 'Name the objective in one line.'),
      ...needed(objective.audience, '/audience', 'Choose the audience.'),
      ...needed(objective.fromStage, '/fromStage', 'Choose where the audience stands.'),
      ...needed(objective.toStage, '/toStage', 'Choose where it shall come to.'),
      ...needed(objective.needs, '/needs', 'Name at least one need that the objective meets.'),
      ...needed(objective.markets, '/markets', 'Name at least one market.'),
      ...needed(objective.engagementModel, '/engagementModel', 'Choose how the company works with this audience.'),
      ...needed(objective.weight, '/weight', 'Give a weight above 0 and at most 1.'),
      ...needed(objective.from, '/from', 'Choose the first day.'),
      ...(isStated(objective.contacts)
        ? [
            ...needed(objective.contacts.contacts, '/contactPolicy/contacts', 'Say how many contacts one person may have.'),
            ...needed(objective.contacts.perDays, '/contactPolicy/perDays', 'Say in how many days.'),
            ...needed(objective.contacts.itemRepeats, '/contactPolicy/itemRepeats', 'Say how often one person may see the same item.'),
            ...needed(objective.contacts.itemPerDays, '/contactPolicy/itemPerDays', 'Say in how many days.'),
          ]
        : []),
      ...(Math.abs(mixTotal(objective) - 100) > 0.1 ? [{ code: 'channel-mix', path: `${at}/channelMix`, message: `The shares add up to ${sayPercent(mixTotal(objective))}; make it 100%.` }] : []),
      ...(measurement === undefined
        ? []
        : [
            ...needed(measurement.kpi.trim(), '/measurementPlan/kpi', 'Say what is measured.'),
            ...needed(measurement.baseline, '/measurementPlan/baseline', 'Give the value before the objective starts.'),
            ...needed(measurement.target, '/measurementPlan/target', 'Give the value that counts as success.'),
            ...needed(measurement.smallestSample, '/measurementPlan/smallestSample', 'Say how many observations a result needs.'),
            ...needed(measurement.from, '/measurementPlan/from', 'Choose the first day of measuring.'),
            ...needed(measurement.until, '/measurementPlan/until', 'Choose the last day of measuring.'),
          ]),
    ]
  })
}

/** The form as the API takes it. Planned cells that no longer belong to the objective are left out. Only for a form in which nothing is missing. */
export function documentOf(form: StrategyForm, stages: readonly Stage[]): StrategyDocument {
  return {
    ...(form.summary.trim() === '' ? {} : { summary: form.summary.trim() }),
    objectives: form.objectives.map((it): Objective => {
      const { mix, weight, from, until, plan: _, measurement, lifeCycleStage, segments, contacts, rest, ...plain } = it
      return {
        ...rest,
        ...plain,
        name: it.name.trim(),
        channelMix: Object.fromEntries(mix.filter((part) => part.percent !== '' && part.percent > 0).map((part) => [part.channel, shareOf(part.percent)])),
        weight: Number(weight),
        from,
        ...(until === '' ? {} : { until }),
        ...(lifeCycleStage === '' ? {} : { lifeCycleStage }),
        ...(segments.length === 0 ? {} : { segments: [...segments] }),
        ...(isStated(contacts) ? { contactPolicy: { contacts: Number(contacts.contacts), perDays: Number(contacts.perDays), itemRepeats: Number(contacts.itemRepeats), itemPerDays: Number(contacts.itemPerDays) } } : {}),
        plan: plannedCells(it, stages),
        ...(measurement === undefined
          ? {}
          : {
              measurementPlan: {
                kpi: measurement.kpi.trim(),
                ...(measurement.unit.trim() === '' ? {} : { unit: measurement.unit.trim() }),
                baseline: Number(measurement.baseline),
                target: Number(measurement.target),
                smallestSample: Number(measurement.smallestSample),
                from: measurement.from,
                until: measurement.until,
              },
            }),
      }
    }),
  }
}

// A tenth of a percent is exact in the form; as a share it would otherwise become 0.30000000000000004.
const shareOf = (percent: Typed) => Math.round(Number(percent) * 10) / 1000

export function mixTotal(objective: ObjectiveForm): number {
  return Math.round(objective.mix.reduce((sum, it) => sum + Number(it.percent), 0) * 10) / 10
}

export function sayPercent(value: number): string {
  return `${Number.isInteger(value) ? value : value.toFixed(1)}%`
}

export interface Stage {
  readonly notation: string
  readonly label: string
  readonly order?: number | undefined
  readonly audience?: readonly string[] | undefined
}

/** The stages from the first to the last of the objective, in the order of their journey. */
export function stagesBetween(objective: Pick<ObjectiveForm, 'fromStage' | 'toStage'>, stages: readonly Stage[]): readonly Stage[] {
  const from = stages.find((it) => it.notation === objective.fromStage)
  const to = stages.find((it) => it.notation === objective.toStage)
  if (from?.order === undefined || to?.order === undefined) return [...new Set([from, to])].filter((it) => it !== undefined)
  const journey = String(from.audience)
  const [first, last] = [from.order, to.order]
  return stages.filter((it) => String(it.audience) === journey && it.order !== undefined && it.order >= first && it.order <= last).sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
}

/** In the order in which the cells were planned, so that a version that nobody touched is stored as it was. */
function plannedCells(objective: ObjectiveForm, stages: readonly Stage[]): Objective['plan'] {
  const reached = stagesBetween(objective, stages).map((it) => it.notation)
  return Object.entries(objective.plan).flatMap(([cell, items]) => {
    const [stage = '', need = ''] = cell.split('/')
    return items > 0 && reached.includes(stage) && objective.needs.includes(need) ? [{ stage, need, items }] : []
  })
}

/** A channel mix for the form: in percent, the largest share first. */
export function mixOf(channelMix: Readonly<Record<string, number>>): ObjectiveForm['mix'] {
  return Object.entries(channelMix)
    .map(([channel, share]) => ({ channel, percent: Math.round(share * 1000) / 10 }))
    .sort((a, b) => b.percent - a.percent || a.channel.localeCompare(b.channel))
}

/** Whether any part of the contact budget is stated; if none is, the engagement model's counts. */
function isStated(contacts: ContactForm): boolean {
  return Object.values(contacts).some((it) => it !== '')
}

/** The objective as a model begins it: its channel mix and its contact budget replace what was there. */
export function withModel(objective: ObjectiveForm, model: Schema<'EngagementModel'>): ObjectiveForm {
  return { ...objective, engagementModel: model.notation, mix: mixOf(model.channelMix), contacts: model.contactPolicy }
}

/** The list with the element at `from` moved to `to`; unchanged where there is no such place. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const element = list[from]
  if (element === undefined || to < 0 || to >= list.length) return list
  const rest = list.filter((_, index) => index !== from)
  return [...rest.slice(0, to), element, ...rest.slice(to)]
}
