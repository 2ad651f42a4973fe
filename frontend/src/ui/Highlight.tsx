import { Fragment } from 'react'

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&#x27;': "'", '&#x2F;': '/' }

/** Shows escaped text with `<mark>` around what was found. Nothing in it is ever parsed as HTML. */
export function Highlight({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(/(<mark>.*?<\/mark>)/gs).map((part, index) => {
        const marked = /^<mark>(.*)<\/mark>$/s.exec(part)
        return marked === null ? <Fragment key={index}>{unescape(part)}</Fragment> : <mark key={index}>{unescape(marked[1] ?? '')}</mark>
      })}
    </>
  )
}

function unescape(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39|#x27|#x2F);/g, (entity) => ENTITIES[entity] ?? entity)
}
