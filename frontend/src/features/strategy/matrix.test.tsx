import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'

import { problem, renderApp, stubApi } from '@/test/render'

import type { Cell, Matrix } from './api'
import { csvField, csvOf } from './csv'
import { gridOf, heatStep, nextGap, sayGaps } from './grid'

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
  const step = (planned: number, approved: number) => heatStep(cell('a', 'b', planned, approved), 'coverage', 5)
  expect([step(100, 0), step(100, 1), step(100, 99), step(100, 100), step(2, 3)]).toEqual([0, 1, 4, 5, 5])
})

test('the next gap is the next by rank, and after the last comes the first', () => {
  const { gaps } = gridOf(MATRIX)
  expect(nextGap(gaps, undefined, undefined)?.gap.rank).toBe(1)
  expect(nextGap(gaps, 'trying', 'evidence')?.gap.rank).toBe(2)
  expect(nextGap(gaps, 'aware', 'dosing')?.gap.rank).toBe(1)
  expect(nextGap([], undefined, undefined)).toBeUndefined()
})

test('the gaps are told by how much is missing', () => {
  expect(sayGaps({ planned: 9, approved: 3, gaps: 2, emptyCells: 1 })).toBe('1 with nothing approved, 1 short of the plan')
  expect(sayGaps({ planned: 9, approved: 3, gaps: 2, emptyCells: 2 })).toBe('2 with nothing approved')
})

test('what a spreadsheet could run stays text in the export (S34)', () => {
  for (const start of ['=', '+', '-', '@', '\t', '\r']) expect(csvField(`${start}1+1`)).toBe(`"'${start}1+1"`)
  expect(csvField('a = b "quoted"')).toBe('"a = b ""quoted"""')
  expect(csvField(-1)).toBe('"-1"')
})

test('the export has a line per cell in the order of the screen', () => {
  const lines = csvOf(MATRIX).split('\r\n')
  expect(lines[1]).toBe('"Dosing","Aware","5","1","0","4","2","0.5","obj_start"')
  expect(lines.slice(1, 5).map((line) => line.split(',').slice(0, 2).join(' '))).toEqual(['"Dosing" "Aware"', '"Dosing" "Trying"', '"Evidence" "Aware"', '"Evidence" "Trying"'])
})

const API = {
  'GET /manage/v1/session': { id: 'per_1', username: 's', displayName: 'S', initials: 'S', roles: ['strategist'], brands: ['*'], markets: ['*'], signingEnabled: false },
  'GET /manage/v1/about': { name: 'Throughline', demo: false, signIns: [] },
  'GET /manage/v1/vocabularies': { schemes: [{ scheme: 'audiences', version: '1', concepts: [{ notation: 'hcp', label: 'Healthcare professionals', broader: [] }] }] },
  'GET /manage/v1/my-work': { reviewsDue: [], toCertify: [], sentBack: [], drafts: [], toPublish: [], expiring: [], withdrawals: [] },
  'GET /manage/v1/brands': { brands: [] },
  'GET /manage/v1/markets': { markets: [] },
  'GET /manage/v1/content-types': { types: [] },
  'GET /manage/v1/strategies': { strategies: [] },
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
