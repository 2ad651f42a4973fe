/** The rules that people write into an item: a closed set of types, each with its own few fields. */

interface Head {
  readonly id: string
  /** What to do about it, one line. */
  readonly message: string
  /** The regulation (`US-2`) or the person (`usr_…`) who asks for it. */
  readonly source: string
}

export type Rule = Head &
  (
    | { readonly type: 'requires' | 'excludes' | 'order'; readonly items: readonly string[] }
    | { readonly type: 'allowedChannel'; readonly channels: readonly string[] }
    | { readonly type: 'allowedAudience'; readonly audiences: readonly string[] }
    | { readonly type: 'allowedMarket'; readonly markets: readonly string[] }
    | { readonly type: 'maxUse'; readonly times: number; readonly per: Per }
    | { readonly type: 'pairing'; readonly item: string }
  )

export type RuleType = Rule['type']
export type Per = 'document' | 'set' | 'person'

/** How a rule begins, as people say it. */
export const RULE_WORDS: Readonly<Record<RuleType, string>> = {
  requires: 'Only together with',
  excludes: 'Never together with',
  allowedChannel: 'Only on these channels',
  allowedAudience: 'Only for these audiences',
  allowedMarket: 'Only in these markets',
  maxUse: 'At most so often',
  order: 'Before',
  pairing: 'Always with safety information',
}

export const RULE_TYPES = Object.keys(RULE_WORDS) as readonly RuleType[]

export const PER_WORDS: Readonly<Record<Per, string>> = { document: 'in one document', set: 'in one content set', person: 'for one person' }

/** What a form holds before it is a rule: every field that some type has. */
export interface RuleForm {
  readonly type: RuleType
  readonly items: readonly string[]
  readonly notations: readonly string[]
  readonly times: number
  readonly per: Per
  readonly message: string
  readonly source: string
}

export const emptyForm = (source: string): RuleForm => ({ type: 'excludes', items: [], notations: [], times: 1, per: 'set', message: '', source })

export function formOf(rule: Rule): RuleForm {
  return { ...emptyForm(rule.source), type: rule.type, message: rule.message, items: itemsOf(rule), notations: notationsOf(rule), ...(rule.type === 'maxUse' ? { times: rule.times, per: rule.per } : {}) }
}

/** Why the form is no rule yet; undefined when it is one. */
export function missingIn(form: RuleForm): string | undefined {
  if (['requires', 'excludes', 'order', 'pairing'].includes(form.type) && form.items.length === 0) return 'Choose an item first.'
  if (['allowedChannel', 'allowedAudience', 'allowedMarket'].includes(form.type) && form.notations.length === 0) return 'Choose at least one first.'
  if (form.message.trim() === '') return 'Say what to do when it is broken.'
  if (!/^([A-Z0-9]{1,10}-[0-9]{1,4}|usr_[0-9A-Za-z_-]{1,64})$/.test(form.source)) return 'Name the regulation by its id, such as US-2.'
  return undefined
}

export function ruleOf(form: RuleForm, id: string): Rule {
  const head = { id, message: form.message.trim(), source: form.source }
  switch (form.type) {
    case 'requires':
    case 'excludes':
    case 'order':
      return { ...head, type: form.type, items: form.items }
    case 'allowedChannel':
      return { ...head, type: form.type, channels: form.notations }
    case 'allowedAudience':
      return { ...head, type: form.type, audiences: form.notations }
    case 'allowedMarket':
      return { ...head, type: form.type, markets: form.notations }
    case 'maxUse':
      return { ...head, type: form.type, times: form.times, per: form.per }
    case 'pairing':
      return { ...head, type: form.type, item: form.items[0] ?? '' }
  }
}

export function itemsOf(rule: Rule): readonly string[] {
  return 'items' in rule ? rule.items : 'item' in rule ? [rule.item] : []
}

function notationsOf(rule: Rule): readonly string[] {
  return 'channels' in rule ? rule.channels : 'audiences' in rule ? rule.audiences : 'markets' in rule ? rule.markets : []
}

/** The vocabulary that a type of rule chooses from. */
export function schemeOf(type: RuleType): 'channels' | 'audiences' | 'markets' | undefined {
  if (type === 'allowedChannel') return 'channels'
  if (type === 'allowedAudience') return 'audiences'
  return type === 'allowedMarket' ? 'markets' : undefined
}

/** The rule in words, with the names of what it speaks of. */
export function sayRule(rule: Rule, nameOf: (id: string) => string, labelOf: (scheme: 'channels' | 'audiences' | 'markets', notation: string) => string): string {
  switch (rule.type) {
    case 'requires':
    case 'excludes':
    case 'order':
      return `${RULE_WORDS[rule.type]} ${rule.items.map(nameOf).join(', ')}`
    case 'allowedChannel':
      return `Only on ${rule.channels.map((it) => labelOf('channels', it)).join(', ')}`
    case 'allowedAudience':
      return `Only for ${rule.audiences.map((it) => labelOf('audiences', it)).join(', ')}`
    case 'allowedMarket':
      return `Only in ${rule.markets.map((it) => labelOf('markets', it)).join(', ')}`
    case 'maxUse':
      return `At most ${rule.times === 1 ? 'once' : `${rule.times} times`} ${PER_WORDS[rule.per]}`
    case 'pairing':
      return `Always with ${nameOf(rule.item)}`
  }
}
