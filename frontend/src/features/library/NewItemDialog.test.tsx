import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import { NO_ITEMS, SIGNED_IN } from '@/test/fixtures'
import { json, renderApp, stubApi } from '@/test/render'

const type = (name: string, title: string) => ({ type: name, title, plural: title, prefix: 'X', slots: [], fields: [], requiredToSubmit: ['/text'], schema: {} })

test.each([
  ['claim', 'Claim'],
  ['standard-response', 'Standard response'],
])('a %s begins with a title alone', async (name, title) => {
  const { calls } = stubApi({
    ...SIGNED_IN,
    'GET /manage/v1/content-types': { types: [type('article', 'Article'), type('claim', 'Claim'), type('standard-response', 'Standard response')] },
    'GET /manage/v1/items': NO_ITEMS,
    'POST /manage/v1/items': () => json({ id: 'itm_9', key: 'NEW-9', type: name, kind: 'non-promotional', createdBy: { id: 'per_1', displayName: 'Mara Lindqvist' }, createdAt: '2026-11-21T09:00:00Z', locale: 'en-GB', revision: 1, findings: [] }, 201),
    'GET /manage/v1/items/*': () => json({ title: 'x', status: 404, code: 'not-found' }, 404),
  })
  const { router } = renderApp('/content?dialog=new')

  await userEvent.type(await screen.findByRole('textbox', { name: 'Title' }), 'Lowers the risk')
  await userEvent.click(screen.getByRole('combobox', { name: 'Type' }))
  await userEvent.click(await screen.findByRole('option', { name: title }))
  await userEvent.click(screen.getByRole('button', { name: 'Create and open' }))

  await vi.waitFor(() => expect(router.state.location.pathname).toBe('/content/NEW-9'))
  expect(calls.find((it) => it.method === 'POST')?.body).toEqual({ type: name, kind: 'non-promotional', locale: 'en-GB', document: { title: 'Lowers the risk' } })
})

test('what the server refuses stands at its field, and what was typed is kept', async () => {
  stubApi({
    ...SIGNED_IN,
    'GET /manage/v1/items': NO_ITEMS,
    'POST /manage/v1/items': () =>
      json({ type: '/problems/validation-failed', status: 422, code: 'validation-failed', title: 'The content breaks its rules', errors: [{ code: 'too-short', path: '/title', message: 'Write something here.' }] }, 422),
  })
  renderApp('/content?dialog=new')

  await userEvent.type(await screen.findByRole('textbox', { name: 'Title' }), 'Lowers')
  await userEvent.click(screen.getByRole('button', { name: 'Create and open' }))

  expect((await screen.findAllByText(/Write something here/))[0]).toBeVisible()
  expect(screen.getByRole('textbox', { name: 'Title' })).toHaveValue('Lowers')
})
