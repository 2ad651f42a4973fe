import { Refused, type ContentSet, type DeliveredItem, type Fetched } from '@throughline/client'

import { citation, type Csl } from './citation'

type Slot = ContentSet['slots'][number]

const HEADINGS: Readonly<Record<Slot['name'], string>> = { lead: '', proof: 'The evidence', support: 'More on this', safety: 'Safety information', next: 'Where to go from here' }

/** The whole set, in the order of its slots. A slot without items closes; nothing takes its place. */
export function page(set: ContentSet): readonly HTMLElement[] {
  const shown = set.slots.filter((slot) => slot.items.length > 0)
  if (shown.length === 0) return [el('section', { class: 'empty' }, el('h1', {}, 'Nothing is approved for this yet'), el('p', {}, 'No content is approved for what you chose. Choose another question or role.'))]
  return [...account(set), ...shown.map((slot) => section(slot, set))]
}

/** What the server widened to find something: said, never hidden. */
function account(set: ContentSet): readonly HTMLElement[] {
  const dimensions = new Set(set.relaxed.filter((it) => it.dimension !== 'locale').map((it) => (it.dimension === 'need' ? 'question' : it.dimension)))
  const words: string[] = []
  if (dimensions.size > 0) words.push(`There is not enough for exactly this, so some of it answers a related ${[...dimensions].join(' and ')}.`)
  const locale = set.relaxed.find((it) => it.dimension === 'locale')
  if (locale !== undefined) words.push(`Some of it is in ${locale.to}.`)
  return words.length === 0 ? [] : [el('p', { class: 'account' }, words.join(' '))]
}

function section(slot: Slot, set: ContentSet): HTMLElement {
  const items = slot.items.map((it) => set.items[it.id]).filter((it) => it !== undefined)
  if (slot.name === 'lead') return el('div', { class: 'lead' }, ...items.map((it) => article(it, 'h1', true)))
  const id = `slot-${slot.name}`
  return el('section', { class: slot.name, 'aria-labelledby': id }, el('h2', { id }, HEADINGS[slot.name]), el('div', { class: 'cards' }, ...items.map((it) => article(it, 'h3', slot.name === 'safety'))))
}

/** One item. The lead and safety information stand in full; the rest opens on request. */
function article(item: DeliveredItem, heading: 'h1' | 'h3', whole: boolean): HTMLElement {
  const node = el('article', { 'data-item': item.id, lang: item.locale })
  node.append(el(heading, {}, item.title))
  if (item.summary !== undefined && item.summary !== '') node.append(el('p', { class: 'summary' }, item.summary))
  const body = el('div', { class: 'body' })
  // Sanitised by the server for every channel; a channel never puts together HTML of its own from content.
  body.innerHTML = item.html
  // Headings inside start below the title that stands here, and citations lead to the references of this item.
  const level = heading === 'h1' ? 1 : 3
  for (const old of body.querySelectorAll('h1, h2, h3, h4, h5, h6')) old.replaceWith(el(`h${Math.min(6, Number(old.tagName.slice(1)) + level)}`, {}, ...old.childNodes))
  for (const inside of body.querySelectorAll('[id]')) inside.id = `${item.id}-${inside.id}`
  for (const link of body.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')) link.setAttribute('href', `#${item.id}-${link.getAttribute('href')?.slice(1)}`)
  const rest = [body, ...(item.bibliography === undefined ? references(item) : [])]
  if (whole) node.append(...rest)
  else node.append(el('details', {}, el('summary', {}, 'Read', el('span', { class: 'unseen' }, ` ${item.title}`)), ...rest))
  node.append(imprint(item))
  return node
}

/** An item that was certified before its references were kept as lines has none in its HTML. */
function references(item: DeliveredItem): readonly HTMLElement[] {
  // Numbers in the text count in this order; an older text has none and counts as the object does.
  const order = item.referenceOrder ?? Object.keys(item.references)
  const entries = order.flatMap((id) => (id in item.references ? [[id, item.references[id]] as const] : []))
  if (entries.length === 0) return []
  const list = el('ol', {}, ...entries.map(([id, csl]) => el('li', { id: `${item.id}-ref-${id}` }, ...citation(csl as Csl))))
  return [el('div', { class: 'references' }, el('p', { class: 'label' }, 'References'), list)]
}

/** What every approved item must carry in public: its job code and date, where to report adverse events, its label. */
function imprint(item: DeliveredItem): HTMLElement {
  const node = el('div', { class: 'imprint' })
  if (item.adverseEventStatement !== undefined) node.append(el('p', { class: 'adverse' }, item.adverseEventStatement))
  const facts = el('p', {}, `${item.approval.jobCode} · Date of preparation ${item.approval.dateOfPreparation}`)
  const url = item.prescribingInformation?.url
  if (url !== undefined && /^https:\/\//.test(url)) facts.append(' · ', link(url, 'Prescribing information'))
  node.append(facts)
  const label = item.prescribingInformation?.html
  if (label !== undefined && label !== '' && !(url !== undefined && /^https:\/\//.test(url))) {
    const body = el('div', { class: 'body' })
    body.innerHTML = label
    node.append(el('details', {}, el('summary', {}, 'Prescribing information'), body))
  }
  return node
}

export function loading(): HTMLElement {
  return el('p', { class: 'loading', role: 'status' }, 'Looking for what fits…')
}

const SAID: Readonly<Record<string, readonly [title: string, text: string]>> = {
  'mandatory-slot-empty': ['This can not be shown at the moment', 'What fits must stand beside its safety information, and that is not available now.'],
  'not-found': ['This channel does not serve that market', 'Choose another one.'],
  'rate-limited': ['Too many questions at once', 'The page tries again by itself.'],
  'catalogue-stale': ['One moment', 'The server is making sure that what it has is current. The page tries again by itself.'],
}

/** A refusal in words. Nothing old is shown in its place. */
export function failure(error: unknown, retry: () => void): HTMLElement {
  const [title, text] = (error instanceof Refused ? SAID[error.code] : undefined) ?? ['The content can not be reached', error instanceof Refused ? error.message : 'Check the connection.']
  const button = el('button', { type: 'button' }, 'Try again')
  button.addEventListener('click', retry)
  return el('section', { class: 'empty', role: 'alert' }, el('h1', {}, title), el('p', {}, text), button)
}

export function freshness(fetched: Fetched<ContentSet>, now: Date): string {
  return `Checked at ${now.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })}${fetched.changed ? '' : ', unchanged'}.`
}

export function link(href: string, text: string): HTMLElement {
  return el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, text)
}

export function el(name: string, attributes: Readonly<Record<string, string>>, ...children: readonly (Node | string)[]): HTMLElement {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  element.append(...children)
  return element
}
