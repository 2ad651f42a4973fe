import { queryOptions } from '@tanstack/react-query'

import { call } from '@/api/client'
import type { Schema } from '@/api/types'

export type PreviewToken = Schema<'PreviewToken'>
export type NewPreviewToken = Schema<'NewPreviewToken'>
export type IssuedPreviewToken = Schema<'IssuedPreviewToken'>

export const previewTokensKey = ['preview-tokens'] as const

export const previewTokensQuery = queryOptions({
  queryKey: previewTokensKey,
  queryFn: ({ signal }) => call<Schema<'PreviewTokens'>>('/manage/v1/preview-tokens', { signal }),
})

export function issuePreviewToken(channelId: string, token: NewPreviewToken): Promise<IssuedPreviewToken> {
  return call<IssuedPreviewToken>(`/manage/v1/channels/${encodeURIComponent(channelId)}/preview-tokens`, { method: 'POST', body: token })
}

export function revokePreviewToken(tokenId: string, reason: string): Promise<PreviewToken> {
  return call<PreviewToken>(`/manage/v1/preview-tokens/${encodeURIComponent(tokenId)}/revocation`, { method: 'POST', body: { reason } })
}
