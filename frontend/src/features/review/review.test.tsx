import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import { problem, renderApp, stubApi, json } from '@/test/render'

import type { Job } from './api'

const sha256 = 'a'.repeat(64)
const mara = { id: 'psn_1', displayName: 'Mara Lindqvist' }
const amari = { id: 'psn_2', username: 'dr.amari', displayName: 'Dr. Selin Amari', initials: 'SA', roles: ['medical-reviewer'], brands: ['*'], markets: ['*'], signingEnabled: true }

const job: Job = {
  code: 'GB-2026-0412',
  id: 'job_1',
  item: { id: 'itm_1', key: 'ART-12', title: 'Starting Velorix', type: 'article', kind: 'promotional' },
  locale: 'en-GB',
  market: 'GB',
  dateOfPreparation: '2026-11',
  state: 'in-review',
  openedBy: mara,
  openedAt: '2026-11-18T09:00:00Z',
  circulations: [{ number: 1, version: 1, startedAt: '2026-11-18T09:00:00Z' }],
  tasks: [{ id: 't1', discipline: 'medical', state: 'open' }],
  version: { number: 1, sha256, document: { title: 'Starting Velorix' }, html: '<p>Begin low.</p>' },
  rendition: { sha256, parts: [] },
  annotations: [],
  signatures: [],
  may: { verdicts: ['medical'], certify: false, annotate: true, resubmit: false },
  firstSigning: true,
  consequences: { approve: ['A signatory can certify it.'], 'approve-with-changes': ['Your comment becomes a required change.'], 'revise-and-resubmit': ['The circulation ends.'], reject: ['The job ends.'] },
}

const answers = {
  'GET /manage/v1/session': amari,
  'GET /manage/v1/about': { name: 'Throughline', demo: false, signIns: [] },
  'GET /manage/v1/my-work': { reviewsDue: [], toCertify: [], sentBack: [], drafts: [], toPublish: [], expiring: [], withdrawals: [], recalls: [] },
  'GET /manage/v1/vocabularies': { schemes: [] },
  'GET /manage/v1/brands': { brands: [] },
  'GET /manage/v1/markets': { markets: [] },
  'GET /manage/v1/content-types': { types: [] },
  'GET /manage/v1/jobs': { jobs: [] },
  'GET /manage/v1/jobs/GB-2026-0412': job,
  'GET /manage/v1/jobs/GB-2026-0412/changes': { unchanged: 0, changes: [{ id: 'b1', kind: 'added', field: 'body', heading: 'How to start', words: [{ op: 'ins', text: 'Begin low.' }] }] },
}

// A password field has no role to ask for.
const password = () => document.querySelector<HTMLInputElement>('input[type="password"]')!

async function openRoom(more: Parameters<typeof stubApi>[0] = {}) {
  const { calls } = stubApi({ ...answers, ...more })
  renderApp('/review/GB-2026-0412')
  return { calls, verdict: within(await screen.findByRole('region', { name: 'Verdict' })) }
}

test('a first version says how much is new', async () => {
  await openRoom()
  expect(await screen.findByRole('heading', { name: 'New: 1 block' })).toBeVisible()
})

test('the consequences of a verdict stand there before it is signed', async () => {
  const { verdict } = await openRoom()
  expect(verdict.queryByText('The job ends.')).toBeNull()

  await userEvent.click(verdict.getByRole('radio', { name: 'Reject' }))

  expect(verdict.getByText('The job ends.')).toBeVisible()
})

test('every verdict but approve needs a comment', async () => {
  const { verdict } = await openRoom()
  await userEvent.type(verdict.getByRole('textbox', { name: 'User ID' }), 'dr.amari')
  await userEvent.type(password(), 'secret')
  const sign = verdict.getByRole('button', { name: /Sign and give verdict/ })

  await userEvent.click(verdict.getByRole('radio', { name: 'Approve with changes' }))
  expect(sign).toHaveAttribute('aria-disabled', 'true')
  await userEvent.type(verdict.getByRole('textbox', { name: 'Comment: what must change' }), 'Dose?')
  expect(sign).not.toHaveAttribute('aria-disabled')
})

