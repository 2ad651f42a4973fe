import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import { ABOUT, NO_ITEMS, SIGNED_IN, WRITER } from '@/test/fixtures'
import { json, problem, renderApp, stubApi } from '@/test/render'

test('someone who is not signed in signs in and lands where they wanted to go', async () => {
  stubApi({
    ...SIGNED_IN,
    'GET /manage/v1/session': () => problem(401, 'unauthenticated', 'Sign in first'),
    'POST /manage/v1/session': WRITER,
    'GET /manage/v1/items': NO_ITEMS,
  })
  const { router } = renderApp('/content?q=dose')

  await userEvent.click(await screen.findByRole('button', { name: /Mara Lindqvist/ }))

  expect(await screen.findByRole('heading', { level: 1, name: 'Content' })).toBeVisible()
  expect(router.state.location.href).toBe('/content?q=dose')
})

test('a refused sign-in says so, keeps the name and forgets the password', async () => {
  stubApi({
    'GET /manage/v1/about': { ...ABOUT, demo: false, signIns: [] },
    'POST /manage/v1/session': () => problem(401, 'unauthenticated', 'Not signed in', 'User name or password is not right.'),
  })
  renderApp('/sign-in')

  await userEvent.type(await screen.findByLabelText('User name'), 'mara')
  await userEvent.type(screen.getByLabelText('Password'), 'wrong{Enter}')

  expect(await screen.findByRole('alert')).toHaveTextContent('User name or password is not right.')
  expect(screen.getByLabelText('User name')).toHaveValue('mara')
  expect(screen.getByLabelText('Password')).toHaveValue('')
})

test('an address of another origin is never followed after a sign-in', async () => {
  stubApi({ ...SIGNED_IN, 'POST /manage/v1/session': WRITER })
  const { router } = renderApp('/sign-in?next=%2F%2Fevil.example')

  await userEvent.click(await screen.findByRole('button', { name: /Mara Lindqvist/ }))

  expect(await screen.findByRole('heading', { level: 1, name: 'My work' })).toBeVisible()
  expect(router.state.location.href).toBe('/')
})

test('a server that fails at the start is an error with a retry, not a sign-in page', async () => {
  stubApi({ 'GET /manage/v1/session': () => json({ title: 'The database is away', status: 503, code: 'internal' }, 503) })
  renderApp('/')

  expect(await screen.findByRole('alert')).toHaveTextContent('The database is away')
})

test('an address that does not exist leads back', async () => {
  stubApi(SIGNED_IN)
  renderApp('/nowhere')

  expect(await screen.findByText('There is nothing at this address')).toBeVisible()
})

test('a session that ends in the middle of work leads to the sign-in page and back', async () => {
  stubApi({ ...SIGNED_IN, 'GET /manage/v1/items': () => problem(401, 'unauthenticated', 'Sign in first') })
  const { router } = renderApp('/content?q=dose')

  expect(await screen.findByText(/Your session ended/)).toBeVisible()
  expect(router.state.location.search).toMatchObject({ next: '/content?q=dose', ended: true })
})
