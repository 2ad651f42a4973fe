import { useState } from 'react'

/** Text that survives a closed tab or an ended session. It is forgotten when it was sent. */
export function useKept(key: string): readonly [string, (text: string) => void] {
  const name = `throughline-kept/${key}`
  const [text, setText] = useState(() => window.localStorage.getItem(name) ?? '')
  return [
    text,
    (next) => {
      setText(next)
      if (next === '') window.localStorage.removeItem(name)
      else window.localStorage.setItem(name, next)
    },
  ]
}
