import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { jats } from './article'
import { PASSWORD, startBrowser, Visitor } from './browser'

const RUN = Date.now().toString(36)
const CONTEXT = 'channel=web&audience=hcp.nurse&stage=system-efficiency&need=refer-share-care&market=GB&locale=en-GB'

/** Each says its place to `ran` if a browser ever runs it. */
const hostile = (place: string) => `<img src=x onerror="ran('${place}')"><script>ran('${place}')</script>"><svg onload=ran('${place}')> {{7*7}} \${7*7}`

const BODY = [
  ...['img src=x onerror', 'svg onload', 'details open ontoggle', 'input autofocus onfocus', 'video src=x onerror', 'body onload', 'marquee onstart', 'p style="animation-name:x" onanimationstart'].map((it) => `<${it}="ran('body')">`),
  `<script>ran('body')</script>`,
  `<scr<script>ipt>ran('body')</script>`,
  `<svg><script href="data:text/javascript,ran('body')"></script><animate onbegin=ran('body') attributeName=x dur=1s></svg>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=ran('body')&gt;">`,
  `<iframe srcdoc="<script>parent.ran('body')</script>"></iframe><object data="data:text/html,<script>parent.ran('body')</script>"></object>`,
  `<style>@import url(//127.0.0.1:9/x.css);</style><link rel=stylesheet href="//127.0.0.1:9/x.css"><base href="//127.0.0.1:9/">`,
  `<form action="javascript:ran('body')"><button>Press</button></form>`,
  `[plain](javascript:ran('body')) [broken](java&#10;script:ran('body')) [data](data:text/html;base64,PHNjcmlwdD5wYXJlbnQucmFuKCdib2R5Jyk8L3NjcmlwdD4=)`,
  `<a href="javascript:ran('body')">raw</a> <a href="&#106;avascript:ran('body')" onclick="ran('body')">entity</a> <javascript:ran('body')>`,
  `![alt](x" onerror="ran('body')) ![data](data:image/svg+xml,<svg/onload=ran('body')>)`,
  `:klaim[itm_" onclick="ran('body')] [1" onmouseover="ran('body')]`,
  `| <img src=x onerror=ran('body')> |\n| --- |\n| <script>ran('body')</script> |`,
  '`<script>ran("body")</script>`',
  'The last words of it.',
].join('\n\n')

let browser: Browser
const ran: string[] = []

beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
})

async function as(username: string): Promise<Visitor> {
  const visitor = await Visitor.of(browser)
  await visitor.context.exposeFunction('ran', (place: string) => void ran.push(place))
  visitor.page.on('dialog', (dialog) => {
    ran.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  return visitor.signIn(username)
}

/** What in this page, shadow trees too, could run although it is not ours. */
function active(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    const visit = (root: Document | ShadowRoot) => {
      for (const element of root.querySelectorAll('*')) {
        const name = element.localName
        if (['iframe', 'object', 'embed', 'base', 'frame'].includes(name)) found.push(name)
        if (name === 'script' && new URL((element as HTMLScriptElement).src || 'inline:x').origin !== location.origin) found.push(element.outerHTML)
        for (const attribute of element.attributes) {
          const value = attribute.value.replace(/[\u0000-\u0020]/g, '').toLowerCase()
          if (attribute.name.startsWith('on')) found.push(`${name} ${attribute.name}`)
          if (['href', 'src', 'action', 'formaction', 'xlink:href', 'srcdoc'].includes(attribute.name) && /^(javascript|vbscript|data:text)/.test(value)) found.push(`${name} ${attribute.name}=${value}`)
        }
        if (element.shadowRoot !== null) visit(element.shadowRoot)
      }
    }
    visit(document)
    return found
  })
}

async function expectHarmless(visitor: Visitor, screen: string): Promise<void> {
  await visitor.settle()
  expect(await active(visitor.page), screen).toEqual([])
  expect(ran, screen).toEqual([])
}

test('what could run is found when it is planted', async () => {
  const planted = await as('mara.lindqvist')
  await planted.page.evaluate(() => {
    const host = document.body.appendChild(document.createElement('div'))
    host.attachShadow({ mode: 'open' }).innerHTML = '<a href=" javascript:1">x</a><img alt="" onerror="1"><iframe></iframe>'
  })
  expect(await active(planted.page)).toEqual(['a href=javascript:1', 'img onerror', 'iframe'])
  await planted.close()
})

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

