import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import type { Schema } from '@/api/types'
import { SIGNED_IN, WRITER } from '@/test/fixtures'
import { problem, renderApp, stubApi } from '@/test/render'

import { fitting, stateOf, temporaryPassword } from './people/accounts'

const ADMIN: Schema<'Person'> = { ...WRITER, id: 'per_9', username: 'admin', displayName: 'Robin Achterberg', initials: 'RA', roles: ['administrator'] }
const SECOND: Schema<'Person'> = { ...ADMIN, id: 'per_8', username: 'admin.two', displayName: 'Ines Dorn', initials: 'ID' }
const AMARI: Schema<'Person'> = { ...WRITER, id: 'per_2', username: 'dr.amari', displayName: 'Dr. Selin Amâri', initials: 'SA', roles: ['medical-reviewer'], brands: ['velorix'], markets: ['GB'] }

function account(person: Schema<'Person'>, part: Partial<Schema<'Account'>> = {}): Schema<'Account'> {
  return { person, suspended: false, ...part }
}

const ALL = [account(ADMIN), account(SECOND), account(WRITER), account(AMARI)]
const api = (people: readonly Schema<'Account'>[] = ALL, me = ADMIN) => ({ ...SIGNED_IN, 'GET /manage/v1/session': me, 'GET /manage/v1/people': { people } })

test('a name is found without its accents, and who has every brand has each', () => {
  expect(fitting(ALL, { q: 'amari' }).map((it) => it.person.id)).toEqual(['per_2'])
  expect(fitting(ALL, { brand: 'velorix' })).toHaveLength(4)
  expect(fitting(ALL, { brand: 'other' })).toHaveLength(3)
  expect(fitting(ALL, { role: 'medical-reviewer', market: 'DE' })).toEqual([])
  expect(stateOf(account({ ...AMARI, signingEnabled: false, passwordChangeRequired: true }))).toBe('password-open')
})

test('a temporary password is long, has no letters that are mistaken, and is another each time', () => {
  const made = new Set(Array.from({ length: 50 }, temporaryPassword))
  expect(made.size).toBe(50)
  for (const it of made) expect(it).toMatch(/^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/)
})

test('an administrator creates a person and sees the temporary password once', async () => {
  const { calls } = stubApi({ ...api(), 'POST /manage/v1/people': { ...AMARI, id: 'per_7', displayName: 'Noa Lund', username: 'noa.lund', signingEnabled: false } })
  renderApp('/administration/people')

  await userEvent.click(await screen.findByRole('button', { name: /New person/ }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.type(within(dialog).getByLabelText('Name'), 'Noa Lund')
  await userEvent.type(within(dialog).getByLabelText('User name'), 'noa.lund')
  await userEvent.click(within(dialog).getByLabelText('Legal reviewer'))
  await userEvent.click(within(dialog).getByLabelText('Velorix'))
  await userEvent.click(within(dialog).getByLabelText('United Kingdom'))
  await userEvent.click(within(dialog).getByRole('button', { name: 'Create the person' }))

  expect(await screen.findByText(/Hand this password over now/)).toBeVisible()
  const body = calls.find((it) => it.method === 'POST')?.body as Schema<'NewPerson'>
  expect(body).toMatchObject({ displayName: 'Noa Lund', username: 'noa.lund', roles: ['legal-reviewer'], brands: ['velorix'], markets: ['GB'], identityVerified: false })
  expect(screen.getByText(body.password)).toBeVisible()
  expect(screen.getByText(/Signing waits until an administrator/)).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'I have kept it' }))
  await waitFor(() => expect(screen.queryByText(body.password)).not.toBeInTheDocument())
})

