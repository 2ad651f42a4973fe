import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import { json, problem, renderApp, stubApi } from '@/test/render'

import type { Cell, Matrix } from './api'
import { csvField, csvOf } from './csv'
import { sayUse } from './words'
import { faceOf, firstFill, gridOf, heatStep, nextGap, sayCell, sayGaps, unmetShare } from './grid'

const cell = (stage: string, need: string, planned: number, approved: number, rank?: number): Cell => ({
  stage,
  need,
  planned,
  approved,
  inProgress: 0,
  objectives: planned === 0 ? [] : ['obj_start'],
  missing: Math.max(0, planned - approved),
  ...(rank === undefined ? {} : { gap: { rank, score: 0.5 } }),
})

const MATRIX: Matrix = {
  audience: 'hcp',
  stages: [
    { notation: 'aware', label: 'Aware' },
    { notation: 'trying', label: 'Trying' },
  ],
  needs: [
    { notation: 'dosing', label: 'Dosing', example: 'How do I start it?' },
    { notation: 'evidence', label: 'Evidence' },
    { notation: 'daily-life', label: 'Daily life' },
  ],
  cells: [cell('aware', 'dosing', 5, 1, 2), cell('trying', 'dosing', 2, 3), cell('trying', 'evidence', 2, 0, 1), cell('aware', 'evidence', 0, 1)],
  summary: { planned: 9, approved: 3, gaps: 2, emptyCells: 1 },
  strategies: [{ id: 'str_1', number: 3 }],
}

test('supply beyond the plan of a cell never hides what is missing in another', () => {
  const grid = gridOf(MATRIX)
  expect(grid.rows[0]?.total).toEqual({ planned: 7, approved: 3 })
  expect(grid.stages[1]?.total).toEqual({ planned: 4, approved: 2 })
})

test('needs with neither plan nor content wait until they are asked for', () => {
  expect(gridOf(MATRIX).rows.map((row) => row.need.notation)).toEqual(['dosing', 'evidence'])
  expect(gridOf(MATRIX).quiet.map((need) => need.notation)).toEqual(['daily-life'])
  expect(gridOf(MATRIX, true).rows).toHaveLength(3)
})

test('only a complete cell looks complete, and only an empty one looks empty', () => {
  const step = (planned: number, approved: number) => heatStep(cell('a', 'b', planned, approved), 'supply', { mostRequests: 1, mostScore: 1 })
  expect([step(100, 0), step(100, 1), step(100, 99), step(100, 100), step(2, 3)]).toEqual([0, 1, 4, 5, 5])
})

const SCALE = { mostRequests: 400, mostScore: 1.5 }
const ASKED: Cell = {
  ...cell('trying', 'dosing', 5, 2, 1),
  inProgress: 1,
  demand: { requests: 200, relaxed: 30, empty: 6, share: 0.5 },
  use: { served: 120, usedItems: 1, neverServed: 1, neverServedShare: 0.5, shown: 34, shownItems: 1 },
}

test('a cell shows plan, supply, work, demand with what of it was not met, and use', () => {
  expect(faceOf(ASKED, 'demand', SCALE)).toMatchObject({ kind: 'planned', number: '200', asked: '18% unmet', supply: '2/5', foot: '50%', rank: 1, step: 3 })
  expect(faceOf(ASKED, 'demand', SCALE).blocks).toEqual(['approved', 'approved', 'in-progress', 'missing', 'missing'])
  expect(sayCell('Dosing', 'Trying', ASKED)).toBe('Dosing, Trying: 2 of 5 planned items approved, 1 in progress, asked for 200 times, 18% of it unmet, 50% of it used, gap 1')
})

test('the colour can show gap, supply, demand or use, and the number is always what the colour shows', () => {
  const number = (fill: Parameters<typeof faceOf>[1]) => faceOf(ASKED, fill, SCALE).number
  expect([number('gap'), number('supply'), number('demand'), number('use')]).toEqual(['0.50', '40%', '200', '50%'])
  expect(faceOf(ASKED, 'gap', SCALE).asked).toBe('200 asked')
})

