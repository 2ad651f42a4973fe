import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import { renderApp, stubApi } from '@/test/render'

const TOKEN = { id: 'pvt_1', channelId: 'chn_1', name: 'Staging portal', prefix: 'tlp_8fQ2abcd', markets: ['GB'], locales: ['en-GB'], kinds: ['promotional'], madeBy: 'Chris Channels', expiresAt: '2099-11-01T00:00:00Z' }
const OVER = { ...TOKEN, id: 'pvt_2', name: 'Last week', expiresAt: '2020-01-01T00:00:00Z' }
const API = {
  'GET /manage/v1/session': { id: 'per_1', username: 'c', displayName: 'C', initials: 'C', roles: ['channel-manager'], brands: ['*'], markets: ['*'], signingEnabled: false },
  'GET /manage/v1/about': { name: 'Throughline', demo: false, signIns: [] },
  'GET /manage/v1/my-work': { reviewsDue: [], toCertify: [], sentBack: [], drafts: [], toPublish: [], expiring: [], withdrawals: [], recalls: [] },
  'GET /manage/v1/vocabularies': { schemes: [] },
  'GET /manage/v1/brands': { brands: [] },
  'GET /manage/v1/markets': { markets: [{ market: 'GB', name: 'United Kingdom', locales: ['en-GB'], localeFallback: {}, disciplines: {}, signatory: { registrationNumberRequired: true, registrationName: 'GMC' }, approvalMaxMonths: 24, promotionToPublicAllowed: false }] },
  'GET /manage/v1/content-types': { types: [] },
  'GET /manage/v1/channels': { channels: [{ id: 'chn_1', key: 'web', name: 'heartline.example', kind: 'web', keys: [] }, { id: 'chn_2', key: 'email', name: 'Campaign e-mail', kind: 'email', keys: [] }] },
  'GET /manage/v1/preview-tokens': { tokens: [TOKEN, OVER] },
}

test('tokens stand under their channels, with whose eyes they have; one that is over is not revoked', async () => {
  stubApi(API)
  const { router } = renderApp('/channels/previews?token=pvt_1')

  const panel = await screen.findByRole('complementary', { name: 'Chosen preview token' })
  expect(await within(panel).findByText('Chris Channels')).toBeVisible()
  expect(within(panel).getByText('/preview/v1')).toBeVisible()
  expect(screen.getByText('Expired 1 Jan 2020')).toBeVisible()
  expect(screen.getByText('Nobody looks at drafts in this channel.')).toBeVisible()
  await router.navigate({ to: '/channels/previews', search: { token: 'pvt_2' } })
  expect(await within(panel).findByRole('heading', { name: 'Last week' })).toBeVisible()
  expect(screen.queryByRole('button', { name: 'Revoke…' })).not.toBeInTheDocument()
})

test('a new token is asked for with the smallest scope and shown once', async () => {
  const { calls } = stubApi({ ...API, 'POST /manage/v1/channels/chn_1/preview-tokens': { ...TOKEN, secret: 'tlp_only_here' } })
  renderApp('/channels/previews')

  await userEvent.click(await screen.findByRole('button', { name: /Make a preview token/ }))
  await userEvent.type(await screen.findByLabelText('Name'), 'Staging portal')
  await userEvent.click(await screen.findByLabelText(/United Kingdom/))
  await userEvent.click(screen.getByLabelText('Promotional'))
  await userEvent.click(screen.getByRole('button', { name: 'Make the token' }))

  expect(await screen.findByText('tlp_only_here')).toBeVisible()
  expect(calls.find((it) => it.method === 'POST')?.body).toMatchObject({ name: 'Staging portal', markets: ['GB'], locales: ['en-GB'], kinds: ['promotional'] })
  await userEvent.click(screen.getByRole('button', { name: 'I have kept it' }))
  expect(screen.queryByText('tlp_only_here')).not.toBeInTheDocument()
})

test('a token is revoked with its reason', async () => {
  const { calls } = stubApi({ ...API, 'POST /manage/v1/preview-tokens/pvt_1/revocation': { ...TOKEN, revokedAt: '2026-11-22T04:00:00Z' } })
  renderApp('/channels/previews?token=pvt_1')

  await userEvent.click(await screen.findByRole('button', { name: 'Revoke…' }))
  await userEvent.type(await screen.findByLabelText('Reason'), 'The campaign is out')
  await userEvent.click(screen.getByRole('button', { name: 'Revoke the token' }))

  expect(await screen.findByText('Staging portal was revoked')).toBeVisible()
  expect(calls.find((it) => it.method === 'POST')?.body).toEqual({ reason: 'The campaign is out' })
})

test('who may not make tokens is told who may', async () => {
  stubApi({ ...API, 'GET /manage/v1/session': { ...API['GET /manage/v1/session'], roles: ['writer'] } })
  renderApp('/channels/previews')

  const make = await screen.findByRole('button', { name: /Make a preview token/ })
  expect(make).toHaveAttribute('aria-disabled', 'true')
})
