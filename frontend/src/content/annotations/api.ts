import { call } from '@/api/client'
import type { Schema } from '@/api/types'

export type Annotation = Schema<'Annotation'>

export const replyTo = (code: string, annotationId: string, body: Schema<'NewReply'>) =>
  call<Annotation>(`/manage/v1/jobs/${encodeURIComponent(code)}/annotations/${encodeURIComponent(annotationId)}/replies`, { method: 'POST', body })

/** Where an annotation stands in its discussion. That its words are gone is told beside it. */
export function standing(note: Annotation): 'open' | 'answered' | 'resolved' {
  return note.resolved ? 'resolved' : note.replies.length > 0 ? 'answered' : 'open'
}
