import type { Schema } from '@/api/types'

export const WRITER: Schema<'Person'> = { id: 'per_1', username: 'mara.lindqvist', displayName: 'Mara Lindqvist', initials: 'ML', roles: ['writer'], brands: ['*'], markets: ['*'], signingEnabled: true }

export const ABOUT: Schema<'About'> = {
  name: 'Throughline',
  demo: true,
  signIns: [{ username: 'mara.lindqvist', password: 'pw', displayName: 'Mara Lindqvist', role: 'Medical writer', hint: 'Two drafts and a brief' }],
}

export const NO_WORK: Schema<'MyWork'> = { reviewsDue: [], toCertify: [], sentBack: [], drafts: [], toPublish: [], expiring: [], withdrawals: [], recalls: [], strategiesToApprove: [], impacted: [] }

export const NO_ITEMS: Schema<'ItemPage'> = { items: [], total: 0, facets: { type: [], state: [], kind: [], brand: [], audience: [], stage: [], need: [] } }

export function itemRow(part: Partial<Schema<'ItemRow'>> = {}): Schema<'ItemRow'> {
  return {
    id: 'itm_1',
    key: 'ART-1',
    type: 'article',
    kind: 'promotional',
    locale: 'en-GB',
    title: 'Starting in primary care',
    state: 'draft',
    impacted: false,
    markets: [],
    updatedAt: '2026-11-21T09:00:00Z',
    updatedBy: { id: 'per_1', displayName: 'Mara Lindqvist' },
    findings: { block: 0, warning: 0, hint: 0 },
    ...part,
  }
}

export function itemDetail(part: Partial<Schema<'ItemDetail'>> = {}): Schema<'ItemDetail'> {
  return { id: 'itm_1', key: 'ART-1', type: 'article', kind: 'promotional', createdBy: { id: 'per_1', displayName: 'Mara Lindqvist' }, createdAt: '2026-11-01T09:00:00Z', efficacyClaim: false, locales: [], usedIn: [], impacts: [], ...part }
}

/** Answers that every signed-in screen asks for, to spread into `stubApi`. */
export const SIGNED_IN = {
  'GET /manage/v1/session': WRITER,
  'GET /manage/v1/about': ABOUT,
  'GET /manage/v1/my-work': NO_WORK,
  'GET /manage/v1/vocabularies': { schemes: [{ scheme: 'needs', version: '1', concepts: [{ notation: 'dosing', label: 'Dosing and titration' }] }] },
  'GET /manage/v1/brands': { brands: [{ key: 'velorix', name: 'Velorix', establishedName: 'velorixat', therapeuticArea: 'Heart failure', indications: [], lifeCycleStage: 'launch' }] },
  'GET /manage/v1/markets': { markets: [{ market: 'GB', name: 'United Kingdom', locales: ['en-GB'], localeFallback: {}, disciplines: {}, signatory: { registrationNumberRequired: true, registrationName: 'GMC' }, approvalMaxMonths: 24, promotionToPublicAllowed: false }] },
  'GET /manage/v1/content-types': { types: [{ type: 'article', title: 'Article', plural: 'Articles', prefix: 'ART', slots: ['lead'], fields: [], requiredToSubmit: [], schema: {} }] },
} as const

type DeliveredItem = NonNullable<Schema<'ContentSetPreview'>['set']>['items'][string]

export function deliveredItem(id: string, key: string, over: Partial<DeliveredItem> = {}): DeliveredItem {
  return {
    id,
    key,
    type: 'module',
    kind: 'promotional',
    market: 'GB',
    locale: 'en-GB',
    version: 4,
    title: `Title of ${key}`,
    html: '<p>Begin low.</p>',
    markdown: '',
    plainText: 'Begin low.',
    claims: [],
    references: {},
    classification: { audience: [], stage: [], need: [], topic: [], brand: [], indication: [] },
    approval: { jobCode: 'GB-2026-0398', dateOfPreparation: '2026-11', approvedAt: '2026-11-02T09:00:00Z', validUntil: '2028-11-02T00:00:00Z' },
    prescribingInformation: { html: '', url: 'https://example.com/pi' },
    adverseEventStatement: 'Adverse events should be reported.',
    ...over,
  }
}
