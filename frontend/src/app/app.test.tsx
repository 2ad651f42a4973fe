import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import { json, problem, renderApp, stubApi } from '@/test/render'

const PERSON = { id: 'per_1', username: 'writer', displayName: 'Mara Lindqvist', roles: ['writer'], brands: ['*'], markets: ['GB'] }
const ABOUT = { name: 'Throughline', demo: true, signIns: [{ username: 'writer', password: 'pw', displayName: 'Mara Lindqvist', role: 'Medical writer', hint: 'Two drafts and a brief' }] }

test('someone who is not signed in signs in and lands where they wanted to go', async () => {
  stubApi({
    'GET /manage/v1/session': () => problem(401, 'unauthenticated', 'Sign in first'),
    'GET /manage/v1/about': ABOUT,
    'POST /manage/v1/session': PERSON,
    'GET /manage/v1/*': {},
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
  stubApi({ 'GET /manage/v1/about': ABOUT, 'POST /manage/v1/session': PERSON, 'GET /manage/v1/*': {} })
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
  stubApi({ 'GET /manage/v1/session': PERSON, 'GET /manage/v1/about': ABOUT })
  renderApp('/nowhere')

  expect(await screen.findByText('There is nothing at this address')).toBeVisible()
})
