import { queryOptions } from '@tanstack/react-query'

import { call } from '@/api/client'
import type { Schema } from '@/api/types'

export type Account = Schema<'Account'>
type Person = Schema<'Person'>

const PATH = '/manage/v1/people'
const at = (id: string, rest: string) => `${PATH}/${encodeURIComponent(id)}/${rest}`

export const peopleKey = ['people'] as const

export const peopleQuery = queryOptions({
  queryKey: peopleKey,
  queryFn: ({ signal }) => call<Schema<'People'>>(PATH, { signal }),
})

export const createPerson = (body: Schema<'NewPerson'>) => call<Person>(PATH, { method: 'POST', body })
export const changeAccess = (id: string, body: Schema<'Access'>) => call<Person>(at(id, 'access'), { method: 'PUT', body })
export const resetPassword = (id: string, body: Schema<'PasswordReset'>) => call<undefined>(at(id, 'password-reset'), { method: 'POST', body })

export type Act = 'suspension' | 'resumption' | 'identity-confirmation'
export const act = (id: string, what: Act, reason: string) => call<undefined>(at(id, what), { method: 'POST', body: { reason } })