test('what nobody planned stays visible when people ask for it, and an untouched cell stays empty', () => {
  const unplanned = { ...cell('a', 'b', 0, 0), demand: { requests: 38, relaxed: 0, empty: 38, share: 0.1 } }
  expect(faceOf(unplanned, 'demand', SCALE)).toMatchObject({ kind: 'unplanned', number: '38', asked: 'No plan', foot: 'no supply' })
  expect(faceOf(cell('a', 'b', 0, 0), 'demand', SCALE).kind).toBe('none')
  expect(unmetShare(unplanned)).toBe(1)
})

test('more than six planned items are a fraction only, and the most wanted cell is the darkest', () => {
  const many = { ...ASKED, planned: 7, demand: { requests: 400, relaxed: 0, empty: 0, share: 1 } }
  expect(faceOf(many, 'demand', SCALE)).toMatchObject({ blocks: [], supply: '2/7 +1', step: 5, asked: '' })
})

test('where nobody asked for anything yet the picture opens with supply', () => {
  expect(firstFill(MATRIX)).toBe('supply')
  expect(firstFill({ ...MATRIX, cells: [ASKED] })).toBe('demand')
})

test('the next gap is the next by rank, and after the last comes the first', () => {
  const { gaps } = gridOf(MATRIX)
  expect(nextGap(gaps, undefined, undefined)?.gap.rank).toBe(1)
  expect(nextGap(gaps, 'trying', 'evidence')?.gap.rank).toBe(2)
  expect(nextGap(gaps, 'aware', 'dosing')?.gap.rank).toBe(1)
  expect(nextGap([], undefined, undefined)).toBeUndefined()
})

test('the gaps are told by how much is missing', () => {
  expect(sayGaps({ planned: 9, approved: 3, gaps: 2, emptyCells: 1 })).toBe('1 empty, 1 short')
  expect(sayGaps({ planned: 9, approved: 3, gaps: 2, emptyCells: 2 })).toBe('2 empty')
})

test('what a spreadsheet could run stays text in the export (S34)', () => {
  for (const start of ['=', '+', '-', '@', '\t', '\r']) expect(csvField(`${start}1+1`)).toBe(`"'${start}1+1"`)
  expect(csvField('a = b "quoted"')).toBe('"a = b ""quoted"""')
  expect(csvField(-1)).toBe('"-1"')
})

test('the export has a line per cell in the order of the screen', () => {
  const lines = csvOf(MATRIX).split('\r\n')
  expect(lines[1]).toBe('"Dosing","Aware","5","1","0","4","0","0","0","","","","","","","2","0.5","obj_start"')
  expect(lines.slice(1, 5).map((line) => line.split(',').slice(0, 2).join(' '))).toEqual(['"Dosing" "Aware"', '"Dosing" "Trying"', '"Evidence" "Aware"', '"Evidence" "Trying"'])
})

const API = {
  'GET /manage/v1/session': { id: 'per_1', username: 's', displayName: 'S', initials: 'S', roles: ['strategist'], brands: ['*'], markets: ['*'], signingEnabled: false },
  'GET /manage/v1/about': { name: 'Throughline', demo: false, signIns: [] },
  'GET /manage/v1/vocabularies': { schemes: [{ scheme: 'audiences', version: '1', concepts: [{ notation: 'hcp', label: 'Healthcare professionals', broader: [] }] }] },
  'GET /manage/v1/my-work': { reviewsDue: [], toCertify: [], sentBack: [], drafts: [], toPublish: [], expiring: [], withdrawals: [], recalls: [] },
  'GET /manage/v1/brands': { brands: [] },
  'GET /manage/v1/markets': { markets: [{ market: 'GB', name: 'United Kingdom', locales: ['en-GB'], localeFallback: {}, disciplines: {}, signatory: { registrationNumberRequired: true, registrationName: 'GMC' }, approvalMaxMonths: 24, promotionToPublicAllowed: false }] },
  'GET /manage/v1/content-types': { types: [] },
  'GET /manage/v1/strategies': { strategies: [] },
  'GET /manage/v1/briefs': { briefs: [] },
  'GET /manage/v1/brief-suggestions': {
    objectives: [{ strategyId: 'str_1', number: 3, id: 'obj_start', name: 'A safe first month', weight: 0.5, engagementModel: 'service-oriented', fromStage: 'aware', toStage: 'trying' }],
    writers: [{ id: 'per_2', displayName: 'Mara Lindqvist' }],
    claims: [{ id: 'itm_c', key: 'CLM-7', title: 'Low and slow', type: 'claim', text: 'Begin with 2.5 mg.' }],
    modules: [],
    keyMessages: ['Begin low.'],
  },
  'GET /manage/v1/framework-matrix/cell': {
    ...MATRIX.cells[2],
    items: [],
    objectives: [{ id: 'obj_start', name: 'A safe first month', weight: 0.5, engagementModel: 'service-oriented', fromStage: 'aware', toStage: 'trying' }],
  },
  'GET /manage/v1/framework-matrix': MATRIX,
}

