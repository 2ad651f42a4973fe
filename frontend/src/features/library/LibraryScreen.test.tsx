import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import { itemDetail, itemRow, NO_ITEMS, SIGNED_IN } from '@/test/fixtures'
import { json, problem, renderApp, stubApi } from '@/test/render'

const PAGE = { ...NO_ITEMS, total: 2, items: [itemRow(), itemRow({ id: 'itm_2', key: 'ART-2', title: 'Dose steps', state: 'effective' })] }
const FOUND = { ...NO_ITEMS, total: 1, items: [itemRow({ titleHighlight: 'Dose &lt;b&gt; <mark>steps</mark>' })], facets: { ...NO_ITEMS.facets, state: [{ value: 'draft', count: 7 }] } }

test('typing asks for the words, keeps them in the address and marks what was found', async () => {
  const { calls } = stubApi({ ...SIGNED_IN, 'GET /manage/v1/items': (call: { url: URL }) => json(call.url.searchParams.has('q') ? FOUND : PAGE), 'GET /manage/v1/items/*': itemDetail() })
  const { router } = renderApp('/content')

  await userEvent.type(await screen.findByRole('searchbox'), 'steps')

  expect(await screen.findByText('steps', { selector: 'mark' })).toBeVisible()
  expect(screen.getByRole('option')).toHaveTextContent('Dose <b> steps')
  expect(router.state.location.search).toMatchObject({ q: 'steps' })
  expect(calls.filter((it) => it.url.searchParams.get('q') === 'steps')).toHaveLength(1)
})

test('a filter shows how many it would find and goes into the question', async () => {
  const { calls } = stubApi({ ...SIGNED_IN, 'GET /manage/v1/items': FOUND, 'GET /manage/v1/items/*': itemDetail() })
  renderApp('/content')

  await screen.findByRole('option')
  await userEvent.click(screen.getByRole('button', { name: 'State' }))
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Draft' }))

  await waitFor(() => expect(calls.some((it) => it.url.searchParams.get('state') === 'draft')).toBe(true))
  expect(screen.getByText('7')).toBeVisible()
})

test('nothing found offers to clear the filters', async () => {
  stubApi({ ...SIGNED_IN, 'GET /manage/v1/items': NO_ITEMS })
  const { router } = renderApp('/content?q=zzz&state=draft')

  await userEvent.click(await screen.findByRole('button', { name: 'Clear all filters' }))

  await waitFor(() => expect(router.state.location.search).toEqual({}))
  expect(await screen.findByText('There is no content yet.')).toBeVisible()
})

test('a search that fails is told apart from one that finds nothing', async () => {
  stubApi({ ...SIGNED_IN, 'GET /manage/v1/items': () => problem(503, 'search-unavailable', 'The search does not answer') })
  renderApp('/content')

  expect(await screen.findByRole('alert')).toHaveTextContent('The search does not answer')
  expect(screen.queryByText('There is no content yet.')).toBeNull()
})

test('a next page that fails keeps the first and offers to try again', async () => {
  stubApi({
    ...SIGNED_IN,
    'GET /manage/v1/items': (call: { url: URL }) => (call.url.searchParams.has('after') ? problem(503, 'search-unavailable', 'The search does not answer') : json({ ...PAGE, total: 99, nextCursor: 'c1' })),
    'GET /manage/v1/items/*': itemDetail(),
  })
  renderApp('/content')

  await userEvent.click(await screen.findByRole('button', { name: 'Show more' }))

  expect(await screen.findByText(/What you see may not be all/)).toBeVisible()
  expect(screen.getAllByRole('option')).toHaveLength(2)
})

test('the address holds the chosen item and J moves it', async () => {
  stubApi({ ...SIGNED_IN, 'GET /manage/v1/items': PAGE, 'GET /manage/v1/items/*': itemDetail() })
  const { router } = renderApp('/content')

  await screen.findAllByRole('option')
  await userEvent.keyboard('j')

  expect(router.state.location.search).toMatchObject({ chosen: 'itm_2/en-GB' })
  expect(await within(screen.getByRole('complementary')).findByRole('heading', { name: 'Dose steps' })).toBeVisible()
})

test('a new item is refused with its reason and keeps what was typed', async () => {
  stubApi({ ...SIGNED_IN, 'GET /manage/v1/items': PAGE, 'GET /manage/v1/items/*': itemDetail(), 'POST /manage/v1/items': () => problem(403, 'forbidden', 'Not your brand', 'Ask an administrator for the brand.') })
  renderApp('/content?dialog=new')

  await userEvent.type(await screen.findByRole('textbox', { name: 'Title' }), 'A new text')
  await userEvent.click(screen.getByRole('button', { name: 'Create and open' }))

  expect(await screen.findByRole('alert')).toHaveTextContent('Ask an administrator for the brand.')
  expect(screen.getByRole('textbox', { name: 'Title' })).toHaveValue('A new text')
})
