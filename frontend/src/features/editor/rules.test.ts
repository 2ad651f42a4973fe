import { describe, expect, it } from 'vitest'

import { emptyForm, formOf, missingIn, RULE_TYPES, ruleOf, sayRule, type Rule } from './rules'

const head = { id: 'rul_1', message: 'Not beside it.', source: 'US-2' } as const
const RULES: readonly Rule[] = [
  { ...head, type: 'requires', items: ['itm_1'] },
  { ...head, type: 'excludes', items: ['itm_1', 'itm_2'] },
  { ...head, type: 'allowedChannel', channels: ['web'] },
  { ...head, type: 'allowedAudience', audiences: ['hcp'] },
  { ...head, type: 'allowedMarket', markets: ['GB'] },
  { ...head, type: 'maxUse', times: 2, per: 'person' },
  { ...head, type: 'order', items: ['itm_1'] },
  { ...head, type: 'pairing', item: 'itm_1' },
]

describe('rules', () => {
  it('has a form for every type that gives the same rule back', () => {
    expect(RULES.map((it) => it.type).sort()).toEqual([...RULE_TYPES].sort())
    for (const rule of RULES) expect(ruleOf(formOf(rule), 'rul_1')).toEqual(rule)
  })

  it('says every type in words', () => {
    const said = RULES.map((it) => sayRule(it, (id) => id.toUpperCase(), (_, notation) => notation))
    expect(said).toEqual(['Only together with ITM_1', 'Never together with ITM_1, ITM_2', 'Only on web', 'Only for hcp', 'Only in GB', 'At most 2 times for one person', 'Before ITM_1', 'Always with ITM_1'])
  })

  it('is no rule until it names what it is about, what to do and who asks for it', () => {
    const form = { ...emptyForm('usr_1'), message: 'Keep them apart.' }
    expect(missingIn(form)).toBe('Choose an item first.')
    expect(missingIn({ ...form, items: ['itm_1'] })).toBeUndefined()
    expect(missingIn({ ...form, items: ['itm_1'], message: ' ' })).toBe('Say what to do when it is broken.')
    expect(missingIn({ ...form, type: 'allowedMarket' })).toBe('Choose at least one first.')
    expect(missingIn({ ...form, type: 'maxUse', source: 'someone' })).toBe('Name the regulation by its id, such as US-2.')
  })
})