test('the answer is a sentence, and arrows and Enter lead to a cell whose address can be shared', async () => {
  stubApi(API)
  const { router } = renderApp('/strategy')

  expect(await screen.findByRole('heading', { name: '3 of 9 planned items are approved' })).toBeVisible()
  const grid = screen.getByRole('grid')
  within(grid).getByRole('gridcell', { name: /Dosing, Aware: 1 of 5 planned items approved, gap 2/ }).focus()
  await userEvent.keyboard('{ArrowDown}{ArrowRight}{Enter}')

  expect(await screen.findByText('Gap rank 1 of 2')).toBeVisible()
  expect(router.state.location.search).toMatchObject({ stage: 'trying', need: 'evidence' })
  expect(screen.getByText('A safe first month')).toBeVisible()
})

test('N leads through the gaps by rank', async () => {
  stubApi(API)
  const { router } = renderApp('/strategy')
  await screen.findByRole('grid')

  await userEvent.keyboard('n')
  await waitFor(() => expect(router.state.location.search).toMatchObject({ stage: 'trying', need: 'evidence' }))
  await userEvent.keyboard('n')
  await waitFor(() => expect(router.state.location.search).toMatchObject({ stage: 'aware', need: 'dosing' }))
})

test('a matrix that could not be read is an error with a retry, not an empty grid', async () => {
  stubApi({ ...API, 'GET /manage/v1/framework-matrix': () => problem(500, 'internal', 'The matrix could not be computed') })
  renderApp('/strategy')

  expect(await screen.findByRole('alert')).toHaveTextContent('The matrix could not be computed')
  expect(screen.queryByRole('grid')).not.toBeInTheDocument()
})

test('a matrix without a plan says what fills it', async () => {
  stubApi({ ...API, 'GET /manage/v1/framework-matrix': { ...MATRIX, cells: [], summary: { planned: 0, approved: 0, gaps: 0, emptyCells: 0 } } })
  renderApp('/strategy')

  expect(await screen.findByRole('heading', { name: 'Nothing is planned here yet' })).toBeVisible()
  expect(screen.getByRole('link', { name: 'See the objectives' })).toBeVisible()
})

test('channel and days are filters whose choice stands in the address and in the question', async () => {
  const { calls } = stubApi({ ...API, 'GET /manage/v1/vocabularies': { schemes: [...API['GET /manage/v1/vocabularies'].schemes, { scheme: 'channels', version: '1', concepts: [{ notation: 'web', label: 'Website' }] }] } })
  const { router } = renderApp('/strategy?days=90')
  await screen.findByRole('grid')

  await userEvent.click(screen.getByRole('button', { name: 'Channel: All channels' }))
  await userEvent.click(await screen.findByRole('option', { name: 'Website' }))

  await waitFor(() => expect(router.state.location.search).toMatchObject({ channel: 'web', days: 90 }))
  await waitFor(() => expect(calls.some((it) => it.url.pathname.endsWith('framework-matrix') && it.url.searchParams.get('channel') === 'web' && it.url.searchParams.get('days') === '90')).toBe(true))
})

