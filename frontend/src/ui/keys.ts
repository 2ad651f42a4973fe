const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)

/** Whether a key press is `keys`, written as `mod+Shift+k`. A letter matches in either case unless Shift is named. */
export function matchesKeys(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split('+')
  const key = parts.pop() ?? ''
  const mod = parts.includes('mod')
  if (mod !== (event.ctrlKey || (isMac && event.metaKey))) return false
  if (!mod && event.metaKey) return false
  if (parts.includes('Alt') !== event.altKey) return false
  const isLetter = /^[a-z]$/i.test(key)
  // `?` and friends need Shift on some keyboards and not on others, therefore only letters and named keys look at it.
  if ((isLetter || key.length > 1) && parts.includes('Shift') !== event.shiftKey) return false
  return isLetter ? event.key.toLowerCase() === key.toLowerCase() : event.key === (key === 'Space' ? ' ' : key)
}

const SHOWN: Readonly<Record<string, string>> = {
  mod: isMac ? '⌘' : 'Ctrl',
  Enter: '⏎',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
}

/** `mod+Enter` as people read it: `Ctrl ⏎`. */
export function showKeys(keys: string): string {
  return keys
    .split('+')
    .map((part) => SHOWN[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(' ')
}