test('a refused signature is told beside the form and keeps the verdict and the comment, not the password', async () => {
  const { verdict } = await openRoom({ 'POST /manage/v1/jobs/GB-2026-0412/verdicts': () => problem(403, 'signature-refused', 'The signature was refused', 'User ID or password is wrong.') })
  await userEvent.click(verdict.getByRole('radio', { name: 'Approve with changes' }))
  await userEvent.type(verdict.getByRole('textbox', { name: 'Comment: what must change' }), 'Dose?')
  await userEvent.type(verdict.getByRole('textbox', { name: 'User ID' }), 'dr.amari')
  await userEvent.type(password(), 'wrong')
  await userEvent.click(verdict.getByRole('button', { name: /Sign and give verdict/ }))

  expect(await verdict.findByRole('alert')).toHaveTextContent('User ID or password is wrong.')
  expect(verdict.getByRole('textbox', { name: 'Comment: what must change' })).toHaveValue('Dose?')
  expect(verdict.getByRole('radio', { name: 'Approve with changes' })).toBeChecked()
  await waitFor(() => expect(password()).toHaveValue(''))
})

test('a signature names the bytes it was given for and both of its components', async () => {
  let now = job
  const { calls, verdict } = await openRoom({
    'GET /manage/v1/jobs/GB-2026-0412': () => json(now),
    'POST /manage/v1/jobs/GB-2026-0412/verdicts': () => json((now = { ...job, may: { ...job.may, verdicts: [] } }), 201),
  })
  await userEvent.click(verdict.getByRole('radio', { name: 'Approve' }))
  await userEvent.type(verdict.getByRole('textbox', { name: 'User ID' }), 'dr.amari')
  await userEvent.type(password(), 'right')
  await userEvent.click(verdict.getByRole('button', { name: /Sign and give verdict/ }))

  expect(await screen.findByText(/Nothing waits for you/)).toBeVisible()
  expect(calls.find((it) => it.method === 'POST')?.body).toEqual({ discipline: 'medical', verdict: 'approve', renditionSha256: sha256, signature: { userId: 'dr.amari', password: 'right' } })
})

test('a writer cancels a review with a reason, after reading what that causes', async () => {
  const { calls } = stubApi({
    ...answers,
    'GET /manage/v1/session': { ...amari, roles: ['writer'] },
    'GET /manage/v1/jobs/GB-2026-0412': () => json({ ...job, may: { verdicts: [], certify: false, annotate: true, resubmit: false }, ...(calls.some((it) => it.method === 'POST') ? { state: 'cancelled' } : {}) }),
    'POST /manage/v1/jobs/GB-2026-0412/cancellation': () => json({ ...job, state: 'cancelled', may: { verdicts: [], certify: false, annotate: false, resubmit: false } }, 201),
  })
  renderApp('/review/GB-2026-0412')

  await userEvent.click(await screen.findByRole('button', { name: 'Cancel review…' }))
  expect(await screen.findByText(/no verdict can be given any more/)).toBeVisible()
  await userEvent.type(screen.getByLabelText('Reason, for the audit trail'), 'Submitted for the wrong market')
  await userEvent.click(screen.getByRole('button', { name: 'Cancel the review' }))

  expect(await screen.findByText('GB-2026-0412 is cancelled.')).toBeVisible()
  expect(calls.find((it) => it.method === 'POST')?.body).toEqual({ reason: 'Submitted for the wrong market' })
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Cancel review…' })).toBeNull())
})

