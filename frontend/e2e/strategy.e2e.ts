import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Download } from 'playwright-core'
import { expect, test } from 'vitest'

import { PASSWORD, SCREENSHOTS } from './browser'
import { Cast } from './cast'

const RUN = Date.now().toString(36)
const TITLE = `Titration in ten minutes ${RUN}`

const cast = Cast.assemble()

async function bytesOf(download: Download, name: string): Promise<Buffer> {
  mkdirSync(SCREENSHOTS, { recursive: true })
  const path = join(SCREENSHOTS, name)
  await download.saveAs(path)
  return readFile(path)
}

test('the strategist reads the matrix by every measure and takes it away as a picture and a table', async () => {
  const sofia = await cast.as('s.varga')
  const { page } = sofia
  await page.goto('/strategy?audience=hcp.primary-care&market=GB')
  await page.getByRole('heading', { name: /planned items are approved/ }).waitFor()
  for (const measure of ['Gap', 'Use', 'Supply', 'Demand']) {
    await sofia.choose(measure)
    expect(await sofia.look(`30-matrix-${measure.toLowerCase()}`)).toEqual([])
  }
  for (const theme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    await sofia.settle()
    await page.getByRole('button', { name: 'Export' }).click()
    const picture = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'Picture, PNG' }).click()
    const png = await bytesOf(await picture, `31-matrix-export-${theme}.png`)
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect(png.readUInt32BE(16)).toBeGreaterThan(2000)
  }
  await page.getByRole('button', { name: 'Export' }).click()
  const table = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Table, CSV' }).click()
  const csv = (await bytesOf(await table, '31-matrix-export.csv')).toString('utf8')
  expect(csv).toContain('"Need","Stage","Planned","Approved","In progress"')
  expect(csv.split('\r\n').length).toBeGreaterThan(5)
})

test('by keyboard the strategist gets to the most urgent gap and makes a brief of it', async () => {
  const sofia = await cast.as('s.varga')
  const { page } = sofia
  await page.getByRole('heading', { name: /planned items are approved/ }).click()
  await page.keyboard.press('n')
  await page.getByText(/^Gap rank 1 of/).waitFor()
  expect(await sofia.look('32-cell')).toEqual([])

  await page.keyboard.press('b')
  await page.getByLabel('Title').fill(TITLE)
  await page.getByRole('button', { name: 'Add one in your words' }).click()
  await page.getByLabel(/^Key message 1 in your words/).fill('Check blood pressure before each step.')
  await page.getByRole('combobox', { name: 'Writer' }).click()
  await page.getByRole('option', { name: 'Mara Lindqvist' }).click()
  expect(await sofia.look('33-new-brief')).toEqual([])
  await page.getByRole('button', { name: 'Send the brief' }).click()
  await page.getByText('Mara Lindqvist has the brief now.').waitFor()
  expect(await sofia.look('34-brief')).toEqual([])
  await page.goto('/strategy/briefs')
  await page.getByRole('option', { name: new RegExp(TITLE) }).waitFor()
  expect(await sofia.look('35-briefs')).toEqual([])
})

test('the writer finds the brief in My work, opens it by one key and starts the draft from it', async () => {
  const mara = await cast.as('mara.lindqvist')
  const { page } = mara
  await page.goto('/')
  await page.getByRole('option', { name: new RegExp(TITLE) }).click()
  expect(await mara.look('36-my-work-brief')).toEqual([])
  await page.getByRole('button', { name: 'Open the brief' }).click()
  await page.getByText('Check blood pressure before each step.').waitFor()
  expect(await mara.look('37-brief-writer')).toEqual([])
  await page.getByRole('button', { name: 'Start the draft' }).click()
  await page.getByRole('dialog', { name: 'Start the draft' }).waitFor()
  expect(await mara.look('38-start-draft')).toEqual([])
  await page.getByRole('button', { name: 'Start and open' }).click()
  await page.getByRole('textbox', { name: 'Title' }).waitFor()
  expect(await page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe(TITLE)
  await page.getByText('Check blood pressure before each step.').first().waitFor()
})

test('the strategist writes the next version; what changed stands there in plain words', async () => {
  const sofia = await cast.as('s.varga')
  const { page } = sofia
  await page.goto('/strategy/strategies')
  await page.getByRole('option', { name: /Aldermere portfolio/ }).click()
  await page.getByRole('link', { name: 'v1', exact: true }).waitFor()
  expect(await sofia.look('40-strategies')).toEqual([])
  await page.getByRole('button', { name: 'New version' }).click()
  await page.getByRole('button', { name: /From considering to a safe first month/ }).click()
  await page.getByRole('radio', { name: 'Account-based' }).click()
  await page.getByLabel('Weight, up to 1').fill('0.6')
  expect(await sofia.look('41-strategy-editor')).toEqual([])
  await page.getByRole('heading', { name: 'How it will be judged' }).scrollIntoViewIfNeeded()
  expect(await sofia.look('42-strategy-editor-measurement')).toEqual([])
  await page.getByRole('button', { name: /^Store v/ }).click()
  await page.getByText(/is stored\./).waitFor()
  expect(await sofia.look('43-objectives-draft')).toEqual([])
  await page.goto('/strategy/compare')
  await page.getByText(/Weight/).first().waitFor()
  expect(await sofia.look('44-compare')).toEqual([])
})

test('another strategist approves it with a signature and activates it', async () => {
  const henrik = await cast.as('h.aalto')
  const { page } = henrik
  await page.goto('/strategy/strategies')
  await page.getByRole('option', { name: /Aldermere portfolio/ }).click()
  await page.getByRole('link', { name: 'v2', exact: true }).click()
  await page.getByRole('button', { name: 'Approve v2…' }).click()
  const approval = page.getByRole('dialog', { name: /^Approve/ })
  await approval.getByLabel('Reason').fill('The board agreed.')
  await approval.getByLabel('User ID').fill('h.aalto')
  await approval.getByLabel('Password', { exact: true }).fill(PASSWORD)
  expect(await henrik.look('45-approve')).toEqual([])
  await approval.getByRole('button', { name: 'Sign and approve v2' }).click()
  await page.getByText(/v2 is approved\./).waitFor()
  await page.getByRole('button', { name: 'Activate v2…' }).click()
  const activation = page.getByRole('dialog', { name: /^Activate/ })
  await activation.getByLabel('Reason').fill('From today on.')
  expect(await henrik.look('46-activate')).toEqual([])
  await activation.getByRole('button', { name: 'Activate v2' }).click()
  await page.getByText(/v2 is active/).first().waitFor()
  await page.getByRole('button', { name: 'End v2…' }).waitFor()
})

test('across all brands: overlaps, and everything about one need', async () => {
  const sofia = await cast.as('s.varga')
  const { page } = sofia
  await page.goto('/strategy/overlaps')
  await page.getByRole('option').first().waitFor()
  expect(await sofia.look('47-overlaps')).toEqual([])
  await page.goto('/strategy/needs?need=dosing')
  await page.getByRole('table').waitFor()
  expect(await sofia.look('48-needs')).toEqual([])
})

test('no screen made the browser complain', () => {
  cast.expectNoComplaints()
})
