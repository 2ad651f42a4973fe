import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import type { Schema } from '@/api/types'
import { itemDetail, SIGNED_IN } from '@/test/fixtures'
import { json, renderApp, stubApi } from '@/test/render'

const amari = { id: 'per_2', displayName: 'Dr. Selin Amari' }
const BODY = 'Begin low.\n\nAim at 10 mg.'

const note = (part: Partial<Schema<'Annotation'>>): Schema<'Annotation'> => ({
  id: 'ann_1', circulation: 1, quote: '10 mg', prefix: 'Aim at ', suffix: '.', body: 'Which label says so?', required: true, author: amari, createdAt: '2026-11-19T09:00:00Z',
  resolved: false, orphaned: false, mayAnswer: true, mayResolve: false, replies: [], ...part,
})

const draft: Schema<'Draft'> = {
  itemId: 'itm_1', key: 'ART-1', type: 'article', kind: 'promotional', locale: 'en-GB', revision: 3, document: { title: 'Starting', body: BODY }, findings: [],
  updatedBy: { id: 'per_1', displayName: 'Mara Lindqvist' }, updatedAt: '2026-11-21T09:00:00Z',
} as unknown as Schema<'Draft'>

const review = (annotations: readonly Schema<'Annotation'>[]): Schema<'DraftAnnotations'> => ({
  itemId: 'itm_1', locale: 'en-GB', revision: 3,
  reviews: [{ code: 'GB-2026-0412', market: 'GB', state: 'revise-and-resubmit', circulation: 1, version: 1, annotations: [...annotations], verdicts: [{ discipline: 'medical', verdict: 'revise-and-resubmit', by: amari, at: '2026-11-19T10:00:00Z', comment: 'Name the label.' }] }],
})

const answers = {
  ...SIGNED_IN,
  'GET /manage/v1/content-types': { types: [{ type: 'article', title: 'Article', plural: 'Articles', prefix: 'ART', slots: [], fields: [{ name: 'title', label: 'Title', widget: 'text' }, { name: 'body', label: 'Text', widget: 'markdown' }], requiredToSubmit: [], schema: {} }] },
  'GET /manage/v1/items/itm_1': itemDetail({ locales: [{ locale: 'en-GB', state: 'revise-and-resubmit', title: 'Starting', jobs: [], publications: [], draft: { revision: 3, updatedAt: draft.updatedAt, updatedBy: draft.updatedBy } as never }] }),
  'GET /manage/v1/items/itm_1/approvals': { approvals: [] },
  'GET /manage/v1/items/itm_1/drafts/en-GB': () => json(draft, 200, { ETag: '"r3"' }),
}

const body = () => document.querySelector<HTMLElement>('[data-field="body"]')?.shadowRoot

test('comments stand first and beside their words, and the writer answers without resolving', async () => {
  const user = userEvent.setup()
  let now = review([note({ place: { block: 2, field: 'body', from: 12, source: 'Aim at 10 mg.' } }), note({ id: 'ann_2', quote: 'Begin high', orphaned: true })])
  const { calls } = stubApi({
    ...answers,
    'GET /manage/v1/items/itm_1/drafts/en-GB/annotations': () => json(now),
    'POST /manage/v1/jobs/GB-2026-0412/annotations/ann_1/replies': () => {
      now = review([note({ place: { block: 2, field: 'body', from: 12, source: 'Aim at 10 mg.' }, replies: [{ id: 'anr_1', body: 'Section 4.2.', resolves: false, author: { id: 'per_1', displayName: 'Mara Lindqvist' }, createdAt: '2026-11-21T09:00:00Z' }] })])
      return json(note({}), 201)
    },
  })
  renderApp('/content/itm_1')

  const comments = within(await screen.findByRole('region', { name: 'Comments of GB-2026-0412' }))
  expect(comments.getByText('Name the label.')).toBeVisible()
  expect(comments.getByText('These words are no longer in the text.')).toBeVisible()
  expect(comments.getByRole('link', { name: 'Open the review room' })).toHaveAttribute('href', expect.stringContaining('/review/GB-2026-0412'))
  await waitFor(() => expect(body()?.querySelector('[data-note="ann_1"]')?.textContent).toBe('10 mg'))
  expect(body()?.querySelector('[data-note="ann_2"]')).toBeNull()

  const first = within(comments.getAllByRole('article')[0]!)
  await user.click(first.getByRole('button', { name: 'Reply' }))
  expect(first.queryByRole('button', { name: /^Resolve/ })).toBeNull()
  await user.type(first.getByRole('textbox', { name: 'Your reply' }), 'Section 4.2.')
  await user.click(first.getByRole('button', { name: /^Reply/ }))
  expect(await comments.findByText('Section 4.2.')).toBeVisible()
  expect(comments.getByText('answered', { selector: 'header *' })).toBeVisible()
  expect(calls.find((it) => it.method === 'POST')?.body).toEqual({ body: 'Section 4.2.', resolves: false })
})

