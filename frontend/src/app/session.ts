import { queryOptions } from '@tanstack/react-query'

import { call, Problem, SESSION_PATH } from '@/api/client'

/** Who is signed in. */
export interface Person {
  readonly id: string
  readonly username: string
  readonly displayName: string
  readonly initials?: string
  readonly roles: readonly Role[]
  readonly brands: readonly string[]
  readonly markets: readonly string[]
  readonly registrationNumber?: string
  readonly signingEnabled?: boolean
}

export type Role =
  | 'writer'
  | 'medical-reviewer'
  | 'legal-reviewer'
  | 'regulatory-reviewer'
  | 'signatory'
  | 'strategist'
  | 'channel-manager'
  | 'administrator'

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  writer: 'Medical writer',
  'medical-reviewer': 'Medical reviewer',
  'legal-reviewer': 'Legal reviewer',
  'regulatory-reviewer': 'Regulatory reviewer',
  signatory: 'Final signatory',
  strategist: 'Strategist',
  'channel-manager': 'Channel manager',
  administrator: 'Administrator',
}

export function roleWord(role: Role): string {
  return ROLE_WORDS[role]
}

/** The person, or null when nobody is signed in. Other failures stay failures. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Person | null> => {
    try {
      return await call<Person>(SESSION_PATH, { signal })
    } catch (error) {
      if (error instanceof Problem && error.isUnauthenticated) return null
      throw error
    }
  },
  staleTime: 60_000,
})

export interface About {
  readonly name: string
  readonly demo: boolean
  readonly signIns: readonly { readonly username: string; readonly password: string; readonly displayName: string; readonly role: string; readonly hint?: string }[]
}

export const aboutQuery = queryOptions({
  queryKey: ['about'],
  queryFn: ({ signal }) => call<About>('/manage/v1/about', { signal }),
  staleTime: Infinity,
})
