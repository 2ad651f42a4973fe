import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import { itemDetail, itemRow, SIGNED_IN } from '@/test/fixtures'
import { renderApp, stubApi } from '@/test/render'

const FIELDS = [
  { name: 'title', label: 'Title', widget: 'text' },
  { name: 'rules', label: 'Rules', widget: 'rules' },
]

function editor(document: object, findings: readonly object[] = []) {
  const draft = { itemId: 'itm_1', key: 'ART-1', type: 'article', kind: 'non-promotional', locale: 'en-GB', revision: 1, updatedBy: { id: 'per_1', displayName: 'Mara Lindqvist' }, updatedAt: '2026-11-21T09:00:00Z' }
  const answer = (body: object, revision: number) => new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json', ETag: `"r${revision}"` } })
  const api = stubApi({
    ...SIGNED_IN,
    'GET /manage/v1/content-types': { types: [{ type: 'article', title: 'Article', plural: 'Articles', prefix: 'ART', slots: ['lead'], fields: FIELDS, requiredToSubmit: [], schema: {} }] },
    'GET /manage/v1/items': { items: [itemRow({ id: 'itm_2', key: 'CLM-7', title: 'The other claim' })], total: 1, facets: { type: [], state: [], kind: [], brand: [], audience: [], stage: [], need: [] } },
    'GET /manage/v1/items/itm_2': itemDetail({ id: 'itm_2', key: 'CLM-7' }),
    'GET /manage/v1/items/itm_1/drafts/en-GB': () => answer({ ...draft, document, findings }, 1),
    'PUT /manage/v1/items/itm_1/drafts/en-GB': (call) => answer({ ...draft, revision: 2, document: (call.body as { document: object }).document, findings: [] }, 2),
    'GET /manage/v1/items/*': itemDetail({ locales: [{ locale: 'en-GB', state: 'draft', title: 'Starting', draft: { revision: 1, updatedAt: '2026-11-21T09:00:00Z', updatedBy: { id: 'per_1', displayName: 'Mara Lindqvist' } }, jobs: [], publications: [] }] }),
  })
  renderApp('/content/itm_1')
  return api
}

test('a rule is added in plain words and saved with the text', async () => {
  const user = userEvent.setup()
  const api = editor({ title: 'Starting' })
  await user.click(await screen.findByRole('button', { name: 'Add a rule' }))
  const dialog = await screen.findByRole('dialog', { name: 'Add a rule' })
  await user.selectOptions(within(dialog).getByLabelText('This item may be used'), 'At most so often')
  await user.selectOptions(within(dialog).getByLabelText('Counted'), 'for one person')
  await user.type(within(dialog).getByLabelText('What to do when it is broken'), 'Show it once.')
  await user.type(within(dialog).getByLabelText('Regulation, if one asks for it'), 'US-2')
  await user.click(within(dialog).getByRole('button', { name: 'Add the rule' }))
  expect(await screen.findByText('At most once for one person')).toBeInTheDocument()
  await waitFor(() => expect(api.calls.some((it) => it.method === 'PUT')).toBe(true), { timeout: 5000 })
  const saved = api.calls.find((it) => it.method === 'PUT')?.body as { document: { rules: readonly object[] } }
  expect(saved.document.rules).toMatchObject([{ type: 'maxUse', times: 1, per: 'person', message: 'Show it once.', source: 'US-2' }])
})

test('a rule stands there in words with its findings, and can be taken out', async () => {
  const user = userEvent.setup()
  const rule = { id: 'rul_1', type: 'excludes', items: ['itm_2'], message: 'Keep them apart.', source: 'usr_1' }
  editor({ title: 'Starting', rules: [rule] }, [{ code: 'item-excluded', severity: 'block', path: '/rules/0/items/0', message: 'Name another item.', rule: 'rul_1' }])
  expect(await screen.findByText('Never together with CLM-7')).toBeInTheDocument()
  expect(screen.getAllByText('Name another item.').length).toBeGreaterThan(0)
  expect(screen.getAllByText(/rul_1/).length).toBeGreaterThan(1)
  await user.click(screen.getByRole('button', { name: 'Remove the rule “Never together with CLM-7”' }))
  expect(await screen.findByText(/^None of its own/)).toBeInTheDocument()
})