test('markup stored in title, summary, text, references, file name, annotation, comment and reason never runs on any screen', async () => {
  const mara = await as('mara.lindqvist')
  await mara.page.goto('/content?dialog=import')
  const dialog = mara.page.getByRole('dialog', { name: 'Import files' })
  const file = (name: string, text: Buffer) => ({ name, mimeType: 'application/xml', buffer: text })
  await dialog.getByLabel('Files', { exact: true }).setInputFiles([
    file(`${hostile('file name').replaceAll('/', '∕')}.xml`, jats({ title: escaped(`${hostile('title')} ${RUN}`), doi: `10.5555/x.${RUN}`, abstract: escaped(hostile('abstract')) })),
    file(`<img src=x onerror=ran('refused')>.xml`, Buffer.from('<not an article')),
  ])
  await dialog.getByText(/1 references?/).waitFor()
  await expectHarmless(mara, 'import')
  const link = dialog.getByRole('link', { name: RUN })
  const key = (await link.getAttribute('href'))?.split('/').at(-1) ?? ''
  const { body: item } = await mara.ask('GET', `/manage/v1/items/${key}`)

  const unknownTag = await put(mara, item.id, (document) => ({ ...document, classification: { ...document.classification, audience: [hostile('tag')] } }))
  expect(unknownTag.status).toBe(422)
  await mara.page.goto(`/content/${key}?panel=findings`)
  await expectHarmless(mara, 'editor with an unknown concept')
  const saved = await put(mara, item.id, (document) => ({
    ...document,
    summary: hostile('summary'),
    body: BODY,
    classification: { audience: ['hcp.nurse'], stage: ['system-efficiency'], need: ['refer-share-care'], topic: [], indication: [], channel: [] },
  }))
  expect(saved.status, JSON.stringify(saved.body)).toBe(200)

  for (const panel of ['fields', 'evidence', 'findings', 'history']) {
    await mara.page.goto(`/content/${key}?panel=${panel}`)
    await mara.page.getByText('The last words of it.').first().waitFor()
    await expectHarmless(mara, `editor, ${panel}`)
  }
  await mara.choose('Preview')
  const preview = mara.page.getByRole('article', { name: 'Rendered text' })
  await preview.getByText('The last words of it.').waitFor()
  await expectHarmless(mara, 'preview')
  for (const stray of await preview.getByRole('link').all()) await stray.hover()
  await expectHarmless(mara, 'preview, pointed at')

  await mara.page.goto(`/content?q=${RUN}`)
  await mara.page.getByRole('option').filter({ hasText: RUN }).first().waitFor()
  await expectHarmless(mara, 'library')
  await mara.page.goto(`/content?q=${encodeURIComponent(hostile('query'))}`)
  await expectHarmless(mara, 'library, hostile query')
  await mara.page.keyboard.press('Control+k')
  await mara.page.keyboard.type(RUN)
  await expectHarmless(mara, 'command palette')

  const { body: draft } = await mara.ask('GET', `/manage/v1/items/${item.id}/drafts/en-GB`)
  const submitted = await mara.ask('POST', `/manage/v1/items/${item.id}/drafts/en-GB/submission`, { market: 'GB', note: hostile('note') }, { 'If-Match': `"r${draft.revision}"` })
  expect(submitted.status, JSON.stringify(submitted.body)).toBe(201)
  const { code, rendition } = submitted.body

  for (const [username, discipline] of [['dr.amari', 'medical'], ['j.castellan', 'legal'], ['p.novotny', 'regulatory']] as const) {
    const reviewer = await as(username)
    if (discipline === 'medical') {
      const annotated = await reviewer.ask('POST', `/manage/v1/jobs/${code}/annotations`, { quote: 'last words', prefix: 'The ', suffix: ' of it', body: hostile('annotation'), required: false })
      expect(annotated.status, JSON.stringify(annotated.body)).toBe(201)
      for (const view of ['changes', 'text', 'shown']) {
        await reviewer.page.goto(`/review/${code}?view=${view}`)
        await reviewer.page.getByText('The last words of it.').first().waitFor()
        await expectHarmless(reviewer, `review room, ${view}`)
      }
      await reviewer.page.goto('/')
      await expectHarmless(reviewer, 'my work')
    }
    const verdict = await reviewer.ask('POST', `/manage/v1/jobs/${code}/verdicts`, { discipline, verdict: 'approve', comment: hostile('comment'), renditionSha256: rendition.sha256, signature: { userId: username, password: PASSWORD } })
    expect(verdict.status, JSON.stringify(verdict.body)).toBe(201)
    await reviewer.page.goto(`/review/${code}`)
    await expectHarmless(reviewer, 'review room after the verdict')
    await reviewer.close()
  }
  const signatory = await as('dr.okonjo')
  const certified = await signatory.ask('POST', `/manage/v1/jobs/${code}/certification`, { renditionSha256: rendition.sha256, validUntil: new Date(Date.now() + 30 * 86_400_000).toISOString(), signature: { userId: 'dr.okonjo', password: PASSWORD } })
  expect(certified.status, JSON.stringify(certified.body)).toBe(201)
  await signatory.page.goto(`/review/${code}`)
  await expectHarmless(signatory, 'certificate')
  const published = await mara.ask('POST', `/manage/v1/items/${item.id}/publications`, { locale: 'en-GB', market: 'GB' })
  expect(published.status, JSON.stringify(published.body)).toBe(201)

  const strategist = await as('s.varga')
  await strategist.page.goto(`/channels?${CONTEXT}`)
  await strategist.page.getByText('The last words of it.').first().waitFor()
  await expectHarmless(strategist, 'channels')
  await strategist.page.goto('/strategy?audience=hcp&stage=system-efficiency&need=refer-share-care')
  await expectHarmless(strategist, 'framework matrix')

  const withdrawn = await signatory.ask('POST', `/manage/v1/items/${item.id}/withdrawals`, { reason: hostile('reason') })
  expect(withdrawn.status, JSON.stringify(withdrawn.body)).toBe(201)
  for (const path of ['/', `/content/${key}`, `/content/${key}?panel=history`]) {
    await signatory.page.goto(path)
    await expectHarmless(signatory, `after the withdrawal: ${path}`)
  }
  // Nothing hostile even got as far as the content security policy.
  for (const visitor of [mara, signatory, strategist]) expect(visitor.complaints.filter((it) => !it.includes('status of 4'))).toEqual([])
})

/** Reads the draft, changes its document and writes it back. */
async function put(visitor: Visitor, itemId: string, change: (document: any) => any) {
  const { body } = await visitor.ask('GET', `/manage/v1/items/${itemId}/drafts/en-GB`)
  return visitor.ask('PUT', `/manage/v1/items/${itemId}/drafts/en-GB`, { document: change(body.document) }, { 'If-Match': `"r${body.revision}"` })
}
