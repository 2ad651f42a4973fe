/** What a reference's form asks. Everything is text; empty means not known. */
export interface ReferenceForm {
  readonly type: string
  readonly title: string
  /** One author a line, `Family, Given`; a group stands alone. */
  readonly authors: string
  readonly container: string
  readonly publisher: string
  readonly year: string
  readonly volume: string
  readonly issue: string
  readonly page: string
  readonly doi: string
  readonly pmid: string
  readonly url: string
}

export const EMPTY_FORM: ReferenceForm = { type: 'article-journal', title: '', authors: '', container: '', publisher: '', year: '', volume: '', issue: '', page: '', doi: '', pmid: '', url: '' }

type Csl = Readonly<Record<string, unknown>>

const DOI = /\b10\.\d{4,9}(?:\.\d+)*\/[^\s"<>]+/
const PMID = /\bPMID:?\s*(\d{1,9})\b/i

/** What somebody typed into one field: a DOI, a PMID, or a reference as it stands somewhere. */
export function readReference(typed: string): { readonly doi: string } | { readonly pmid: string } | { readonly text: ReferenceForm } | undefined {
  const text = typed.replace(/\s+/g, ' ').trim()
  if (text === '') return undefined
  const doi = doiIn(text)
  if (doi !== undefined && text.replace(doi, '').replace(/^(https?:\/\/(dx\.)?doi\.org\/|doi:?\s*)?\.?$/i, '') === '') return { doi }
  const pmid = /^(?:PMID:?\s*)?(\d{1,9})$/i.exec(text)?.[1]
  if (pmid !== undefined) return { pmid }
  return { text: parseCitation(text) }
}

/** The first DOI in a text, without the full stop or bracket that ends the sentence. */
export function doiIn(text: string): string | undefined {
  let doi = DOI.exec(text)?.[0].replace(/[.,;:]+$/, '')
  if (doi !== undefined && doi.endsWith(')') && !doi.includes('(')) doi = doi.slice(0, -1).replace(/[.,;:]+$/, '')
  return doi
}

/**
 * The parts of a reference as Vancouver, AMA and APA write them. What it can't tell apart stays in the title: nothing that
 * was pasted is lost, and a person looks at it before it is kept.
 */
export function parseCitation(pasted: string): ReferenceForm {
  const text = pasted.replace(/\s+/g, ' ').trim().replace(/^(?:\[?\d{1,4}[.)\]]\s+)/, '')
  const doi = doiIn(text) ?? ''
  const pmid = PMID.exec(text)?.[1] ?? ''
  const rest = text
    .replace(/(?:https?:\/\/(?:dx\.)?doi\.org\/|\bdoi:?\s*)?10\.\d{4,9}\/\S+/i, '')
    .replace(PMID, '')
    .replace(/\bPMCID:?\s*PMC\d+;?/i, '')
    .replace(/[\s;]+$/, '')
    .trim()
  const found = { ...EMPTY_FORM, doi, pmid }
  const apa = /^(?<authors>.+?)\s+\((?<year>\d{4})[a-z]?(?:, [^)]*)?\)\.\s*(?<title>.+?[.?!])\s+(?<container>[^,]+?)(?:,\s*(?<volume>\d+)(?:\s*\((?<issue>[^)]+)\))?(?:,\s*(?:e?pp?\.\s*)?(?<page>[A-Za-z]?\d[\w.–-]*))?)?\.?$/.exec(rest)
  if (apa?.groups !== undefined) {
    const { authors = '', year = '', title = '', container = '', volume = '', issue = '', page = '' } = apa.groups
    return { ...found, authors: apaAuthors(authors), year, title: unstopped(title), container: container.trim(), volume, issue, page: page.replace('–', '-').replace(/\.$/, '') }
  }
  const vancouver = /^(?:(?<authors>[^.]+)\.\s+)(?<title>.+?[.?!])\s+(?<container>[^.]+)\.\s*(?<year>\d{4})[^;:.]*(?:;\s*(?<volume>[\w-]+)?(?:\s*\((?<issue>[^)]+)\))?)?(?::\s*(?<page>[A-Za-z]?\d[\w–-]*))?\.?/.exec(rest)
  if (vancouver?.groups !== undefined) {
    const { authors = '', title = '', container = '', year = '', volume = '', issue = '', page = '' } = vancouver.groups
    return { ...found, authors: vancouverAuthors(authors), title: unstopped(title), container: container.trim(), year, volume, issue, page: page.replace('–', '-') }
  }
  return { ...found, type: 'document', title: unstopped(rest), year: /\b(19|20)\d{2}\b/.exec(rest)?.[0] ?? '' }
}

