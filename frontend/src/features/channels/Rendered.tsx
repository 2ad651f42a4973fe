import { useEffect, useRef } from 'react'

/** The look inside: none of the screen's own styles reach it, and none of its content reaches the screen. */
const SHEET = `
:host { display: block; color: var(--text-2); font: var(--fw-normal) var(--fs-13) / 1.3rem var(--font-ui); overflow-wrap: anywhere; }
p, ul, ol, table, blockquote, pre { margin: 0 0 6px; }
:host > :last-child, div > :last-child { margin-bottom: 0; }
h1, h2, h3, h4, h5, h6 { margin: 10px 0 3px; color: var(--text); font-size: var(--fs-13); line-height: 1.3rem; font-weight: var(--fw-semibold); }
strong { color: var(--text); font-weight: var(--fw-semibold); }
ul, ol { padding-left: 20px; }
sup { font-size: var(--fs-11); line-height: 1; }
a { color: var(--accent-text); }
table { border-collapse: collapse; }
th, td { padding: 3px 8px; border: 1px solid var(--line-strong); text-align: left; }
blockquote { padding-left: 10px; border-left: 2px solid var(--line-strong); }
`

/**
 * Shows HTML that the server sanitised, in a shadow tree of its own. Links open beside the screen; scripts could not run in
 * any case, the content security policy allows none inline.
 */
export function Rendered({ html }: { readonly html: string }) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = host.current
    if (element === null) return
    const shadow = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
    if (shadow.adoptedStyleSheets.length === 0) {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(SHEET)
      shadow.adoptedStyleSheets = [sheet]
    }
    shadow.innerHTML = html
    for (const link of shadow.querySelectorAll('a[href]')) {
      // A citation points into the channel's own page; here there is nothing to jump to.
      if (link.getAttribute('href')?.startsWith('#')) link.removeAttribute('href')
      link.setAttribute('target', '_blank')
      link.setAttribute('rel', 'noopener noreferrer')
    }
  }, [html])
  return <div ref={host} />
}
