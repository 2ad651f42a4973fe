/** The words that the screens use for what the API writes in kebab-case. */

export const DISCIPLINE_WORDS = { medical: 'Medical', legal: 'Legal', regulatory: 'Regulatory' } as const

export const VERDICT_WORDS = {
  approve: 'Approve',
  'approve-with-changes': 'Approve with changes',
  'revise-and-resubmit': 'Revise and resubmit',
  reject: 'Reject',
} as const

export const TASK_WORDS = {
  open: 'Waiting',
  approve: 'Approved',
  'approve-with-changes': 'Approved with changes',
  'revise-and-resubmit': 'Sent back',
  reject: 'Rejected',
} as const

/** `1 block`, `2 blocks`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** `plain-language-summary` as a person reads it. */
export function words(kebab: string): string {
  const text = kebab.replaceAll('-', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** A digest that people compare by eye: both ends. */
export function shortHash(sha256: string): string {
  return `${sha256.slice(0, 4)} ${sha256.slice(4, 8)} … ${sha256.slice(-4)}`
}
