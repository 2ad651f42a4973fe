import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import { SIGNED_IN } from '@/test/fixtures'
import { renderApp, stubApi } from '@/test/render'

const ADMIN = { ...SIGNED_IN['GET /manage/v1/session'], roles: ['administrator'] }
const BROKEN = {
  state: 'broken',
  count: 1_016,
  startedBy: 'Throughline',
  startedAt: '2026-12-01T02:40:00Z',
  finishedAt: '2026-12-01T02:41:00Z',
  anchor: { roots: 12, lastAt: '2026-12-01T02:39:00Z', unanchored: 3, unanchoredSince: '2026-12-01T02:39:30Z' },
  kinds: [
    { kind: 'entry', state: 'intact', checked: 1_016, findings: 0 },
    { kind: 'strategy-approval', state: 'intact', checked: 0, findings: 0 },
    { kind: 'approval', state: 'broken', checked: 156, findings: 1 },
  ],
  findings: [{ kind: 'approval', id: 'apr_1', what: 'market was “GB”, is “FR”', since: '2026-11-30T02:40:00Z' }],
}
const API = { ...SIGNED_IN, 'GET /manage/v1/session': ADMIN, 'GET /manage/v1/audit/verification/last': BROKEN }

test('what was altered stands first, with what differs; each kind says its state, and what is not anchored its age', async () => {
  stubApi(API)
  renderApp('/administration/audit-trail')

  const findings = await screen.findByRole('region', { name: 'Findings' })
  expect(within(findings).getByText(/market was “GB”, is “FR”/)).toBeVisible()
  expect(within(screen.getByRole('row', { name: /^Approvals/ })).getByText('Altered')).toBeVisible()
  expect(within(screen.getByRole('row', { name: /^Audit entries/ })).getByText('As it was made')).toBeVisible()
  expect(within(screen.getByRole('row', { name: /^Strategy approvals/ })).getByText('None yet')).toBeVisible()
  const panel = screen.getByRole('complementary', { name: 'Last verification' })
  expect(within(panel).getByText('Records were altered')).toBeVisible()
  expect(within(panel).getByText(/^3 entries, the oldest written/)).toBeVisible()
})

test('an administrator starts a verification and sees that it runs', async () => {
  const running = { state: 'running', startedBy: 'Mara', startedAt: '2026-12-01T03:00:00Z', kinds: [{ kind: 'entry', state: 'running', checked: 10, findings: 0 }], findings: [] }
  const { calls } = stubApi({ ...API, 'GET /manage/v1/audit/verification/last': { state: 'not-run', kinds: [], findings: [] }, 'POST /manage/v1/audit/verification': running })
  renderApp('/administration/audit-trail')

  expect(await screen.findByText('Nothing was verified yet.')).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'Verify everything' }))
  expect(await screen.findByText('Being checked')).toBeVisible()
  expect(calls.filter((it) => it.method === 'POST')).toHaveLength(1)
  expect(screen.getByRole('link', { name: 'Administration' })).toBeVisible()
})

test('who is no administrator has no such place in the navigation', async () => {
  stubApi(SIGNED_IN)
  renderApp('/')

  expect(await screen.findByRole('link', { name: /Content/ })).toBeVisible()
  expect(screen.queryByRole('link', { name: 'Administration' })).not.toBeInTheDocument()
})
