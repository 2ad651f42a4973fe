import type { Person, Role } from '@/app/session'

import type { Account } from './api'

export type AccountState = 'active' | 'identity-open' | 'password-open' | 'suspended'

export const STATE_WORDS: Readonly<Record<AccountState, { readonly words: string; readonly tone: 'ok' | 'warn' | 'block' }>> = {
  active: { words: 'Active', tone: 'ok' },
  'identity-open': { words: 'May not sign yet', tone: 'warn' },
  'password-open': { words: 'Password to choose', tone: 'warn' },
  suspended: { words: 'Suspended', tone: 'block' },
}

/** Where an account stands, what keeps its owner out most first. */
export function stateOf({ person, suspended }: Account): AccountState {
  if (suspended) return 'suspended'
  if (person.passwordChangeRequired === true) return 'password-open'
  return person.signingEnabled ? 'active' : 'identity-open'
}

export interface PeopleFilter {
  readonly q?: string | undefined
  readonly role?: Role | undefined
  readonly brand?: string | undefined
  readonly market?: string | undefined
  readonly state?: AccountState | undefined
}

/** Everybody who fits. Who has every brand or market has each. */
export function fitting(accounts: readonly Account[], { q, role, brand, market, state }: PeopleFilter): readonly Account[] {
  const words = fold(q ?? '').split(/\s+/)
  const has = (values: readonly string[], wanted: string | undefined) => wanted === undefined || values.includes('*') || values.includes(wanted)
  return accounts.filter((it) => {
    const name = fold(`${it.person.displayName} ${it.person.username}`)
    return (
      words.every((word) => name.includes(word)) &&
      (role === undefined || it.person.roles.includes(role)) &&
      has(it.person.brands, brand) &&
      has(it.person.markets, market) &&
      (state === undefined || stateOf(it) === state)
    )
  })
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{Mark}/gu, '').toLowerCase().trim()

/** Whether the giver may give it: a brand or a market that is theirs (S8). */
export function mayGive(giver: Person, scope: 'brands' | 'markets', value: string): boolean {
  return giver[scope].includes('*') || giver[scope].includes(value)
}

/** Who may confirm an identity, in the person's words; undefined when the signed-in person may. */
export function whyNotConfirm(account: Account, me: Person): string | undefined {
  if (account.person.id === me.id) return 'Nobody confirms their own identity; another administrator does.'
  if (account.passwordResetBy === me.id) return 'You reset this password, so another administrator has to confirm whose account it is.'
  return undefined
}

// Without letters and digits that are taken for others when they are read aloud or copied by hand.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUPS = 4
const LETTERS_IN_GROUP = 4

/** A password for one day: about 79 bits of chance. */
export function temporaryPassword(): string {
  const letter = () => {
    // What lies beyond the last whole round would make some letters likelier than others.
    const bound = 256 - (256 % LETTERS.length)
    for (;;) {
      const [byte = bound] = crypto.getRandomValues(new Uint8Array(1))
      if (byte < bound) return LETTERS.charAt(byte % LETTERS.length)
    }
  }
  return Array.from({ length: GROUPS }, () => Array.from({ length: LETTERS_IN_GROUP }, letter).join('')).join('-')
}
