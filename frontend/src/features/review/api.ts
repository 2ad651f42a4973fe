import { queryOptions } from '@tanstack/react-query'

import { call } from '@/api/client'
import type { Schema } from '@/api/types'

export type Job = Schema<'Job'>
export type JobRow = Schema<'JobRow'>
export type Changes = Schema<'Changes'>
export type BlockChange = Schema<'BlockChange'>
export type Annotation = Schema<'Annotation'>
export type ReviewTask = Schema<'ReviewTask'>
export type Discipline = Schema<'Discipline'>
export type Verdict = Schema<'Verdict'>
export type ElectronicSignature = Schema<'ElectronicSignature'>
export type SigningCredentials = Schema<'SigningCredentials'>

export interface JobFilter {
  readonly mine?: boolean | undefined
  readonly state?: string | undefined
  readonly discipline?: string | undefined
  readonly market?: string | undefined
}

const path = (code: string, rest = '') => `/manage/v1/jobs/${encodeURIComponent(code)}${rest}`

export const jobsQuery = (filter: JobFilter) =>
  queryOptions({ queryKey: ['jobs', filter], queryFn: ({ signal }) => call<Schema<'JobPage'>>('/manage/v1/jobs', { query: { ...filter, limit: 100 }, signal }) })

export const jobKey = (code: string) => ['jobs', code] as const

export const jobQuery = (code: string) => queryOptions({ queryKey: jobKey(code), queryFn: ({ signal }) => call<Job>(path(code), { signal }) })

/** What changed can only change with a new circulation, which has its own version. */
export const changesQuery = (code: string, version: number) =>
  queryOptions({ queryKey: [...jobKey(code), 'changes', version], queryFn: ({ signal }) => call<Changes>(path(code, '/changes'), { signal }), staleTime: Infinity })

export const certificateQuery = (code: string) => queryOptions({ queryKey: [...jobKey(code), 'certificate'], queryFn: ({ signal }) => call<Schema<'Certificate'>>(path(code, '/certificate'), { signal }) })

export const giveVerdict = (code: string, body: Schema<'NewVerdict'>) => call<Job>(path(code, '/verdicts'), { method: 'POST', body })

export const certify = (code: string, body: Schema<'NewCertification'>) => call<Schema<'Approval'>>(path(code, '/certification'), { method: 'POST', body })

export const annotate = (code: string, body: Schema<'NewAnnotation'>) => call<Annotation>(path(code, '/annotations'), { method: 'POST', body })

export const cancelJob = (code: string, body: Schema<'Reason'>) => call<Job>(path(code, '/cancellation'), { method: 'POST', body })