test('that a comment must be settled survives closing its box', async () => {
  const user = userEvent.setup()
  await openRoom()
  await user.click(await screen.findByRole('button', { name: /^Comment/ }))
  await user.type(await screen.findByRole('textbox', { name: 'Your comment' }), 'Which dose?')
  await user.click(screen.getByRole('checkbox', { name: /Must be settled/ }))
  await user.click(within(screen.getByRole('region', { name: 'New annotation' })).getByRole('button', { name: 'Keep for later' }))
  await user.click(await screen.findByRole('button', { name: /^Comment/ }))
  expect(await screen.findByRole('checkbox', { name: /Must be settled/ })).toBeChecked()
  expect(screen.getByRole('textbox', { name: 'Your comment' })).toHaveValue('Which dose?')
})

test('a comment that was begun is open again at the next visit, and gone once discarded', async () => {
  const user = userEvent.setup()
  await openRoom()
  await user.click(await screen.findByRole('button', { name: /^Comment/ }))
  await user.type(await screen.findByRole('textbox', { name: 'Your comment' }), 'Which dose?')
  await user.click(screen.getByRole('checkbox', { name: /Must be settled/ }))
  cleanup()
  await openRoom()
  expect(await screen.findByRole('textbox', { name: 'Your comment' })).toHaveValue('Which dose?')
  expect(screen.getByRole('checkbox', { name: /Must be settled/ })).toBeChecked()
  await user.click(screen.getByRole('button', { name: 'Discard' }))
  cleanup()
  await openRoom()
  await screen.findByRole('button', { name: /^Comment/ })
  expect(screen.queryByRole('textbox', { name: 'Your comment' })).toBeNull()
})

const demand: Job['annotations'][number] = {
  id: 'ann_1', circulation: 1, quote: 'Begin low', prefix: '', suffix: '.', body: 'How low?', required: true, author: { id: 'psn_2', displayName: 'Dr. Selin Amari' },
  createdAt: '2026-11-19T09:00:00Z', resolved: false, orphaned: false, place: { block: 0, field: 'body' }, mayAnswer: true, mayResolve: false, replies: [],
}

test('only who may resolve an annotation is offered it', async () => {
  const user = userEvent.setup()
  await openRoom({ 'GET /manage/v1/jobs/GB-2026-0412': { ...job, annotations: [demand] } })
  await user.click(await screen.findByRole('button', { name: 'Reply' }))
  expect(screen.queryByRole('button', { name: /^Resolve/ })).toBeNull()
  cleanup()
  await openRoom({ 'GET /manage/v1/jobs/GB-2026-0412': { ...job, annotations: [{ ...demand, mayResolve: true }] } })
  await user.click(await screen.findByRole('button', { name: 'Reply or resolve' }))
  expect(screen.getByRole('button', { name: /^Resolve/ })).toBeVisible()
})

test('in a later circulation a comment shows its answers, and one whose words are gone says so', async () => {
  const answered = { ...demand, replies: [{ id: 'anr_1', body: '2.5 mg.', resolves: false, author: mara, createdAt: '2026-11-20T09:00:00Z' }] }
  const { place: _, ...gone } = { ...demand, id: 'ann_2', quote: 'Take it easy', orphaned: true }
  await openRoom({
    'GET /manage/v1/jobs/GB-2026-0412': {
      ...job,
      circulations: [{ number: 1, version: 1, startedAt: '2026-11-18T09:00:00Z', outcome: 'revise' }, { number: 2, version: 2, startedAt: '2026-11-20T09:00:00Z' }],
      annotations: [answered, gone],
    },
  })
  const block = within(await screen.findByRole('region', { name: /Change 1/ }))
  expect(block.getByText('2.5 mg.')).toBeVisible()
  expect(block.getByText('answered', { selector: 'header *' })).toBeVisible()
  expect(block.getByText('Made in circulation 1')).toBeVisible()
  expect(within(screen.getByRole('region', { name: 'Annotations without a place' })).getByText('These words are no longer in the text.')).toBeVisible()
})
