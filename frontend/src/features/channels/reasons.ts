import type { Labels } from '@/api/framework'

/** What a reason means for the reader of the set: it fits, it was stretched, it is required, or it is a plain fact. */
export type Tone = 'fits' | 'serves' | 'stretched' | 'paired' | 'leads' | 'fact'

export interface Reason {
  readonly words: string
  readonly tone: Tone
}

export const SLOT_WORDS: Readonly<Record<string, string>> = { lead: 'Lead', proof: 'Proof', support: 'Support', safety: 'Safety', next: 'Next' }

type Words = (value: string, labels: Labels, objectives: ReadonlyMap<string, string>) => Reason

const REASONS: Readonly<Record<string, Words>> = {
  'need-exact': () => ({ words: 'Need matches', tone: 'fits' }),
  'need-narrower': (to, labels) => ({ words: `Need matches: ${labels.concept('needs', to)}`, tone: 'fits' }),
  'need-sibling': (to, labels) => ({ words: `Related need: ${labels.concept('needs', to)}`, tone: 'stretched' }),
  'need-broader': (to, labels) => ({ words: `Need widened to ${labels.concept('needs', to)}`, tone: 'stretched' }),
  'need-other': () => ({ words: 'Answers another need', tone: 'stretched' }),
  'stage-exact': () => ({ words: 'Stage matches', tone: 'fits' }),
  'stage-near': () => ({ words: 'Neighbouring stage', tone: 'stretched' }),
  'stage-other': () => ({ words: 'Made for another stage', tone: 'stretched' }),
  objective: (id, _, objectives) => ({ words: `Serves ${objectives.get(id) ?? id}`, tone: 'serves' }),
  'not-seen': () => ({ words: 'Not seen yet', tone: 'fact' }),
  seen: () => ({ words: 'Seen before', tone: 'fact' }),
  evidence: (grade) => ({ words: EVIDENCE[grade] ?? `Evidence: ${grade}`, tone: 'fact' }),
  'balances-brands': () => ({ words: 'In for balance between brands', tone: 'fact' }),
  'audience-exact': () => ({ words: 'Made for this audience', tone: 'fits' }),
  advances: (stage, labels) => ({ words: `Leads to ${labels.concept('stages', stage)}`, tone: 'leads' }),
  pairing: (by) => ({ words: by.startsWith('rul_') ? 'Paired by a rule' : `Paired with ${by}`, tone: 'paired' }),
  requires: () => ({ words: 'With what it requires', tone: 'fact' }),
  order: () => ({ words: 'In the order its rule asks for', tone: 'fact' }),
  'locale-fallback': (locale) => ({ words: `Shown in ${locale}`, tone: 'stretched' }),
}

const EVIDENCE: Readonly<Record<string, string>> = { cited: 'Cites its sources', published: 'Cites published studies', anchored: 'Quotes its evidence' }

const PARTS: Readonly<Record<string, string>> = { need: 'Need', stage: 'Stage', advance: 'Next stage', objective: 'Objective', unseen: 'Not seen yet', evidence: 'Evidence', freshness: 'Freshness', brand: 'Brand', audience: 'Audience' }

/** A part of a score in words. */
export function sayPart(part: string): string {
  return PARTS[part] ?? part
}

/** A reason code in words. A code that this screen doesn't know stands for itself. */
export function sayReason(code: string, labels: Labels, objectives: ReadonlyMap<string, string>): Reason {
  const colon = code.indexOf(':')
  const [name, value] = colon < 0 ? [code, ''] : [code.slice(0, colon), code.slice(colon + 1)]
  return REASONS[name]?.(value, labels, objectives) ?? { words: code, tone: 'fact' }
}

const EMPTY: Readonly<Record<string, { readonly shown: string; readonly why: string }>> = {
  'no-approved-content': { shown: 'Nothing approved fits; the space closes.', why: 'No approved content' },
  'not-required': { shown: 'Nothing here needs safety information beside it.', why: 'Not required' },
  'last-stage': { shown: 'The journey ends here; nothing follows.', why: 'Last stage' },
  'stage-not-asked': { shown: 'Without a stage nobody knows what comes next.', why: 'No stage asked' },
  'contact-budget': { shown: 'This reader was approached often enough; the space closes.', why: 'Contact budget spent' },
  'frequency-cap': { shown: 'This reader has seen what fits often enough; the space closes.', why: 'Shown often enough' },
  'limit-reached': { shown: 'The asked number of items is reached.', why: 'Limit reached' },
}

/** Why a slot is empty: what the reader would see, and the short reason. */
export function sayEmpty(code: string | undefined): { readonly shown: string; readonly why: string } {
  return EMPTY[code ?? ''] ?? { shown: 'Nothing stands here; the space closes.', why: code ?? 'No reason given' }
}

const RULES: Readonly<Record<string, string>> = {
  allowedMarket: 'Another market',
  locale: 'Another language',
  'EU-2': 'Promotion to the public',
  'US-9': 'Promotion to the public',
  kind: 'Kinds never mix',
  allowedAudience: 'Another audience',
  allowedChannel: 'Another channel',
  brand: 'Another brand',
  window: 'Not effective now',
  'US-2': 'Without its safety information',
  'UK-5': 'Without its prescribing information',
  withdrawn: 'Withdrawn',
  expired: 'Expired',
  superseded: 'Superseded',
  impacted: 'Left because of what it holds',
  rank: 'Others rank higher',
  relaxation: 'Fits only when more is relaxed',
  'frequency-cap': 'Shown to this reader often enough',
  'contact-budget': 'This reader was approached often enough',
}

/** Rules of market packs carry the market's code and a number. */
const OF_A_MARKET = /^[A-Z]{2}-\d+$/

/** A rule that left candidates out, in words. */
export function sayRule(rule: string): string {
  return RULES[rule] ?? (rule.startsWith('rul_') ? 'A rule of the content' : OF_A_MARKET.test(rule) ? `Rule ${rule} of the market` : rule)
}

const PROBLEMS: Readonly<Record<string, string>> = {
  'mandatory-slot-empty': 'Content that promotes or claims efficacy is never served without its safety information. Publish the safety or prescribing information for this market and locale, then ask again.',
  'not-found': 'The channel reads this as if it did not exist: its key does not cover this market, locale or kind. Give the channel a key that does, or choose another context.',
  'invalid-query': 'The channel asked with something that the API does not accept. The answer names the parameter.',
  'catalogue-stale': 'The server cannot prove that what it has is current, so it serves nothing. It recovers by itself; ask again in a moment.',
  'search-unavailable': 'The search is not reachable, so no candidates can be found. Ask again in a moment; if it stays, tell your administrator.',
  'not-yet-visible': 'The channel asked for changes that this server has not seen yet. Ask again in a moment.',
}

/** What a problem means for the people who run the channel; undefined where its own words are enough. */
export function explainProblem(code: string): string | undefined {
  return PROBLEMS[code]
}
