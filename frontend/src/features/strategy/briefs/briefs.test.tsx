import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import { itemDetail, NO_WORK, SIGNED_IN, WRITER } from '@/test/fixtures'
import { json, renderApp, stubApi } from '@/test/render'

import type { Brief, BriefRow } from './api'
import { sayBriefs } from './BriefsScreen'

const MARA = { id: 'per_1', displayName: 'Mara Lindqvist' }
const ROW: BriefRow = { id: 'brf_1', title: 'Titration in ten minutes', state: 'open', audience: 'hcp', stage: 'trying', need: 'dosing', brand: 'velorix', market: 'GB', dueOn: '2026-11-20', overdue: true, writer: MARA }
const { overdue: _, ...SHARED } = ROW
const BRIEF: Brief = {
  ...SHARED,
  revision: 1,
  objective: { strategyId: 'str_1', number: 2, objectiveId: 'obj_a', name: 'A safe first month' },
  keyMessages: ['Begin low.'],
  claims: [{ id: 'itm_c', key: 'CLM-7', title: 'Low and slow', type: 'claim', text: 'Begin with 2.5 mg.' }],
  modules: [],
  createdBy: { id: 'per_9', displayName: 'S. Varga' },
  createdAt: '2026-11-10T09:00:00Z',
  updatedAt: '2026-11-10T09:00:00Z',
  permissions: { change: true, cancel: true, startDraft: false },
}
const tagged = (brief: Brief) => () => json(brief, 200, { ETag: `"r${brief.revision}"` })
const API = {
  ...SIGNED_IN,
  'GET /manage/v1/session': { ...WRITER, roles: ['strategist'] },
  'GET /manage/v1/briefs/brf_1': tagged(BRIEF),
  'GET /manage/v1/briefs': { briefs: [ROW, { ...ROW, id: 'brf_2', title: 'A nurse card', dueOn: '2099-01-31', overdue: false }] },
  'GET /manage/v1/brief-suggestions': { objectives: [], writers: [MARA], claims: [], modules: [{ id: 'itm_m', key: 'MOD-3', title: 'Dose steps', type: 'module' }], keyMessages: ['Begin low.'] },
}

test('the list asks for what waits, says what is late, and Enter opens the chosen one', async () => {
  const { calls } = stubApi(API)
  const { router } = renderApp('/strategy/briefs')

  expect(await screen.findByRole('heading', { name: '2 briefs, waiting; 1 is late' })).toBeVisible()
  expect(calls.some((it) => it.url.searchParams.get('state') === 'open,in-work')).toBe(true)
  await userEvent.keyboard('j{Enter}')
  await waitFor(() => expect(router.state.location.pathname).toBe('/strategy/briefs/brf_2'))
})

test('mine and state are filters in the address and in the question', async () => {
  const { calls } = stubApi(API)
  const { router } = renderApp('/strategy/briefs?view=done')
  await screen.findAllByRole('option')

  await userEvent.keyboard('m')

  await waitFor(() => expect(calls.some((it) => it.url.searchParams.get('writer') === 'me' && it.url.searchParams.get('state') === 'done')).toBe(true))
  expect(router.state.location.search).toMatchObject({ view: 'done', mine: true })
  expect(sayBriefs(1, false, 0, 'All')).toBe('1 brief')
})

test('no brief leads to the gaps', async () => {
  stubApi({ ...API, 'GET /manage/v1/briefs': { briefs: [] } })
  renderApp('/strategy/briefs')

  expect(await screen.findByText('No brief waits for its content.')).toBeVisible()
  expect(screen.getByRole('link', { name: 'See the gaps' })).toBeVisible()
})

test('a change is saved against the revision that was read', async () => {
  const { calls } = stubApi({ ...API, 'PUT /manage/v1/briefs/brf_1': () => json({ ...BRIEF, revision: 2, modules: [{ id: 'itm_m', key: 'MOD-3', title: 'Dose steps', type: 'module' }] }, 200, { ETag: '"r2"' }) })
  renderApp('/strategy/briefs/brf_1')

  await userEvent.click(await screen.findByRole('checkbox', { name: /MOD-3/ }))
  await userEvent.click(screen.getByRole('button', { name: /^Save/ }))

  expect(await screen.findByText('The brief is saved.')).toBeVisible()
  const put = calls.find((it) => it.method === 'PUT')
  expect(put?.headers.get('If-Match')).toBe('"r1"')
  expect(put?.body).toMatchObject({ modules: ['itm_m'], claims: ['itm_c'], writer: 'per_1' })
})

test('where somebody else saved in between both texts are shown, and mine is saved over theirs only on demand', async () => {
  let theirs = false
  const { calls } = stubApi({
    ...API,
    'GET /manage/v1/briefs/brf_1': () => tagged(theirs ? { ...BRIEF, revision: 2, title: 'Their title' } : BRIEF)(),
    'PUT /manage/v1/briefs/brf_1': (call: { headers: Headers; body: unknown }) => {
      if (call.headers.get('If-Match') === '"r2"') return json({ ...BRIEF, revision: 3, title: 'My title' }, 200, { ETag: '"r3"' })
      theirs = true
      return json({ type: 't', status: 412, code: 'version-conflict', title: 'Somebody saved in between', errors: [] }, 412)
    },
  })
  renderApp('/strategy/briefs/brf_1')

  const title = await screen.findByLabelText('Title')
  await userEvent.clear(title)
  await userEvent.type(title, 'My title')
  await userEvent.click(screen.getByRole('button', { name: /^Save/ }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(await dialog.findByText('Their title')).toBeVisible()
  expect(dialog.getByText('My title')).toBeVisible()
  expect(calls.filter((it) => it.method === 'PUT')).toHaveLength(1)
  await userEvent.click(dialog.getByRole('button', { name: 'Save mine over theirs' }))

  expect(await screen.findByText('The brief is saved.')).toBeVisible()
})

test('the writer starts the draft of a chosen type and lands in its editor', async () => {
  const started = { ...BRIEF, state: 'in-work' as const, item: { id: 'itm_9', key: 'ART-9', title: 'Titration in ten minutes', type: 'article' }, permissions: { change: false, cancel: false, startDraft: false } }
  const { calls } = stubApi({
    ...API,
    'GET /manage/v1/session': WRITER,
    'GET /manage/v1/briefs/brf_1': tagged({ ...BRIEF, permissions: { change: false, cancel: false, startDraft: true } }),
    'POST /manage/v1/briefs/brf_1/draft': () => json(started, 201),
    'GET /manage/v1/items/*': itemDetail(),
  })
  const { router } = renderApp('/strategy/briefs/brf_1')

  expect(await screen.findByText('Begin low.')).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: /^Start the draft/ }))
  await userEvent.click(await screen.findByRole('button', { name: 'Start and open' }))

  await waitFor(() => expect(router.state.location.pathname).toBe('/content/ART-9'))
  expect(calls.find((it) => it.method === 'POST')?.body).toEqual({ type: 'article', kind: 'promotional', locale: 'en-GB' })
})

test('a brief of the writer stands in My work, and B opens it', async () => {
  stubApi({ ...API, 'GET /manage/v1/session': WRITER, 'GET /manage/v1/my-work': { ...NO_WORK, briefs: [ROW] } })
  const { router } = renderApp('/')

  expect(await screen.findByRole('option', { name: /Titration in ten minutes.*late/ })).toBeVisible()
  await userEvent.keyboard('b')
  await waitFor(() => expect(router.state.location.pathname).toBe('/strategy/briefs/brf_1'))
})
