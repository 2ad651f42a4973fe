import type { components } from './management'

/** A type of the management API by its name in the OpenAPI document: `Schema<'ItemRow'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]
