// Writes src/api/<name>.d.ts from every OpenAPI document in content-schema/api. The files are built, never committed.
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'

const source = new URL('../../content-schema/api/', import.meta.url)
const target = new URL('../src/api/', import.meta.url)

if (!existsSync(source)) {
  console.log(`No OpenAPI documents in ${fileURLToPath(source)} yet, so no types were generated.`)
  process.exit(0)
}

for (const file of (await readdir(source)).filter((name) => name.endsWith('.yaml')).sort()) {
  const types = astToString(await openapiTS(new URL(file, source), { rootTypes: false }))
  const output = new URL(file.replace(/\.yaml$/, '.d.ts'), target)
  // An unchanged file keeps its time stamp, so that nothing is rebuilt for it.
  if (!existsSync(output) || (await readFile(output, 'utf8')) !== types) await writeFile(output, types)
  console.log(`${file} -> src/api/${file.replace(/\.yaml$/, '.d.ts')}`)
}
