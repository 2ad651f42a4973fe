import { el, link } from './view'

/** The part of CSL-JSON that a short reference needs. */
export interface Csl {
  readonly title?: string
  readonly author?: readonly { readonly family?: string; readonly given?: string; readonly literal?: string }[]
  readonly 'container-title'?: string
  readonly issued?: { readonly 'date-parts'?: readonly (readonly (number | string)[])[] }
  readonly volume?: string | number
  readonly page?: string | number
  readonly DOI?: string
}

const MOST_AUTHORS = 3

/** Authors, title, journal, year;volume:pages, DOI. */
export function citation(csl: Csl): readonly (Node | string)[] {
  const names = (csl.author ?? []).map((it) => it.literal ?? [it.family, initials(it.given)].filter(Boolean).join(' '))
  const authors = names.length > MOST_AUTHORS ? `${names.slice(0, MOST_AUTHORS).join(', ')} et al.` : names.join(', ')
  const year = csl.issued?.['date-parts']?.[0]?.[0]
  const place = `${year ?? ''}${csl.volume === undefined ? '' : `;${csl.volume}`}${csl.page === undefined ? '' : `:${csl.page}`}`
  const parts: (Node | string)[] = [[authors, csl.title].filter(Boolean).join('. '), '. ']
  if (csl['container-title'] !== undefined) parts.push(el('i', {}, csl['container-title']), ' ')
  if (place !== '') parts.push(`${place}. `)
  if (csl.DOI !== undefined && /^10\.\d+\/\S+$/.test(csl.DOI)) parts.push(link(`https://doi.org/${encodeURI(csl.DOI)}`, `doi:${csl.DOI}`))
  return parts
}

function initials(given: string | undefined): string {
  return (given ?? '').split(/[\s.-]+/).map((it) => it.charAt(0)).join('')
}
