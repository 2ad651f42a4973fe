import { Refused, Throughline, type ContentSet, type Fetched, type SetQuery } from '@throughline/client'

import { contextForm, readContext } from './context'
import { failure, freshness, loading, page } from './view'

const REFRESH_MS = 60_000

const throughline = new Throughline({ server: location.origin })
const main = document.querySelector('main') as HTMLElement
const form = document.querySelector('form') as HTMLFormElement
const status = document.querySelector('#freshness') as HTMLElement

let query: SetQuery = readContext(new URLSearchParams(location.search))
let shown: Fetched<ContentSet> | undefined
let timer: number | undefined
/** Answers that come after a newer question are thrown away. */
let asked = 0

async function show(): Promise<void> {
  const mine = ++asked
  window.clearTimeout(timer)
  if (shown === undefined) main.replaceChildren(loading())
  try {
    const fetched = await throughline.contentSet(query, shown)
    if (mine !== asked) return
    // A 304 leaves the page alone: nothing moves under the reader's eyes.
    if (fetched.changed || shown === undefined) main.replaceChildren(...page(fetched.value))
    shown = fetched
    status.textContent = freshness(fetched, new Date())
    timer = window.setTimeout(() => void show(), untilNext(fetched.value))
  } catch (error) {
    if (mine !== asked) return
    // What can't be proved to be current is not shown.
    shown = undefined
    status.textContent = ''
    main.replaceChildren(failure(error, () => void show()))
    const wait = error instanceof Refused ? error.retryAfter : undefined
    if (wait !== undefined) timer = window.setTimeout(() => void show(), wait * 1000)
  }
}

/** At most a minute, and never past the instant at which the set stops being valid. */
function untilNext(set: ContentSet): number {
  return Math.max(1_000, Math.min(REFRESH_MS, Date.parse(set.validUntil) - Date.now()))
}

contextForm(form, query, (next) => {
  query = next
  shown = undefined
  history.replaceState(null, '', `?${new URLSearchParams(Object.entries(next).map(([name, value]) => [name, String(value)]))}`)
  void show()
})
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void show()
})
void show()
