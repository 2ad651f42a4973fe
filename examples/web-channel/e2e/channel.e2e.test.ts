import { existsSync, mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'

import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type Page } from 'playwright-core'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'

// A server with the demo portfolio must run; this starts the sample channel before it, as `npm run dev` does.
process.env['THROUGHLINE_SERVER'] ??= 'http://127.0.0.1:8080'

const SCREENSHOTS = resolve(process.env['SCREENSHOTS'] ?? join(import.meta.dirname, '..', 'target', 'screenshots'))
const PLACES = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const FLAGS = ['--headless', '--disable-gpu', '--no-first-run', '--disable-background-networking']
const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']

let channel: ViteDevServer
let browser: Browser
let page: Page
const complaints: string[] = []
const requests: { readonly url: string; readonly status: number }[] = []

beforeAll(async () => {
  channel = await createServer({ root: resolve(import.meta.dirname, '..'), server: { port: 0 }, logLevel: 'error' })
  await channel.listen()
  const executablePath = PLACES.find((it) => it !== undefined && existsSync(it))
  if (executablePath === undefined) throw new Error('No Chromium was found: install the package chromium, or set CHROMIUM_PATH to its program.')
  // Chromium refuses its sandbox to root, and only to root.
  browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? [...FLAGS, '--no-sandbox'] : FLAGS })
  const context = await browser.newContext({ baseURL: `http://127.0.0.1:${(channel.httpServer?.address() as AddressInfo).port}`, locale: 'en-GB', timezoneId: 'UTC', viewport: { width: 1100, height: 1300 } })
  page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('response', (it) => it.url().includes('/v1/') && requests.push({ url: it.url(), status: it.status() }))
})
afterAll(async () => {
  await browser?.close()
  await channel?.close()
})

/** Takes pictures in light and dark; gives what breaks WCAG 2.2 AA. */
async function look(name: string): Promise<readonly string[]> {
  mkdirSync(SCREENSHOTS, { recursive: true })
  const broken: string[] = []
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: join(SCREENSHOTS, `${name}-${colorScheme}.png`), fullPage: true })
    const { violations } = await new AxeBuilder({ page }).withTags(WCAG_22_AA).analyze()
    broken.push(...violations.map((it) => `${name}, ${colorScheme}: ${it.id}: ${it.help}; ${it.nodes.map((node) => node.html).join(' ').slice(0, 300)}`))
  }
  return broken
}

test('a reader gets what is approved for a question, with all that it must carry', async () => {
  await page.goto('/')
  await page.getByRole('heading', { level: 1 }).waitFor()
  const lead = page.locator('.lead article')
  await expect.poll(() => lead.count()).toBe(1)
  expect(await lead.locator('.imprint').innerText()).toMatch(/GB-\d{4}-\d{4} · Date of preparation \d{4}-\d{2}/)
  expect(await lead.locator('.imprint').innerText()).toContain('yellowcard.mhra.gov.uk')
  expect(await look('channel-professional')).toEqual([])
})

test('promotion stands beside its safety information and one step from its label', async () => {
  await page.goto('/?audience=hcp.cardiology&need=judge-evidence&stage=considering')
  await page.getByRole('heading', { level: 1 }).waitFor()
  const promotional = await page.locator('.safety article').count()
  expect(promotional).toBeGreaterThan(0)
  expect(await page.getByText('Prescribing information').count()).toBeGreaterThan(0)
  expect(await look('channel-promotion')).toEqual([])
})

test('another role asks anew, an address brings its context back', async () => {
  await page.goto('/')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.getByLabel('I am').selectOption('patient')
  await page.waitForURL(/audience=patient/)
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(await page.getByLabel('and am').isVisible()).toBe(false)
  expect(await look('channel-patient')).toEqual([])
  await page.reload()
  await expect.poll(() => page.getByLabel('I am').inputValue()).toBe('patient')
})

test('what is unchanged is asked for, but neither sent nor drawn again', async () => {
  await page.goto('/')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.evaluate(() => document.querySelector('.lead')?.setAttribute('data-mark', 'the same'))
  requests.length = 0
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect.poll(() => page.locator('#freshness').innerText()).toContain('unchanged')
  expect(requests.map((it) => it.status)).toEqual([304])
  expect(await page.locator('.lead').getAttribute('data-mark')).toBe('the same')
})

test('a server that can not answer leaves nothing old on the page', async () => {
  await page.goto('/')
  await page.locator('.lead').waitFor()
  await page.route('**/v1/content-sets*', (route) =>
    route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify({ type: '', title: '', status: 409, detail: '', code: 'mandatory-slot-empty', errors: [], traceId: '' }) }),
  )
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await page.getByRole('alert').waitFor()
  expect(await page.locator('article').count()).toBe(0)
  expect(await look('channel-refused')).toEqual([])
  await page.unroute('**/v1/content-sets*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.locator('.lead').waitFor()
  expect(complaints.filter((it) => !it.includes('409'))).toEqual([])
})
