import type { Schema } from '@/api/types'

import { documentOf, formOf, missingIn, mixOf, moved, newObjective, stagesBetween, withModel, type ObjectiveForm } from './editing'
import { fieldErrors } from './fieldErrors'
import { forgetKept, keepForm, readKept } from './keptForm'

const STAGES = [
  { notation: 'aware', label: 'Aware', order: 1, audience: ['hcp'] },
  { notation: 'considering', label: 'Considering', order: 2, audience: ['hcp'] },
  { notation: 'trying', label: 'Trying', order: 3, audience: ['hcp'] },
  { notation: 'patient.starting', label: 'Starting', order: 2, audience: ['patient'] },
]
const OBJECTIVE: Schema<'Objective'> = {
  id: 'obj_start',
  name: 'A safe first month',
  audience: 'hcp',
  fromStage: 'aware',
  toStage: 'trying',
  needs: ['dosing', 'safety'],
  brands: [],
  markets: ['GB'],
  engagementModel: 'service-oriented',
  channelMix: { web: 0.335, email: 0.665 },
  contactPolicy: { contacts: 6, perDays: 30, itemRepeats: 3, itemPerDays: 30 },
  lifeCycleStage: 'launch',
  segments: ['setting.rural'],
  valueExchange: ['education'],
  weight: 0.9,
  from: '2026-12-08',
  plan: [
    { stage: 'trying', need: 'safety', items: 2 },
    { stage: 'aware', need: 'dosing', items: 4 },
  ],
  measurementPlan: { kpi: 'First visits', baseline: 34, target: 45, unit: '%', smallestSample: 180, from: '2026-12-08', until: '2027-08-18' },
}
const DOCUMENT = { summary: 'Fewer, better contacts.', objectives: [OBJECTIVE] }
const MODEL: Schema<'EngagementModel'> = {
  notation: 'account-based',
  label: 'Account-based',
  leadChannels: ['portal'],
  humanContact: 0.5,
  channelMix: { portal: 0.5, chat: 0.3, web: 0.2 },
  contactPolicy: { contacts: 2, perDays: 14, itemRepeats: 1, itemPerDays: 30 },
}
const only = (form: { readonly objectives: readonly ObjectiveForm[] }): ObjectiveForm => form.objectives[0]!

test('a version that nobody touched is stored as it was', () => {
  expect(documentOf(formOf(DOCUMENT), STAGES)).toEqual(DOCUMENT)
})

test('choosing an engagement model fills channel mix and contact budget, and nothing else', () => {
  const chosen = withModel(only(formOf(DOCUMENT)), MODEL)
  expect(chosen.mix).toEqual([{ channel: 'portal', percent: 50 }, { channel: 'chat', percent: 30 }, { channel: 'web', percent: 20 }])
  expect(chosen.contacts).toEqual(MODEL.contactPolicy)
  expect(chosen.name).toBe(OBJECTIVE.name)
})

test('a mix that adds up to 100% goes out, one at 99.8% and one at 100.2% do not', () => {
  const withMix = (percent: number) => ({ summary: '', objectives: [{ ...only(formOf(DOCUMENT)), mix: [{ channel: 'web', percent }] }] })
  const wrong = (percent: number) => missingIn(withMix(percent)).map((it) => it.path)
  expect(wrong(100)).toEqual([])
  expect(wrong(99.8)).toEqual(['/objectives/0/channelMix'])
  expect(wrong(100.2)).toEqual(['/objectives/0/channelMix'])
  expect(mixOf({ web: 1 / 3, email: 2 / 3 }).map((it) => it.percent)).toEqual([66.7, 33.3])
})

test('everything that an empty objective lacks is named with its field', () => {
  const form = { summary: '', objectives: [newObjective([], '2026-11-22')] }
  expect(missingIn(form).map((it) => it.path.replace('/objectives/0/', ''))).toEqual(['name', 'audience', 'fromStage', 'toStage', 'needs', 'markets', 'engagementModel', 'channelMix'])
})

test('a half-stated contact budget is missing its other half, none at all is the model’s', () => {
  const base = only(formOf(DOCUMENT))
  const missing = (contacts: ObjectiveForm['contacts']) => missingIn({ summary: '', objectives: [{ ...base, contacts }] }).map((it) => it.path)
  expect(missing({ contacts: 4, perDays: '', itemRepeats: 1, itemPerDays: 30 })).toEqual(['/objectives/0/contactPolicy/perDays'])
  expect(missing({ contacts: '', perDays: '', itemRepeats: '', itemPerDays: '' })).toEqual([])
})

test('cells outside the stages and needs of the objective are not planned any more', () => {
  const base = only(formOf(DOCUMENT))
  const plan = (change: Partial<ObjectiveForm>) => documentOf({ summary: '', objectives: [{ ...base, ...change }] }, STAGES).objectives[0]?.plan
  expect(plan({ fromStage: 'considering' })).toEqual([{ stage: 'trying', need: 'safety', items: 2 }])
  expect(plan({ needs: ['dosing'] })).toEqual([{ stage: 'aware', need: 'dosing', items: 4 }])
  expect(plan({ plan: { 'trying/safety': 2, 'aware/dosing': 1 } })).toEqual([
    { stage: 'trying', need: 'safety', items: 2 },
    { stage: 'aware', need: 'dosing', items: 1 },
  ])
})

test('the stages of an objective are those of its own journey, from the first to the last', () => {
  expect(stagesBetween({ fromStage: 'aware', toStage: 'trying' }, STAGES).map((it) => it.notation)).toEqual(['aware', 'considering', 'trying'])
  expect(stagesBetween({ fromStage: '', toStage: 'trying' }, STAGES).map((it) => it.notation)).toEqual(['trying'])
})

test('a new objective never takes the id of one that is there', () => {
  expect(newObjective(['obj_1', 'obj_3'], '2026-11-22').id).toBe('obj_4')
  expect(newObjective(['obj_2'], '2026-11-22').id).toBe('obj_3')
})

test('an element moves one place and never over the edge', () => {
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
  expect(moved(['a', 'b'], 1, 2)).toEqual(['a', 'b'])
})

test('a message finds its field from the root of the body and from the root of the document', () => {
  const errors = fieldErrors([{ code: 'weight', path: '/document/objectives/0/weight', message: 'Too heavy.' }, { code: 'x', path: '/objectives/1/needs/0', message: 'Unknown need.' }])
  expect(errors.at('/objectives/0/weight')).toBe('Too heavy.')
  expect(errors.at('/objectives/1/needs')).toBe('Unknown need.')
  expect(errors.under('/objectives/1')).toBe(1)
  expect(errors.under('/objectives/10')).toBe(0)
})

test('what was typed survives a closed tab, and a note that can’t be read counts as none', () => {
  keepForm('t', { stamp: 'v1', at: '2026-11-22T00:00:00Z', form: { summary: 'x' } })
  expect(readKept<{ summary: string }>('t')?.form).toEqual({ summary: 'x' })
  forgetKept('t')
  expect(readKept('t')).toBeUndefined()
  window.localStorage.setItem('throughline-kept-form/t', '{')
  expect(readKept('t')).toBeUndefined()
})
