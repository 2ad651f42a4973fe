import { Refused, type ContentSet, type DeliveredItem } from '@throughline/client'
import { expect, it } from 'vitest'

import { queryOf, readContext } from './context'
import { failure, freshness, page } from './view'

const item = (id: string, over: Partial<DeliveredItem> = {}): DeliveredItem => ({
  id,
  key: id,
  type: 'article',
  kind: 'promotional',
  market: 'GB',
  locale: 'en-GB',
  version: 1,
  title: `Title of ${id}`,
  html: '<h2 id="start">Start</h2><p>Low. <sup class="citation">[<a href="#ref-ref_2">1</a>,<a href="#ref-ref_1">2</a>]</sup></p>',
  markdown: '',
  plainText: '',
  claims: [],
  references: { ref_1: { title: 'A trial', author: [{ family: 'Hollis', given: 'Pia Maria' }], 'container-title': 'Journal', issued: { 'date-parts': [[2025]] }, volume: '12', page: '341', DOI: '10.5555/x' }, ref_2: { title: 'Cited first' } },
  referenceOrder: ['ref_2', 'ref_1'],
  classification: { audience: [], stage: [], need: [], topic: [], brand: [], indication: [] },
  approval: { jobCode: 'GB-2026-0412', dateOfPreparation: '2026-11', approvedAt: '2026-11-02T09:00:00Z', validUntil: '2028-11-02T00:00:00Z' },
  adverseEventStatement: 'Adverse events should be reported.',
  prescribingInformation: { url: 'https://label.example/pi', html: '<p>One tablet.</p>' },
  ...over,
})

const set = (over: Partial<ContentSet> = {}): ContentSet => ({
  id: 'cs_1',
  context: { channel: 'web', audience: 'hcp', market: 'GB', locale: 'en-GB' },
  relaxed: [],
  slots: [
    { name: 'lead', items: [{ id: 'a', version: 1, reasons: [] }] },
    { name: 'proof', items: [], emptyReason: 'no-approved-content' },
    { name: 'safety', mandatory: true, items: [{ id: 's', version: 1, reasons: [] }] },
  ],
  items: { a: item('a'), s: item('s', { type: 'safety-information' }) },
  receipt: 'rcp_1',
  validUntil: '2026-12-01T00:00:00Z',
  ...over,
})

const shown = (it: ContentSet) => {
  document.body.replaceChildren(...page(it))
  return document.body
}

it('every item carries its job code, its date, its adverse event statement and its label', () => {
  const text = shown(set()).querySelector('[data-item=a]')
  for (const words of ['GB-2026-0412', 'Date of preparation 2026-11', 'Adverse events should be reported.']) expect(text?.textContent).toContain(words)
  expect(text?.querySelector('a[href="https://label.example/pi"]')?.textContent).toBe('Prescribing information')
})

it('a citation leads to its own reference, and titles inside stand below the title of the item', () => {
  const body = shown(set())
  const link = body.querySelector<HTMLAnchorElement>('[data-item=a] .citation a:last-of-type')
  const target = body.querySelector(link?.getAttribute('href') ?? 'none')
  expect([...(target?.parentElement?.children ?? [])].findIndex((it) => it === target)).toBe(Number(link?.textContent) - 1)
  expect(target?.textContent).toBe('Hollis PM. A trial. Journal 2025;12:341. doi:10.5555/x')
  expect(body.querySelectorAll('h1')).toHaveLength(1)
  expect(body.querySelector('[data-item=a] .body h3')?.textContent).toBe('Start')
})

it('an empty slot closes, safety stands in full, and what was widened is told', () => {
  const body = shown(set({ relaxed: [{ slot: 'lead', dimension: 'need', from: 'dosing', to: 'treatment-decision' }] }))
  expect(body.textContent).not.toContain('The evidence')
  expect(body.querySelector('.safety details')).toBeNull()
  expect(body.querySelector('.account')?.textContent).toContain('a related question')
  expect(shown(set({ slots: [], items: {} })).textContent).toContain('Nothing is approved for this yet')
})

it('a label that leads elsewhere than to a web page is not linked', () => {
  const body = shown(set({ items: { a: item('a', { prescribingInformation: { url: 'javascript:alert(1)', html: '<p>One tablet.</p>' } }) } }))
  expect(body.querySelector('a[href^="javascript"]')).toBeNull()
  expect(body.querySelector('.imprint details')?.textContent).toContain('One tablet.')
})

it('a refusal says what it means, and nothing old stands in its place', () => {
  const problem = { type: '', title: '', status: 409, detail: 'Show nothing.', code: 'mandatory-slot-empty', errors: [], traceId: '' }
  let retried = 0
  const node = failure(new Refused(problem, new Response(null, { status: 409 })), () => retried++)
  expect(node.textContent).toContain('safety information')
  node.querySelector('button')?.click()
  expect(retried).toBe(1)
  expect(failure(new TypeError('network'), () => undefined).textContent).toContain('Check the connection.')
})

it('an address brings its context, what is unknown there does not', () => {
  expect(readContext(new URLSearchParams('audience=hcp.nurse&market=US&need=%3Cscript%3E'))).toEqual({ audience: 'hcp.nurse', need: 'dosing', stage: 'considering', market: 'US', locale: 'en-US' })
  expect(queryOf('patient', 'dosing', 'considering', 'GB')).not.toHaveProperty('stage')
  expect(freshness({ value: set(), etag: '', sequence: 1, changed: false }, new Date('2026-11-21T09:00:00'))).toBe('Checked at 09:00:00, unchanged.')
})
