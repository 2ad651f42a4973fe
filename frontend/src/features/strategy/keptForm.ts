/** A form on this device, until the server has it. `stamp` is what the form was begun from. */
export interface Kept<Form> {
  readonly stamp: string
  readonly at: string
  readonly form: Form
}

/** What was typed under this key and never sent. A note that can't be read counts as none. */
export function readKept<Form>(key: string, storage: Storage = window.localStorage): Kept<Form> | undefined {
  const text = storage.getItem(`throughline-kept-form/${key}`)
  if (text === null) return undefined
  try {
    const kept = JSON.parse(text) as Partial<Kept<Form>>
    return typeof kept.stamp === 'string' && typeof kept.at === 'string' && kept.form !== undefined ? { stamp: kept.stamp, at: kept.at, form: kept.form } : undefined
  } catch {
    return undefined
  }
}

export function keepForm<Form>(key: string, kept: Kept<Form>, storage: Storage = window.localStorage): void {
  try {
    storage.setItem(`throughline-kept-form/${key}`, JSON.stringify(kept))
  } catch {
    // The device is full. What was typed is still on screen; there is nothing better to do here.
  }
}

export function forgetKept(key: string, storage: Storage = window.localStorage): void {
  storage.removeItem(`throughline-kept-form/${key}`)
}
