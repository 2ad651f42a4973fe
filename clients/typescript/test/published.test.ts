import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { afterAll, beforeAll, expect, it } from 'vitest'

/** What a channel gets from a registry: packed, installed into an empty folder, used without this project around it. Needs `npm run build`. */
const run = promisify(execFile)
const project = fileURLToPath(new URL('..', import.meta.url))
const dependency = (name: string) => join(project, 'node_modules', name)

let folder: string
let packed: { filename: string; files: readonly { path: string }[] }
let server: Server
const asked: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-client-'))
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: project })
  packed = JSON.parse(stdout)[0]
  await writeFile(join(folder, 'package.json'), '{ "private": true }')
  // the dependencies come from here, so that no registry is needed; the client must be content with their versions
  const archives = [join(folder, packed.filename), dependency('openapi-fetch'), dependency('openapi-typescript-helpers')]
  await run('npm', ['install', '--offline', '--install-links', '--no-audit', '--no-fund', ...archives], { cwd: folder })

  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`)
    const token = request.url === '/oauth2/token'
    response.writeHead(200, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(token ? { access_token: 't1', token_type: 'Bearer', expires_in: 300 } : { items: [{ id: 'itm_1', key: 'ART-93', title: 'Titration', type: 'article', version: 1 }] }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
}, 60_000)

afterAll(async () => {
  server?.close()
  await rm(folder, { recursive: true, force: true })
})

it('holds the compiled modules with their types, and nothing else', () => {
  const modules = ['delivery', 'index', 'tokens', 'webhooks'].flatMap((name) => [`dist/${name}.d.ts`, `dist/${name}.js`])
  expect(packed.files.map((it) => it.path).toSorted()).toEqual(['README.md', ...modules, 'package.json'].toSorted())
})

it('is used from plain Node', async () => {
  const program = `
    import { ClientCredentials, Throughline, verifyWebhook, WebhookRefused } from '@throughline/client'
    const server = process.argv[1]
    const throughline = new Throughline({ server, credential: new ClientCredentials({ server, id: 'cli_1', secret: 's' }) })
    for await (const item of throughline.items({ market: 'GB' }, { signal: AbortSignal.timeout(5000) })) console.log(item.title)
    const headers = { id: 'evt_01JD8Z7Q4T', timestamp: '1795252444', signature: 'v1,GgIYP5VIfzJ28vprPiKcdfUy+Z7wjXfdD0KaOvdrQEI=' }
    const body = '{"type":"content.withdrawn","timestamp":"2026-11-21T09:54:04Z","data":{"sequence":184467,"itemId":"itm_01JD8Z7Q4T0000000000000001"}}'
    const event = await verifyWebhook('whsec_c2FtcGxlLXNlY3JldC1kby1ub3QtdXNlLTAwMDE=', headers, body, new Date(1795252444000))
    console.log(event.type)
    await verifyWebhook('whsec_AAAA', headers, body).catch((error) => console.log(error instanceof WebhookRefused))`
  const { port } = server.address() as AddressInfo
  const { stdout } = await run('node', ['--input-type=module', '--eval', program, `http://127.0.0.1:${port}`], { cwd: folder })
  expect(stdout).toBe('Titration\ncontent.withdrawn\ntrue\n')
  expect(asked).toEqual(['POST /oauth2/token Basic Y2xpXzE6cw==', 'GET /v1/items?market=GB Bearer t1'])
})

it('has types that a strict project compiles against', async () => {
  await writeFile(join(folder, 'channel.mts'), `
    import { Throughline, type DeliveredItem } from '@throughline/client'
    const throughline = new Throughline({ server: 'https://content.example', credential: () => 'tlk_1' })
    export const item: Promise<DeliveredItem> = throughline.item('ART-93', { market: 'GB', locale: 'en-GB' }).then((it) => it.value)
    // @ts-expect-error there is no such parameter
    throughline.items({ colour: 'blue' })`)
  const compiler = join(dependency('typescript'), 'bin/tsc')
  await run('node', [compiler, '--noEmit', '--strict', '--target', 'es2023', '--lib', 'es2023,dom,dom.iterable', '--module', 'nodenext', 'channel.mts'], { cwd: folder })
    .catch((error: { stdout: string }) => expect.fail(error.stdout))
}, 60_000)
