import type { MouseEvent, Ref } from 'react'

import classes from './Rendered.module.css'

interface RenderedProps {
  /** HTML that the server made and sanitised; nothing else may come in here. */
  readonly html: string
  /** Called for a citation with the id of its reference; the address stays. */
  readonly onCitation?: (referenceId: string) => void
  readonly label: string
  readonly ref?: Ref<HTMLElement>
}

/** A document as channels show it. */
export function Rendered({ html, onCitation, label, ref }: RenderedProps) {
  function follow(event: MouseEvent) {
    const href = (event.target as HTMLElement).closest('a[href^="#ref-"]')?.getAttribute('href')
    if (href === null || href === undefined) return
    event.preventDefault()
    onCitation?.(href.slice('#ref-'.length))
  }
  // Wide tables scroll sideways inside it, therefore it takes the focus of the keyboard.
  return <article ref={ref} aria-label={label} tabIndex={0} className={classes.rendered} onClick={follow} dangerouslySetInnerHTML={{ __html: html }} />
}
