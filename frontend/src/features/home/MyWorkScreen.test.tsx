import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import { itemDetail, itemRow, NO_WORK, SIGNED_IN } from '@/test/fixtures'
import { json, problem, renderApp, stubApi } from '@/test/render'

const APPROVAL = { id: 'apr_1', jobCode: 'GB-2026-0001', circulation: 1, itemId: 'itm_2', locale: 'en-GB', versionNumber: 4, versionSha256: 'a', market: 'GB', validFrom: '2026-11-01T00:00:00Z', validUntil: '2028-11-01T00:00:00Z', dateOfPreparation: '2026-11', approvedAt: '2026-11-20T09:00:00Z', certifiedBy: { id: 'p', displayName: 'Dr. Ada Okonjo' }, signatureId: 's' }
const WORK = { ...NO_WORK, drafts: [itemRow()], toPublish: [{ item: { id: 'itm_2', key: 'ART-2', title: 'Dose steps' }, approval: APPROVAL }] }

test('nothing to do says so and offers a way on', async () => {
  stubApi(SIGNED_IN)
  renderApp('/')

  expect(await screen.findByText('Nothing waits for you.')).toBeVisible()
  expect(screen.getByRole('button', { name: 'New item' })).toBeVisible()
})

test('a failure is told with a retry that works', async () => {
  let fails = true
  stubApi({ ...SIGNED_IN, 'GET /manage/v1/my-work': () => (fails ? problem(503, 'internal', 'Your work could not be read', 'Try again in a minute.') : json(WORK)) })
  renderApp('/')

  expect(await screen.findByRole('alert')).toHaveTextContent('Your work could not be read')
  fails = false
  await userEvent.click(screen.getByRole('button', { name: 'Retry' }))
  expect(await screen.findByRole('option', { name: /Starting in primary care/ })).toBeVisible()
})

test('J chooses the next entry, in the address too, and its findings stand beside it', async () => {
  stubApi({
    ...SIGNED_IN,
    'GET /manage/v1/my-work': WORK,
    'GET /manage/v1/items/itm_1/drafts/en-GB/findings': { findings: [{ code: 'x', severity: 'block', path: '/body', message: 'Link the safety information.', rule: 'US-2' }] },
  })
  const { router } = renderApp('/')

  expect(await screen.findByText('Link the safety information.')).toBeVisible()
  await userEvent.keyboard('j')

  expect(await screen.findByRole('heading', { name: 'Dose steps' })).toBeVisible()
  expect(router.state.location.search).toMatchObject({ chosen: 'publish:apr_1' })
})

test('publishing names its consequences and asks, then sends exactly the approval', async () => {
  const live = { id: 'pub_1', itemId: 'itm_2', locale: 'en-GB', market: 'GB', version: 3, approvalId: 'apr_0', jobCode: 'GB-2026-0000', state: 'effective' as const, effectiveFrom: '2026-01-01T00:00:00Z', effectiveUntil: '2028-01-01T00:00:00Z' }
  const item = itemDetail({ id: 'itm_2', key: 'ART-2', locales: [{ locale: 'en-GB', state: 'approved', title: 'Dose steps', jobs: [], publications: [live as never] }] })
  const { calls } = stubApi({ ...SIGNED_IN, 'GET /manage/v1/my-work': WORK, 'GET /manage/v1/items/itm_2': item, 'POST /manage/v1/items/itm_2/publications': {} })
  renderApp('/?chosen=publish:apr_1')

  const panel = await screen.findByRole('complementary')
  await userEvent.click(within(panel).getByRole('button', { name: 'Publish in GB…' }))
  const dialog = await screen.findByRole('dialog', { name: 'Publish v4 in GB' })
  expect(await within(dialog).findByText('It supersedes v3, which channels stop getting.')).toBeVisible()
  expect(calls.some((it) => it.method === 'POST')).toBe(false)
  await userEvent.click(within(dialog).getByRole('button', { name: 'Publish now' }))

  expect(await screen.findByText('v4 is effective in GB. Channels get it from now on.')).toBeVisible()
  expect(calls.find((it) => it.method === 'POST')?.body).toEqual({ locale: 'en-GB', market: 'GB', approvalId: 'apr_1' })
})

test('what the person wrote and what is impacted says why and what follows', async () => {
  const impact = { itemId: 'itm_5', key: 'ART-5', title: 'Dose by the label', locale: 'en-GB', market: 'GB', partId: 'itm_9', partKey: 'SAF-1', relation: 'safety-information', cause: 'withdrawn', reason: 'New warning', consequence: 'left', impactedAt: '2026-11-20T09:00:00Z' }
  stubApi({ ...SIGNED_IN, 'GET /manage/v1/my-work': { ...NO_WORK, impacted: [impact] } })
  renderApp('/')

  expect(await screen.findByRole('option', { name: /ART-5.*GB: SAF-1 was withdrawn/ })).toBeVisible()
  expect(await screen.findByText(/It leaves its channels at once/)).toBeVisible()
  expect(screen.getByText('New warning')).toBeVisible()
})
