import type { Schema } from '@/api/types'

import type { Brief } from './api'

/** What a strategist asks for, while it is being written. */
export interface BriefForm {
  readonly title: string
  /** Chosen of the suggested ones and own ones, in this order. */
  readonly keyMessages: readonly string[]
  /** Ids. */
  readonly claims: readonly string[]
  readonly modules: readonly string[]
  readonly dueOn: string
  readonly writer: string
}

export function formOf(brief: Brief): BriefForm {
  return { title: brief.title, keyMessages: brief.keyMessages, claims: brief.claims.map((it) => it.id), modules: brief.modules.map((it) => it.id), dueOn: brief.dueOn, writer: brief.writer.id }
}

/** As the API takes it; messages that were left empty are left out. */
export function changeOf(form: BriefForm): Schema<'BriefChange'> {
  return {
    title: form.title.trim(),
    keyMessages: form.keyMessages.map((it) => it.trim()).filter((it) => it !== ''),
    claims: [...form.claims],
    modules: [...form.modules],
    dueOn: form.dueOn,
    writer: form.writer,
  }
}

/** Why it can't be sent yet; undefined when nothing is missing. */
export function missingIn(form: BriefForm): string | undefined {
  if (form.title.trim() === '') return 'Name it first.'
  if (form.dueOn === '') return 'Say by when it is needed.'
  if (form.writer === '') return 'Choose the writer.'
  return undefined
}

export function toggled(list: readonly string[], value: string): readonly string[] {
  return list.includes(value) ? list.filter((it) => it !== value) : [...list, value]
}

/** The names of the fields in which two forms differ, as people read them. */
export function differences(mine: BriefForm, theirs: BriefForm): readonly (keyof BriefForm)[] {
  return (Object.keys(FIELD_WORDS) as (keyof BriefForm)[]).filter((it) => JSON.stringify(changeOf(mine)[it]) !== JSON.stringify(changeOf(theirs)[it]))
}

export const FIELD_WORDS: Readonly<Record<keyof BriefForm, string>> = { title: 'Title', keyMessages: 'Key messages', claims: 'Claims', modules: 'Modules', dueOn: 'Due', writer: 'Writer' }

/** A day some days after today, as a date field holds it. */
export function dayAfter(now: Date, days: number): string {
  return new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10)
}
