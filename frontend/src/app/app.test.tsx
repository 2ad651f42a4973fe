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

test('a person whose password somebody else set chooses one before anything else', async () => {
  const sent: unknown[] = []
  stubApi({
    ...SIGNED_IN,
    'GET /manage/v1/session': { ...WRITER, passwordChangeRequired: true },
    'PUT /manage/v1/session/password': ({ body }) => {
      sent.push(body)
      return new Response(null, { status: 204 })
    },
    'POST /manage/v1/session': WRITER,
    'GET /manage/v1/items': NO_ITEMS,
  })
  const { router } = renderApp('/content?q=dose')

  await userEvent.type(await screen.findByLabelText('Password you were given'), 'told by telephone')
  await userEvent.type(screen.getByLabelText('New password'), 'nobody else knows this')
  await userEvent.type(screen.getByLabelText('The new one again'), 'nobody else knows this{Enter}')

  expect(await screen.findByRole('heading', { level: 1, name: 'Content' })).toBeVisible()
  expect(sent).toEqual([{ oldPassword: 'told by telephone', newPassword: 'nobody else knows this' }])
  expect(router.state.location.href).toBe('/content?q=dose')
})

test('a server that fails at the start is an error with a retry, not a sign-in page', async () => {
  let away = true
  const away503 = () => json({ title: 'The database is away', status: 503, code: 'internal' }, 503)
  stubApi({ ...SIGNED_IN, 'GET /manage/v1/session': () => (away ? away503() : json(WRITER)), 'GET /manage/v1/items': NO_ITEMS })
  renderApp('/content')

  expect(await screen.findByRole('alert')).toHaveTextContent('The database is away')
  expect(screen.queryByLabelText('User name')).toBeNull()
  away = false
  await userEvent.click(screen.getByRole('button', { name: 'Retry' }))
  expect(await screen.findByRole('heading', { level: 1, name: 'Content' })).toBeVisible()
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

test('the first administrator sets a password by the link and is signed in; the token leaves the address', async () => {
  const { calls } = stubApi({ ...SIGNED_IN, 'POST /manage/v1/first-administrator': () => new Response(null, { status: 204 }), 'POST /manage/v1/session': WRITER })
  const { router } = renderApp('/first-administrator#token=one-time')

  await userEvent.type(await screen.findByLabelText('Password'), 'three long words')
  expect(router.state.location.hash).toBe('')
  expect(screen.getByRole('button', { name: /Set the password/ })).toHaveAttribute('aria-disabled', 'true')
  await userEvent.type(screen.getByLabelText('The same again'), 'three long words{Enter}')

  expect(await screen.findByRole('heading', { level: 1, name: 'My work' })).toBeVisible()
  expect(calls.filter((it) => it.method === 'POST').map((it) => it.body)).toEqual([
    { token: 'one-time', password: 'three long words' },
    { username: 'administrator', password: 'three long words' },
  ])
})

test('a first administrator’s link that was used is refused on its own page', async () => {
  stubApi({ ...SIGNED_IN, 'POST /manage/v1/first-administrator': () => problem(401, 'unauthenticated', 'Sign in first', 'This link was used or is too old.') })
  const { router } = renderApp('/first-administrator#token=used')

  await userEvent.type(await screen.findByLabelText('Password'), 'three long words')
  await userEvent.type(screen.getByLabelText('The same again'), 'three long words{Enter}')

  expect(await screen.findByRole('alert')).toHaveTextContent('used or is too old')
  expect(router.state.location.pathname).toBe('/first-administrator')
})