test('roles are changed with a reason, and a refusal keeps the choices', async () => {
  let refuse = true
  const { calls } = stubApi({
    ...api(),
    'PUT /manage/v1/people/per_2/access': () => (refuse ? problem(403, 'forbidden', 'Not allowed', 'The market is not yours to give.') : new Response(JSON.stringify(AMARI))),
  })
  renderApp('/administration/people?person=per_2')

  await userEvent.click(await screen.findByRole('button', { name: /Change what they may do/ }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.click(within(dialog).getByLabelText('Final signatory'))
  await userEvent.click(within(dialog).getByLabelText('Every market'))
  await userEvent.type(within(dialog).getByLabelText('Reason'), 'Signs from now on')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }))
  expect(await within(dialog).findByText(/not yours to give/)).toBeVisible()
  expect(within(dialog).getByLabelText('Final signatory')).toBeChecked()

  refuse = false
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
  expect(calls.filter((it) => it.method === 'PUT').at(-1)?.body).toEqual({ roles: ['medical-reviewer', 'signatory'], brands: ['velorix'], markets: ['*'], reason: 'Signs from now on' })
})

test('after a reset, who did it is told who can confirm; another administrator confirms with how they made sure', async () => {
  const reset = [...ALL.slice(0, 3), account({ ...AMARI, signingEnabled: false, passwordChangeRequired: true }, { passwordResetBy: ADMIN.id })]
  stubApi(api(reset))
  renderApp('/administration/people?person=per_2')
  const panel = await screen.findByRole('complementary', { name: 'Chosen person' })
  expect(await within(panel).findByText(/You reset this password, so another administrator has to confirm.*Ines Dorn can/)).toBeVisible()
  expect(within(panel).queryByRole('button', { name: /Confirm their identity/ })).not.toBeInTheDocument()
  expect(within(panel).getByText(/signs nothing/)).toBeVisible()
})

test('another administrator confirms', async () => {
  const reset = [...ALL.slice(0, 3), account({ ...AMARI, signingEnabled: false }, { passwordResetBy: ADMIN.id })]
  const { calls } = stubApi({ ...api(reset, SECOND), 'POST /manage/v1/people/per_2/identity-confirmation': () => new Response(null, { status: 204 }) })
  renderApp('/administration/people?person=per_2')
  await userEvent.click(await screen.findByRole('button', { name: /Confirm their identity/ }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.type(within(dialog).getByLabelText('Reason'), 'Called at the number in the staff list')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Confirm the identity' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
  expect(calls.find((it) => it.method === 'POST')?.body).toEqual({ reason: 'Called at the number in the staff list' })
})

test('a reset shows the temporary password once and says that signing waits', async () => {
  const { calls } = stubApi({ ...api(), 'POST /manage/v1/people/per_2/password-reset': () => new Response(null, { status: 204 }) })
  renderApp('/administration/people?person=per_2')
  await userEvent.click(await screen.findByRole('button', { name: /Reset the password/ }))
  const dialog = await screen.findByRole('dialog')
  await userEvent.type(within(dialog).getByLabelText('Reason'), 'Forgotten')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Reset the password' }))
  const { password } = calls.find((it) => it.method === 'POST')?.body as Schema<'PasswordReset'>
  expect(await screen.findByText(password)).toBeVisible()
  expect(screen.getByText(/another administrator has confirmed/)).toBeVisible()
})

test('nobody changes themselves, and who is no administrator asks for nobody', async () => {
  stubApi(api())
  renderApp('/administration/people?person=per_9')
  const panel = await screen.findByRole('complementary', { name: 'Chosen person' })
  expect(await within(panel).findByText(/This is you/)).toBeVisible()
  expect(within(panel).queryByRole('button')).not.toBeInTheDocument()
})

test('who is no administrator reads whom to ask', async () => {
  const { calls } = stubApi(SIGNED_IN)
  renderApp('/administration/people')
  expect(await screen.findByText('People are not yours to see.')).toBeVisible()
  expect(calls.some((it) => it.url.pathname === '/manage/v1/people')).toBe(false)
})

test('nobody who fits, and a list that fails, are two different things', async () => {
  stubApi(api())
  renderApp('/administration/people?q=zzz')
  expect(await screen.findByText('Nobody fits.')).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'Show everybody' }))
  expect(await screen.findByRole('option', { name: /Ines Dorn/ })).toBeVisible()
})

test('a list that fails says so', async () => {
  stubApi({ ...api(), 'GET /manage/v1/people': () => problem(503, 'busy', 'Busy') })
  renderApp('/administration/people')
  expect(await screen.findByText('Busy')).toBeVisible()
})
