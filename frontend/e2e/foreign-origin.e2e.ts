import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { BASE_URL, startBrowser, Visitor } from './browser'

let browser: Browser
let site: Server
let foreign: string

beforeAll(async () => {
  browser = await startBrowser()
  site = createServer((_, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Another site</title><h1>Another site</h1>'))
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  // localhost and 127.0.0.1 are different sites to a browser.
  foreign = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
})
afterAll(async () => {
  await browser?.close()
  await new Promise((resolve) => site.close(resolve))
})

/** A person who is signed in here and opens a page of another site in the same browser. */
async function lured(): Promise<Visitor> {
  const mara = await (await Visitor.of(browser)).signIn('mara.lindqvist')
  await mara.page.goto(foreign)
  return mara
}

test('a page of another site cannot read anything with the session of the person', async () => {
  const mara = await lured()
  const read = await mara.page.evaluate(async (base) => {
    const paths = ['/manage/v1/session', '/manage/v1/items', '/manage/v1/about', '/v1/items?market=GB&locale=en-GB']
    const outcomes = paths.map((path) => fetch(base + path, { credentials: 'include' }).then(async (it) => `${path}: ${it.status} ${await it.text()}`, () => 'refused'))
    return Promise.all(outcomes)
  }, BASE_URL)
  expect(read).toEqual(['refused', 'refused', 'refused', 'refused'])
  await mara.close()
})

test('a page of another site cannot change anything, neither by script nor by a form', async () => {
  const mara = await lured()
  const answers: string[] = []
  mara.context.on('response', (it) => {
    if (it.url().startsWith(BASE_URL) && it.request().method() === 'POST') answers.push(`${new URL(it.url()).pathname} ${it.status()}`)
  })
  const reachedWith = (await mara.context.cookies(BASE_URL)).map((it) => it.sameSite)
  expect(new Set(reachedWith)).toEqual(new Set(['Strict']))

  await mara.page.evaluate(async (base) => {
    const body = JSON.stringify({ type: 'article', kind: 'non-promotional', locale: 'en-GB', document: { title: 'Interloping from elsewhere' } })
    const json = { method: 'POST', credentials: 'include', headers: { 'Content-Type': 'application/json' }, body } as const
    const simple = { method: 'POST', credentials: 'include', mode: 'no-cors', headers: { 'Content-Type': 'text/plain' }, body } as const
    await Promise.allSettled([fetch(`${base}/manage/v1/items`, json), fetch(`${base}/manage/v1/items`, simple)])
  }, BASE_URL)
  await Promise.all([
    mara.page.waitForURL(`${BASE_URL}/manage/v1/session`),
    mara.page.evaluate((base) => {
      const form = Object.assign(document.createElement('form'), { method: 'post', action: `${base}/manage/v1/session`, enctype: 'text/plain' })
      form.append(Object.assign(document.createElement('input'), { name: '{"username":"mara.lindqvist","password":"', value: 'throughline-demo"}' }))
      document.body.append(form)
      form.submit()
    }, BASE_URL),
  ])

  expect(answers.length).toBeGreaterThan(0)
  for (const answer of answers) expect(answer).toMatch(/ 403$/)
  await mara.page.goto('/content?q=interloping')
  await mara.page.getByText('Nothing fits.').waitFor()
  await mara.close()
})

test('a page of another site cannot show ours in a frame', async () => {
  const mara = await lured()
  await mara.page.evaluate((base) => {
    document.body.append(Object.assign(document.createElement('iframe'), { src: `${base}/content` }))
  }, BASE_URL)
  await mara.page.waitForTimeout(1_000)
  const framed = mara.page.frames().find((it) => it !== mara.page.mainFrame())
  expect(framed?.url()).toBe('chrome-error://chromewebdata/')
  await mara.close()
})

test('reading never changes anything: every GET is answered without a trace', async () => {
  const admin = await (await Visitor.of(browser)).signIn('admin')
  const newest = async () => (await admin.ask('GET', '/manage/v1/audit?limit=1')).body.entries[0]?.number
  const before = await newest()
  for (const path of ['/manage/v1/items', '/manage/v1/jobs', '/manage/v1/channels', '/manage/v1/my-work', '/manage/v1/strategies', '/manage/v1/people']) {
    expect((await admin.ask('GET', path)).status, path).toBe(200)
  }
  expect(await newest()).toBe(before)
  await admin.close()
})
