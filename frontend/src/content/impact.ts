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

/** What became of the item that holds it, and what to do. */
export function remedyOf(impact: Impact): string {
  const again = impact.relation === 'reference' ? 'Rest it on another work and submit it again.' : 'Submit it again with the words of today, or take the part out.'
  switch (impact.consequence) {
    case 'left':
      return `It left its channels. ${again}`
    case 'served-until':
      return `It ${consequenceOf(impact)}. ${again}`
    case 'held-back':
      return 'It is not served until that is published again.'
    case 'not-published':
      return `It can’t be published. ${again}`
  }
}
