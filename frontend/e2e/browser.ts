import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'

/** The server under test. Vitest takes the name BASE_URL for something else. */
export const BASE_URL = process.env['SERVER_URL'] ?? 'http://localhost:8080'
export const PASSWORD = 'throughline-demo'

export const SCREENSHOTS = resolve(process.env['SCREENSHOTS'] ?? join(import.meta.dirname, '..', 'target', 'screenshots'))
const PLACES = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const FLAGS = ['--headless', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']

export async function startBrowser(): Promise<Browser> {
  const executablePath = PLACES.find((it) => it !== undefined && existsSync(it))
  if (executablePath === undefined) throw new Error('No Chromium was found: install the package chromium, or set CHROMIUM_PATH to its program.')
  // Chromium refuses its sandbox to root, and only to root.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? [...FLAGS, '--no-sandbox'] : FLAGS })
}

/** One person at a browser of their own, who remembers everything the browser complained about. */
export class Visitor {
  /** Refusals of the content security policy, thrown errors, logged errors, answers of the server that are errors. */
  readonly complaints: string[] = []

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async of(browser: Browser): Promise<Visitor> {
    const context = await browser.newContext({ baseURL: BASE_URL, colorScheme: 'light', locale: 'en-GB', timezoneId: 'UTC', viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
    context.setDefaultTimeout(20_000)
    const visitor = new Visitor(context, await context.newPage())
    visitor.page.on('pageerror', (error) => visitor.complaints.push(`thrown: ${error.message}`))
    visitor.page.on('console', (message) => {
      const address = message.location().url
      // Every visit begins with the question who is signed in, and nobody is an answer too.
      const isFirstQuestion = address.endsWith('/manage/v1/session') && message.text().includes('401')
      if (message.type() === 'error' && !isFirstQuestion) visitor.complaints.push(`${message.text()} ${address}`)
    })
    return visitor
  }

  /** Types name and password of the demo, as a person does. */
  async signIn(username: string): Promise<this> {
    await this.page.goto('/sign-in')
    await this.page.getByLabel('User name').fill(username)
    await this.page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await this.page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await this.page.getByRole('heading', { level: 1, name: 'My work' }).waitFor()
    return this
  }

  /** Takes a picture of the screen in light and dark; gives what breaks WCAG 2.2 AA in either. */
  async look(name: string): Promise<readonly string[]> {
    mkdirSync(SCREENSHOTS, { recursive: true })
    const broken: string[] = []
    for (const theme of ['dark', 'light'] as const) {
      await this.page.emulateMedia({ colorScheme: theme })
      await this.settle()
      await this.page.screenshot({ path: join(SCREENSHOTS, `${name}-${theme}.png`) })
      const { violations } = await new AxeBuilder({ page: this.page }).withTags(WCAG_22_AA).analyze()
      broken.push(...violations.map((it) => `${name}, ${theme}: ${it.impact} ${it.id}: ${it.help}; ${it.nodes.map((node) => node.html).join(' ').slice(0, 400)}`))
    }
    return broken
  }

  /** Chooses one of a few options that stand side by side; the radio button itself is out of sight. */
  async choose(option: string): Promise<void> {
    await this.page.locator('label').filter({ hasText: new RegExp(`^${option}$`) }).click()
  }

  /** Waits until the screen has what it asked for and moves no more. */
  async settle(): Promise<void> {
    await this.page.waitForLoadState('networkidle')
    await this.page.evaluate(() => Promise.all(document.getAnimations().filter((it) => it.effect?.getComputedTiming().iterations !== Infinity).map((it) => it.finished.catch(() => undefined))))
  }

  /** Asks the API with the session of this person, as a script of the page would. */
  ask(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<{ readonly status: number; readonly body: any }> {
    return this.page.evaluate(
      async ({ method, path, body, headers }) => {
        const token = /XSRF-TOKEN=([^;]*)/.exec(document.cookie)?.[1] ?? ''
        const answer = await fetch(path, {
          method,
          headers: { 'Content-Type': 'application/json', 'X-XSRF-TOKEN': decodeURIComponent(token), ...headers },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
        const text = await answer.text()
        return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
      },
      { method, path, body, headers },
    )
  }

  async close(): Promise<void> {
    await this.context.close()
  }
}
