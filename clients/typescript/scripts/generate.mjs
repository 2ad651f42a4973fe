// Writes src/delivery.ts from the OpenAPI document of the delivery API. The file is built, never committed.
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import openapiTS, { astToString } from 'openapi-typescript'

const contract = new URL('../../../content-schema/api/delivery.yaml', import.meta.url)
const output = new URL('../src/delivery.ts', import.meta.url)
const types = astToString(await openapiTS(contract, { rootTypes: false }))
if (!existsSync(output) || (await readFile(output, 'utf8')) !== types) await writeFile(output, types)
