import type { Call } from './client'

interface Act {
  readonly key: string
  answer: Promise<unknown>
}

/** Acts that are under way, or whose answer was lost: by what they ask for. */
const acts = new Map<string, Act>()

/** They make nothing, or have no session that a key could belong to. */
const WITHOUT_KEY = /\/manage\/v1\/(render|session|first-administrator)$/

/**
 * Gives each POST an `Idempotency-Key` of its act, not of its attempt: a second click shares the first one's answer, and after a lost
 * connection the same act goes out with the same key. Once there is an answer, the same again is a new act.
 */
export function once<T>(path: string, { method = 'GET', body, query, ifMatch, signal }: Call, exchange: (key: string | undefined) => Promise<T>): Promise<T> {
  // a file is known by its bytes; who may break off a request waits for it alone
  if (method !== 'POST' || body instanceof FormData || WITHOUT_KEY.test(path)) return exchange(undefined)
  const act = JSON.stringify([path, query, ifMatch, body])
  const before = acts.get(act)
  const underWay = before !== undefined && pending.has(before.answer)
  if (underWay && signal === undefined) return before.answer as Promise<T>
  const key = before?.key ?? randomKey()
  const answer = exchange(key)
  acts.set(act, { key, answer })
  pending.add(answer)
  const over = (isAnswered: boolean) => {
    pending.delete(answer)
    if (isAnswered && acts.get(act)?.answer === answer) acts.delete(act)
  }
  answer.then(
    () => over(true),
    (problem: unknown) => over(!isLost(problem)),
  )
  return answer
}

const pending = new WeakSet<Promise<unknown>>()

/** Whether nobody knows if it was done: there was no answer, or one that the first attempt still works on. */
function isLost(problem: unknown): boolean {
  if (!(problem instanceof Error) || problem.name !== 'Problem' || !('code' in problem)) return true
  return problem.code === 'unreachable' || problem.code === 'request-still-running' || problem.code === 'unknown'
}

/** 128 random bits; `crypto.randomUUID` is not there on pages without TLS. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
