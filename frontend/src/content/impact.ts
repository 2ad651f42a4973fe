import type { Schema } from '@/api/types'

import { moment } from './times'

export type Impact = Schema<'Impact'>

const CAUSES: Readonly<Record<Impact['cause'], string>> = { changed: 'has changed', withdrawn: 'was withdrawn', expired: 'has expired', left: 'left because of what it holds' }

/** What happened to the part. */
export function causeOf(impact: Impact): string {
  return `${impact.partKey} ${CAUSES[impact.cause]}`
}

/** What follows for the item that holds it, or would. */
export function consequenceOf(impact: Impact): string {
  switch (impact.consequence) {
    case 'left':
      return 'leaves its channels at once'
    case 'served-until':
      return impact.servedUntil === undefined ? 'stays served for a while' : `stays served until ${moment(impact.servedUntil)}`
    case 'held-back':
      return 'is held back until that is served again'
    case 'not-published':
      return 'is approved only, and cannot be published'
  }
}
