import { useLayoutEffect, useRef, type TextareaHTMLAttributes } from 'react'

interface GrowingTextProps extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange' | 'value' | 'rows'> {
  readonly value: string
  readonly onChange: (value: string) => void
  /** A title stays on one line: Enter and pasted line ends become spaces. */
  readonly oneLine?: boolean
}

/** A field that is as high as its text. */
export function GrowingText({ value, onChange, oneLine = false, ...rest }: GrowingTextProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => {
    const element = area.current
    if (element === null) return
    const fit = () => {
      element.style.height = 'auto'
      element.style.height = `${element.scrollHeight}px`
    }
    fit()
    // A narrower column breaks lines elsewhere.
    let width = element.clientWidth
    const observer = new ResizeObserver(() => {
      if (element.clientWidth === width) return
      width = element.clientWidth
      fit()
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [value])
  return (
    <textarea
      {...rest}
      ref={area}
      rows={1}
      value={value}
      onChange={(event) => onChange(oneLine ? event.currentTarget.value.replace(/\s*[\r\n]+\s*/g, ' ') : event.currentTarget.value)}
      onKeyDown={(event) => {
        if (oneLine && event.key === 'Enter' && !event.ctrlKey && !event.metaKey) event.preventDefault()
      }}
    />
  )
}
