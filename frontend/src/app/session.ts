import { queryOptions, useQuery } from '@tanstack/react-query'

import { call, Problem, SESSION_PATH } from '@/api/client'
import type { Schema } from '@/api/types'

export type Person = Schema<'Person'>
export type Role = Schema<'Role'>

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

export const ROLES = Object.keys(ROLE_WORDS) as readonly Role[]

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

export const aboutQuery = queryOptions({
  queryKey: ['about'],
  queryFn: ({ signal }) => call<Schema<'About'>>('/manage/v1/about', { signal }),
  staleTime: Infinity,
})

/** The signed-in person. Only inside the signed-in shell, where there is always one. */
export function usePerson(): Person {
  const person = useQuery(sessionQuery).data
  if (person === undefined || person === null) throw new Error('usePerson outside the signed-in shell')
  return person
}

/** Whether the person has one of the roles; the server decides again. */
export function hasRole(person: Person, ...roles: readonly Role[]): boolean {
  return person.roles.some((role) => roles.includes(role))
}

/** Why somebody whose identity is open can't sign, and what ends it (P11-8, P11-10). */
export const NOT_SIGNING = 'Your identity is not confirmed, so you can’t sign yet. Ask an administrator, after a password reset another one than who reset it, to confirm it under Administration, People.'
