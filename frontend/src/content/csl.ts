/** The parts of a CSL-JSON work that a short citation shows. Everything may be missing: an import says what its file said. */
interface CslItem {
  readonly title?: string
  readonly author?: readonly { readonly family?: string; readonly given?: string; readonly literal?: string }[]
  readonly issued?: { readonly 'date-parts'?: readonly (readonly (string | number)[])[] }
  readonly 'container-title'?: string
  readonly publisher?: string
  readonly volume?: string | number
  readonly page?: string | number
  readonly DOI?: string
  readonly PMID?: string
  readonly URL?: string
}

export interface Reference {
  readonly id: string
  readonly csl: CslItem
}

/** Who and when: `Hartwell et al., 2025`. Two authors are both named, from three on only the first. */
export function shortCitation(csl: CslItem): string {
  const names = (csl.author ?? []).map((it) => it.family ?? it.literal ?? '').filter((it) => it !== '')
  const who = names.length === 0 ? (csl.publisher ?? 'No author') : names.length === 1 ? names[0] : names.length === 2 ? names.join(' and ') : `${names[0]} et al.`
  const year = csl.issued?.['date-parts']?.[0]?.[0]
  return year === undefined ? `${who}, no date` : `${who}, ${year}`
}

/** Where it stands: `Journal of Sample Cardiology 12: 341–352`. Undefined when the work does not say. */
export function whereItStands(csl: CslItem): string | undefined {
  const place = csl['container-title'] ?? csl.publisher
  if (place === undefined) return undefined
  const volume = csl.volume === undefined ? '' : ` ${csl.volume}`
  const page = csl.page === undefined ? '' : `: ${String(csl.page).replace('-', '–')}`
  return `${place}${volume}${page}`
}

/** Where the work can be read, if it names an address that is safe to follow. */
export function addressOf(csl: CslItem): { readonly href: string; readonly label: string } | undefined {
  if (csl.DOI !== undefined && csl.DOI.startsWith('10.')) return { href: `https://doi.org/${encodeURI(csl.DOI)}`, label: csl.DOI }
  if (csl.PMID !== undefined && /^\d+$/.test(csl.PMID)) return { href: `https://pubmed.ncbi.nlm.nih.gov/${csl.PMID}/`, label: `PMID ${csl.PMID}` }
  if (csl.URL !== undefined && /^https?:\/\//i.test(csl.URL)) return { href: csl.URL, label: csl.URL.replace(/^https?:\/\//i, '') }
  return undefined
}
