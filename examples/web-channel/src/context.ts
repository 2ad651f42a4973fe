import type { SetQuery } from '@throughline/client'

/** What the reader of this channel may choose. A real channel knows most of it: from the sign-in, the page, the visit before. */
export const CHOICES = {
  audience: { label: 'I am', options: { 'hcp.primary-care': 'a general practitioner', 'hcp.cardiology': 'a cardiologist', 'hcp.nurse': 'a nurse', patient: 'a patient' } },
  need: { label: 'I want to know about', options: { dosing: 'dosing', 'judge-evidence': 'the evidence', 'treatment-decision': 'the treatment decision', 'talk-with-patient': 'talking with patients' } },
  stage: { label: 'and am', options: { aware: 'new to it', considering: 'considering it', trying: 'trying it', 'improving-outcomes': 'improving outcomes' } },
  market: { label: 'in', options: { GB: 'the United Kingdom', US: 'the United States' } },
} as const

const LOCALES: Readonly<Record<string, string>> = { GB: 'en-GB', US: 'en-US' }

type Choice = keyof typeof CHOICES

/** The context of an address; what is unknown there falls back to the first choice. */
export function readContext(search: URLSearchParams): SetQuery {
  const of = (name: Choice, otherwise: string) => {
    const value = search.get(name)
    return value !== null && value in CHOICES[name].options ? value : otherwise
  }
  return queryOf(of('audience', 'hcp.primary-care'), of('need', 'dosing'), of('stage', 'considering'), of('market', 'GB'))
}

/** Patients walk another journey than professionals, so their request names no stage of it. */
export function queryOf(audience: string, need: string, stage: string, market: string): SetQuery {
  return { audience, need, ...(audience === 'patient' ? {} : { stage }), market, locale: LOCALES[market] ?? 'en-GB' }
}

/** Four words of one sentence to choose from. */
export function contextForm(form: HTMLFormElement, query: SetQuery, onChange: (query: SetQuery) => void): void {
  const selects = new Map<Choice, HTMLSelectElement>()
  for (const [name, { label, options }] of Object.entries(CHOICES) as [Choice, (typeof CHOICES)[Choice]][]) {
    const select = document.createElement('select')
    select.name = name
    for (const [value, words] of Object.entries(options)) select.append(new Option(words, value, false, query[name] === value))
    const element = document.createElement('label')
    element.append(`${label} `, select)
    selects.set(name, select)
    form.append(element)
  }
  const value = (name: Choice) => selects.get(name)?.value ?? ''
  const settle = () => {
    const stage = selects.get('stage')
    if (stage?.parentElement) stage.parentElement.hidden = value('audience') === 'patient'
  }
  settle()
  form.addEventListener('change', () => {
    settle()
    onChange(queryOf(value('audience'), value('need'), value('stage'), value('market')))
  })
}