function unstopped(title: string): string {
  return title.trim().replace(/\.$/, '')
}

/** `Hartwell A, Moss BC, et al` becomes a line each: `Hartwell, A`. */
function vancouverAuthors(authors: string): string {
  return authors
    .split(/\s*,\s*/)
    .filter((it) => it !== '' && !/^et al$/i.test(it))
    .map((it) => {
      const initials = /^(?<family>.+?)\s+(?<given>\p{Lu}{1,4})$/u.exec(it.replace(/^and\s+/, ''))
      return initials?.groups === undefined ? it : `${initials.groups['family']}, ${initials.groups['given']}`
    })
    .join('\n')
}

/** `Hartwell, A. B., & Moss, C.` becomes a line each. */
function apaAuthors(authors: string): string {
  const names = authors.replace(/,?\s+(?:&|and)\s+/g, ', ').split(/\s*,\s*/)
  const lines: string[] = []
  for (const name of names) {
    const isGiven = /^(?:\p{Lu}\.[\s-]?)+$/u.test(name)
    if (isGiven && lines.length > 0) lines.push(`${lines.pop()}, ${name}`)
    else lines.push(name)
  }
  return lines.filter((it) => it !== '').join('\n')
}

/** The form of a work; what the form has no field for stays in the work, see `cslOf`. */
export function formOf(work: object): ReferenceForm {
  const csl = work as Csl
  const text = (name: string) => (typeof csl[name] === 'string' || typeof csl[name] === 'number' ? String(csl[name]) : '')
  const authors = Array.isArray(csl['author']) ? (csl['author'] as readonly Readonly<Record<string, string>>[]) : []
  const issued = csl['issued'] as { readonly 'date-parts'?: readonly (readonly (string | number)[])[] } | undefined
  return {
    type: text('type') || 'article-journal',
    title: text('title'),
    authors: authors.map((it) => it['literal'] ?? [it['family'], it['given']].filter(Boolean).join(', ')).join('\n'),
    container: text('container-title'),
    publisher: text('publisher'),
    year: String(issued?.['date-parts']?.[0]?.[0] ?? ''),
    volume: text('volume'),
    issue: text('issue'),
    page: text('page'),
    doi: text('DOI'),
    pmid: text('PMID'),
    url: text('URL'),
  }
}

/** The work that a form says, on top of what was known before: what did not change stays as it is, to the letter. */
export function cslOf(form: ReferenceForm, before: object = {}): Csl {
  const was = formOf(before)
  const csl: Record<string, unknown> = { ...before, type: form.type }
  const put = (name: string, value: unknown, changed: boolean) => {
    if (!changed) return
    if (value === undefined || value === '') delete csl[name]
    else csl[name] = value
  }
  put('title', form.title.trim(), form.title !== was.title)
  put('author', authorsOf(form.authors), form.authors !== was.authors)
  put('container-title', form.container.trim(), form.container !== was.container)
  put('publisher', form.publisher.trim(), form.publisher !== was.publisher)
  put('issued', /^\d{4}$/.test(form.year.trim()) ? { 'date-parts': [[Number(form.year)]] } : undefined, form.year !== was.year)
  put('volume', form.volume.trim(), form.volume !== was.volume)
  put('issue', form.issue.trim(), form.issue !== was.issue)
  put('page', form.page.trim(), form.page !== was.page)
  put('DOI', doiIn(form.doi) ?? form.doi.trim(), form.doi !== was.doi)
  put('PMID', form.pmid.trim(), form.pmid !== was.pmid)
  put('URL', form.url.trim(), form.url !== was.url)
  return csl
}

function authorsOf(lines: string): readonly object[] | undefined {
  const authors = lines
    .split('\n')
    .map((it) => it.trim())
    .filter((it) => it !== '')
    .map((it) => {
      const [family = '', ...given] = it.split(/\s*,\s*/)
      return given.length === 0 ? { literal: it } : { family, given: given.join(', ') }
    })
  return authors.length === 0 ? undefined : authors
}

/** What is still missing in a work, in words; empty when it can be found by others. */
export function missingIn(csl: object): readonly string[] {
  const form = formOf(csl)
  return [
    ...(form.title === '' ? ['title'] : []),
    ...(form.authors === '' && form.publisher === '' ? ['author'] : []),
    ...(form.year === '' ? ['year'] : []),
    ...(form.type === 'article-journal' && form.container === '' ? ['journal'] : []),
    ...(form.type === 'document' && form.container === '' && form.publisher === '' ? ['where it was published'] : []),
  ]
}