test('B makes a brief of the chosen gap: its cell and objective are there, what fits is offered, and it goes to the writer', async () => {
  const brief = {
    id: 'brf_1', title: 'Evidence, for people who are trying', state: 'open', revision: 1, objective: { strategyId: 'str_1', number: 3, objectiveId: 'obj_start', name: 'A safe first month' },
    audience: 'hcp', stage: 'trying', need: 'evidence', market: 'GB', keyMessages: ['Begin low.'], claims: [], modules: [], dueOn: '2027-01-31', writer: { id: 'per_2', displayName: 'Mara Lindqvist' },
    createdBy: { id: 'per_1', displayName: 'S' }, createdAt: '2026-11-22T00:00:00Z', updatedAt: '2026-11-22T00:00:00Z', permissions: { change: false, cancel: false, startDraft: false },
  }
  const { calls } = stubApi({ ...API, 'POST /manage/v1/briefs': () => json(brief, 201), 'GET /manage/v1/briefs/brf_1': () => json(brief, 200, { ETag: '"r1"' }) })
  const { router } = renderApp('/strategy?stage=trying&need=evidence&market=GB')
  await screen.findByText('Gap rank 1 of 2')

  await userEvent.keyboard('b')
  // What fits is chosen already, so that the draft is not empty.
  expect(await screen.findByRole('checkbox', { name: 'Begin low.' })).toBeChecked()
  expect(screen.getByRole('checkbox', { name: /CLM-7/ })).toBeChecked()
  await userEvent.click(screen.getByRole('button', { name: 'Add one in your words' }))
  await userEvent.type(screen.getByLabelText('Key message 1 in your words'), 'Check pressure first.')
  await userEvent.click(screen.getByRole('combobox', { name: 'Writer' }))
  await userEvent.click(await screen.findByRole('option', { name: 'Mara Lindqvist' }))
  await userEvent.click(screen.getByRole('button', { name: /Send the brief/ }))

  expect(await screen.findByText('Mara Lindqvist has the brief now.')).toBeVisible()
  expect(calls.find((it) => it.method === 'POST')?.body).toMatchObject({
    objective: { strategyId: 'str_1', objectiveId: 'obj_start' },
    audience: 'hcp',
    stage: 'trying',
    need: 'evidence',
    market: 'GB',
    keyMessages: ['Begin low.', 'Check pressure first.'],
    claims: ['itm_c'],
    writer: 'per_2',
  })
  expect(router.state.location.pathname).toBe('/strategy/briefs/brf_1')
})

test('the gap of a broad audience becomes a brief for the narrower one of its objective', async () => {
  const suggestions = API['GET /manage/v1/brief-suggestions']
  const objective = { ...suggestions.objectives[0]!, audience: 'hcp.primary-care' }
  const narrow = { notation: 'hcp.primary-care', label: 'Primary care', broader: ['hcp'] }
  const { calls } = stubApi({
    ...API,
    'GET /manage/v1/vocabularies': { schemes: [{ scheme: 'audiences', version: '1', concepts: [{ notation: 'hcp', label: 'Healthcare professionals', broader: [] }, narrow] }] },
    'GET /manage/v1/brief-suggestions': { ...suggestions, objectives: [objective], modules: [{ id: 'itm_m', key: 'MOD-3', title: 'Dose steps', type: 'module' }] },
    'POST /manage/v1/briefs': () => problem(409, 'conflict', 'Stops here'),
  })
  renderApp('/strategy/briefs/new?audience=hcp&stage=trying&need=evidence&market=GB')

  expect(await screen.findByRole('checkbox', { name: /MOD-3/ })).toBeChecked()
  await userEvent.click(screen.getByRole('button', { name: /Send the brief/ }))

  await waitFor(() => expect(calls.find((it) => it.method === 'POST')?.body).toMatchObject({
    objective: { strategyId: 'str_1', objectiveId: 'obj_start' }, audience: 'hcp.primary-care', claims: ['itm_c'], modules: ['itm_m'], writer: 'per_2',
  }))
})

test('use says apart what was served and what channels showed', () => {
  const use = { served: 120, usedItems: 1, neverServed: 1, neverServedShare: 0.5, shown: 34, shownItems: 1 }
  expect(sayUse(use, 30)).toBe('In 30 days served 120 times in sets, shown 34 times as channels tell.')
  expect(sayUse({ ...use, served: 1, shown: 0 }, undefined)).toBe('Served once in sets, not shown by any channel that tells.')
  expect(csvOf({ ...MATRIX, cells: [ASKED] })).toContain('"120","1","1","34","1"')
})
