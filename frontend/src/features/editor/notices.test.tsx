import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import type { Schema } from '@/api/types'
import { itemDetail, SIGNED_IN } from '@/test/fixtures'
import { json, renderApp, stubApi } from '@/test/render'

const draft: Schema<'Draft'> = {
  itemId: 'itm_1', key: 'ART-1', type: 'article', kind: 'non-promotional', locale: 'en-GB', revision: 3, findings: [],
  document: { title: 'Starting', body: 'Risk fell [@ref_1].', references: [{ id: 'ref_1', csl: { type: 'article-journal', title: 'A trial of many', DOI: '10.5555/trial.1' } }] },
  updatedBy: { id: 'per_1', displayName: 'Mara Lindqvist' }, updatedAt: '2026-11-21T09:00:00Z',
} as unknown as Schema<'Draft'>

const impact: Schema<'Impact'> = { itemId: 'itm_1', key: 'ART-1', title: 'Starting', locale: 'en-GB', market: 'GB', partId: 'ref_1', partKey: 'A trial of many', relation: 'reference', cause: 'withdrawn', reason: 'Figure 2 was fabricated.', consequence: 'left', impactedAt: '2026-11-20T09:00:00Z' }

const answers = (roles: readonly string[]) => ({
  ...SIGNED_IN,
  'GET /manage/v1/session': { ...SIGNED_IN['GET /manage/v1/session'], roles },
  'GET /manage/v1/content-types': { types: [{ type: 'article', title: 'Article', plural: 'Articles', prefix: 'ART', slots: [], fields: [{ name: 'title', label: 'Title', widget: 'text' }, { name: 'body', label: 'Text', widget: 'markdown' }, { name: 'references', label: 'References', widget: 'references' }], requiredToSubmit: [], schema: {} }] },
  'GET /manage/v1/items/itm_1': itemDetail({ impacts: [impact], locales: [{ locale: 'en-GB', state: 'impacted', title: 'Starting', jobs: [], publications: [], draft: { revision: 3, updatedAt: draft.updatedAt, updatedBy: draft.updatedBy } as never }] }),
  'GET /manage/v1/items/itm_1/approvals': { approvals: [] },
  'GET /manage/v1/items/itm_1/drafts/en-GB': () => json(draft, 200, { ETag: '"r3"' }),
  'GET /manage/v1/items/itm_1/drafts/en-GB/annotations': { itemId: 'itm_1', locale: 'en-GB', revision: 3, reviews: [] },
})

test('the item says what it holds that is not sound any more, and what to do', async () => {
  stubApi(answers(['writer']))
  renderApp('/content/itm_1')
  expect(await screen.findByRole('heading', { name: 'Impacted' })).toBeVisible()
  expect(screen.getByText(/A trial of many was withdrawn on .*: Figure 2 was fabricated\./)).toBeVisible()
  expect(screen.getByText('It left its channels. Rest it on another work and submit it again.')).toBeVisible()
})

test('a retraction names what leaves before it is recorded', async () => {
  const user = userEvent.setup()
  const { calls } = stubApi({
    ...answers(['signatory']),
    'GET /manage/v1/references/ref_1/notices/impact': { count: 1, more: false, impacts: [impact] },
    'POST /manage/v1/references/ref_1/notices': () => json({ id: 'ntc_1', referenceId: 'ref_1', kind: 'retracted', noticedOn: '2026-11-01', reason: 'Figure 2 was fabricated.', recordedBy: 'per_1', recordedAt: '2026-11-21T09:00:00Z' }, 201),
  })
  renderApp('/content/itm_1?panel=evidence')
  await user.click(await screen.findByRole('button', { name: 'Record a notice about reference 1' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Record a notice about this work' }))
  expect(await dialog.findByText('1 item that holds it leaves or is marked as impacted')).toBeVisible()
  expect(dialog.getByRole('button', { name: /^Record/ })).toHaveAttribute('aria-disabled', 'true')
  await user.type(dialog.getByLabelText('Date of the notice'), '2026-11-01')
  await user.type(dialog.getByLabelText('Reason, in a sentence'), 'Figure 2 was fabricated.')
  await user.click(dialog.getByRole('button', { name: /^Record/ }))
  expect(await screen.findByText('Recorded. What cites the work is marked.')).toBeVisible()
  expect(calls.find((it) => it.method === 'POST')?.body).toEqual({ kind: 'retracted', noticedOn: '2026-11-01', reason: 'Figure 2 was fabricated.' })
})

test('a writer records no notice', async () => {
  stubApi(answers(['writer']))
  renderApp('/content/itm_1?panel=evidence')
  expect(await screen.findByRole('button', { name: 'Cite reference 1' })).toBeVisible()
  expect(screen.queryByRole('button', { name: /Record a notice/ })).toBeNull()
})
