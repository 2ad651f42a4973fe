import { queryOptions } from '@tanstack/react-query'

import { call } from '@/api/client'
import type { Schema } from '@/api/types'

export type Verification = Schema<'AuditVerification'>

const PATH = '/manage/v1/audit/verification'
const WHILE_RUNNING = 1_000
const OTHERWISE = 60_000

/** The newest verification, whoever started it; followed while it runs. */
export const verificationQuery = queryOptions({
  queryKey: ['audit', 'verification'],
  queryFn: ({ signal }) => call<Verification>(`${PATH}/last`, { signal }),
  refetchInterval: (query) => (query.state.data?.state === 'running' ? WHILE_RUNNING : OTHERWISE),
})

export const startVerification = () => call<Verification>(PATH, { method: 'POST' })
