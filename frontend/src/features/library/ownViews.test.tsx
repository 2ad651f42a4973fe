import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import { itemDetail, itemRow, NO_ITEMS, SIGNED_IN } from '@/test/fixtures'
import { renderApp, stubApi } from '@/test/render'

import { readViews } from './ownViewsOnDevice'

const API = { ...SIGNED_IN, 'GET /manage/v1/items': { ...NO_ITEMS, total: 1, items: [itemRow()] }, 'GET /manage/v1/items/*': itemDetail() }

test('chosen filters are saved as a tab of one’s own, and taking it away can be undone', async () => {
  stubApi(API)
  const { router } = renderApp('/content?market=GB&state=effective')

  await userEvent.click(await screen.findByRole('button', { name: 'Save view' }))
  await userEvent.type(await screen.findByLabelText('Name of the view'), 'Live in Britain{Enter}')
  expect(await screen.findByRole('tab', { name: 'Live in Britain', selected: true })).toBeVisible()

  await userEvent.click(screen.getByRole('tab', { name: 'Everything' }))
  await waitFor(() => expect(router.state.location.search).toEqual({}))
  await userEvent.click(screen.getByRole('tab', { name: 'Live in Britain' }))
  await waitFor(() => expect(router.state.location.search).toEqual({ market: 'GB', state: 'effective' }))

  await userEvent.click(screen.getByRole('button', { name: 'Remove the view Live in Britain' }))
  expect(screen.queryByRole('tab', { name: 'Live in Britain' })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Undo' }))
  expect(screen.getByRole('tab', { name: 'Live in Britain' })).toBeVisible()
})

test('a view of the product needs no second tab', async () => {
  stubApi(API)
  renderApp('/content?state=effective')

  await screen.findByRole('tab', { name: 'Effective', selected: true })
  expect(screen.queryByRole('button', { name: 'Save view' })).toBeNull()
})

test('a note of views that is broken, or names what is no filter, counts as none', () => {
  expect(readViews('{')).toEqual([])
  expect(readViews('[{"key":"a","label":"A","filters":{"owner":"me"}}]')).toEqual([])
  expect(readViews('[{"key":"a","label":"A","filters":{"state":"draft"}}]')).toHaveLength(1)
})