test('without comments the fields stand first', async () => {
  stubApi({ ...answers, 'GET /manage/v1/items/itm_1/drafts/en-GB/annotations': { itemId: 'itm_1', locale: 'en-GB', revision: 3, reviews: [] } })
  renderApp('/content/itm_1')

  expect(await screen.findByRole('tab', { name: 'Fields', selected: true })).toBeVisible()
  expect(screen.queryByRole('tab', { name: /Comments/ })).toBeNull()
})

test('a withdrawal names what leaves with it before it can be confirmed', async () => {
  const user = userEvent.setup()
  const live = { id: 'pub_1', itemId: 'itm_1', locale: 'en-GB', market: 'GB', version: 1, approvalId: 'apr_0', jobCode: 'GB-2026-0001', state: 'effective', effectiveFrom: '2026-01-01T00:00:00Z', effectiveUntil: '2028-01-01T00:00:00Z' }
  const impact = { itemId: 'itm_5', key: 'ART-5', title: 'Dose by the label', locale: 'en-GB', market: 'GB', partId: 'itm_1', partKey: 'ART-1', relation: 'safety-information', cause: 'withdrawn', consequence: 'left', impactedAt: '2026-11-20T09:00:00Z' }
  let tell: (answer: Response) => void = () => {}
  const { calls } = stubApi({
    ...answers,
    'GET /manage/v1/session': { ...SIGNED_IN['GET /manage/v1/session'], roles: ['signatory'] },
    'GET /manage/v1/items/itm_1': itemDetail({ locales: [{ locale: 'en-GB', state: 'effective', title: 'Starting', jobs: [], publications: [live as never], draft: { revision: 3, updatedAt: draft.updatedAt, updatedBy: draft.updatedBy } as never }] }),
    'GET /manage/v1/items/itm_1/drafts/en-GB/annotations': { itemId: 'itm_1', locale: 'en-GB', revision: 3, reviews: [] },
    'GET /manage/v1/items/itm_1/withdrawals/impact': () => new Promise<Response>((resolve) => (tell = resolve)),
  })
  renderApp('/content/itm_1')
  await user.click(await screen.findByRole('button', { name: 'Withdraw…' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Withdraw ART-1' }))
  await user.type(dialog.getByLabelText('Reason, for the audit trail'), 'New warning')
  expect(dialog.getByRole('button', { name: /^Withdraw/ })).toHaveAttribute('aria-disabled', 'true')
  tell(json({ count: 7, more: false, impacts: [impact] }))
  expect(await dialog.findByText('7 items that hold it leave or are marked as impacted')).toBeVisible()
  expect(dialog.getByText(/Dose by the label, GB en-GB: leaves its channels at once/)).toBeVisible()
  expect(dialog.getByText('and 6 more items')).toBeVisible()
  expect(dialog.getByRole('button', { name: /^Withdraw/ })).not.toHaveAttribute('aria-disabled')
  expect(calls.find((it) => it.url.pathname.endsWith('/impact'))?.url.search).toBe('?locale=en-GB&market=GB')
})
