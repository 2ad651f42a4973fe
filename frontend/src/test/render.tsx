import { createMemoryHistory, RouterProvider } from '@tanstack/react-router'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { vi } from 'vitest'

import { newQueryClient, Providers } from '@/app/providers'
import { newRouter } from '@/app/router'
import { UiProvider } from '@/ui'

/** Renders one part with what src/ui needs around it. */
export function renderUi(part: ReactNode) {
  return render(<UiProvider env="test">{part}</UiProvider>)
}

/** Renders the whole application at an address, over the answers of `stubApi`. */
export function renderApp(address: string) {
  const client = newQueryClient()
  client.setDefaultOptions({ queries: { retry: false } })
  const router = newRouter(client, createMemoryHistory({ initialEntries: [address] }))
  render(
    <Providers client={client} env="test">
      <RouterProvider router={router} />
    </Providers>,
  )
  return { router, client }
}

interface StubbedCall {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  readonly body: unknown
}

type Answer = (call: StubbedCall) => Response | Promise<Response>

/** Answers calls to the API without a network. Keys are `METHOD /path`, a path may end in `*`; what has no answer fails the test. */
export function stubApi(answers: Readonly<Record<string, Answer | object>>): { readonly calls: StubbedCall[] } {
  const calls: StubbedCall[] = []
  vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
    const url = new URL(input, 'http://localhost')
    const method = init.method ?? 'GET'
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : init.body
    const stubbed = { method, url, headers: new Headers(init.headers), body }
    calls.push(stubbed)
    const key = Object.keys(answers).find((it) => {
      const [expectedMethod, path = ''] = it.split(' ')
      return expectedMethod === method && (path.endsWith('*') ? url.pathname.startsWith(path.slice(0, -1)) : url.pathname === path)
    })
    const answer = key === undefined ? undefined : answers[key]
    if (answer === undefined) throw new Error(`No stubbed answer for ${method} ${url.pathname}`)
    return typeof answer === 'function' ? (answer as Answer)(stubbed) : json(answer)
  })
  return { calls }
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })
}

export function problem(status: number, code: string, title: string, detail?: string): Response {
  return json({ type: `/problems/${code}`, status, code, title, detail, errors: [], traceId: 'trace-1' }, status, { 'Content-Type': 'application/problem+json' })
}
