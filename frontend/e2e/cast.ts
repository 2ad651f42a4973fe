import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'

import { startBrowser, Visitor } from './browser'

/** The people of one journey, which is told in steps: a step that fails takes the later ones with it. */
export class Cast {
  private browser: Browser | undefined
  private broken = false
  private readonly people = new Map<string, Visitor>()

  /** To be called once, at the top of a file of steps. */
  static assemble(): Cast {
    const cast = new Cast()
    beforeAll(async () => {
      cast.browser = await startBrowser()
    })
    beforeEach((context) => {
      if (cast.broken) context.skip()
    })
    afterEach((context) => {
      cast.broken ||= context.task.result?.state === 'fail'
    })
    afterAll(async () => {
      await cast.browser?.close()
    })
    return cast
  }

  /** Somebody at a browser of their own who has not signed in. */
  async nobody(): Promise<Visitor> {
    if (this.browser === undefined) throw new Error('The browser has not started: ask for people inside a step.')
    return Visitor.of(this.browser)
  }

  /** The person at their own browser, signed in at first use and then for the whole journey. */
  async as(username: string): Promise<Visitor> {
    const known = this.people.get(username)
    if (known !== undefined) return known
    const visitor = await (await this.nobody()).signIn(username)
    this.people.set(username, visitor)
    return visitor
  }

  /** Holds that no screen made the browser of anybody complain. */
  expectNoComplaints(): void {
    for (const [username, visitor] of this.people) expect(visitor.complaints, username).toEqual([])
  }
}
