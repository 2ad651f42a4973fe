import { IconCopy } from '@tabler/icons-react'
import { useMemo, type ReactNode } from 'react'

import { Button, sayMoment, Tabs, useToast } from '@/ui'

import type { Preview } from './api'
import classes from './answer.module.css'
import type { WireTab } from './routes'

const TABS = [
  { key: 'json', label: 'JSON' },
  { key: 'curl', label: 'curl' },
  { key: 'headers', label: 'Headers' },
] as const

/** The request and its answer, byte for byte what a developer of the channel works with. */
export function Wire({ preview, tab, onTab }: { readonly preview: Preview; readonly tab: WireTab; readonly onTab: (tab: WireTab) => void }) {
  const toast = useToast()
  const body = useMemo(() => JSON.stringify(preview.set ?? preview.problem ?? {}, null, 1), [preview])
  const headers = headersOf(preview)
  const text = { json: body, curl: preview.request.curl, headers }[tab]
  const label = TABS.find((it) => it.key === tab)?.label ?? tab
  const isOk = preview.status < 400

  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      toast({ message: `${label} copied` })
    } catch {
      toast({ message: 'The browser did not allow copying. Select the text and copy it.' })
    }
  }
  return (
    <section className={classes.wire} aria-label="Answer of the API">
      <div className={classes.wireHead}>
        <Tabs label="Answer of the API" size="panel" tabs={TABS} current={tab} onChange={(key) => onTab(key as WireTab)} />
        <span className={classes.status}>
          <b data-ok={isOk || undefined}>{preview.status}</b> in {preview.tookMs < 10 ? preview.tookMs.toFixed(1) : Math.round(preview.tookMs)} ms
        </span>
        <Button variant="quiet" iconOnly aria-label={`Copy ${label}`} icon={<IconCopy size={16} stroke={1.5} aria-hidden="true" />} onClick={() => void copy()} />
      </div>
      <pre className={classes.code} tabIndex={0} aria-label={`${label} of the answer`}>
        {tab === 'json' && <span data-token="comment">{`GET ${preview.request.path.replaceAll('&', '\n    &')}\n\n`}</span>}
        {tab === 'json' ? <Json text={body} /> : text}
      </pre>
      <div className={classes.wireFoot}>
        {preview.headers.etag === undefined ? (
          <span>No ETag on a problem</span>
        ) : (
          <span className="clip" title={preview.headers.etag}>
            ETag <span className="mono">{preview.headers.etag}</span>
          </span>
        )}
        {preview.set !== undefined && <span className="end">valid until {sayMoment(new Date(preview.set.validUntil))}</span>}
      </div>
    </section>
  )
}

function headersOf({ status, headers, set }: Preview): string {
  return [
    `HTTP/1.1 ${status}`,
    `Content-Type: ${set === undefined ? 'application/problem+json' : 'application/json'}`,
    headers.etag !== undefined && `ETag: ${headers.etag}`,
    headers.contentSequence !== undefined && `Content-Sequence: ${headers.contentSequence}`,
    headers.cacheControl !== undefined && `Cache-Control: ${headers.cacheControl}`,
  ]
    .filter(Boolean)
    .join('\n')
}

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/g
// More than a person reads; colouring it would only make the page slow. It is copied in full.
const MOST_COLOURED = 60_000

/** Pretty-printed JSON with keys, texts and numbers told apart. */
function Json({ text }: { readonly text: string }) {
  if (text.length > MOST_COLOURED) return text
  const parts: ReactNode[] = []
  let end = 0
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > end) parts.push(text.slice(end, match.index))
    const [whole, quoted, colon] = match
    if (quoted === undefined) parts.push(<span key={match.index} data-token="number">{whole}</span>)
    else parts.push(<span key={match.index} data-token={colon === undefined ? 'text' : 'key'}>{quoted}</span>, colon ?? '')
    end = match.index + whole.length
  }
  parts.push(text.slice(end))
  return parts
}
