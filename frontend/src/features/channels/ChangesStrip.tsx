import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

import { Button, Kbd, useActions, useNow } from '@/ui'

import { momentsQuery, type Context } from './api'
import classes from './changes.module.css'
import { earlier, later, momentAt, sayChange, sayNames } from './moments'

interface ChangesStripProps {
  readonly context: Context
  /** The newest change that the set reflects. */
  readonly sequence: number | undefined
  readonly onAt: (at: string | undefined) => void
}

/** What changed the sets of this market and locale, oldest on the left; each point shows the set right after it. */
export function ChangesStrip({ context, sequence, onAt }: ChangesStripProps) {
  const { market, locale, brand, at } = context
  const now = useNow()
  const { data, isError, refetch } = useQuery(momentsQuery(market, locale, brand))
  const moments = data?.moments ?? []
  const current = momentAt(moments, at)
  const strip = useRef<HTMLOListElement>(null)

  useActions('Changes', [
    { label: 'Set before the change', keys: ',', palette: false, disabled: moments.length === 0, run: () => onAt(earlier(moments, at)) },
    { label: 'Set after the change', keys: '.', palette: false, disabled: moments.length === 0, run: () => onAt(later(moments, at)) },
  ])
  useEffect(() => {
    strip.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [at, data])

  return (
    <section className={classes.strip} aria-label="Changes">
      <h2>Changes</h2>
      {isError ? (
        <p className={classes.failed} role="alert">
          What changed could not be loaded; the set below is complete. <Button variant="quiet" onClick={() => void refetch()}>Try again</Button>
        </p>
      ) : (
        <ol ref={strip} className={classes.points}>
          {data?.older === true && <li className={classes.older}>older ones: choose a time in “As of”</li>}
          {moments.toReversed().map((it) => {
            const { who, what } = sayChange(it, now)
            return (
              <li key={it.sequence} data-type={it.type}>
                <button type="button" title={sayNames(it)} aria-current={it === current} onClick={() => onAt(it.at)}>
                  <i aria-hidden="true" />
                  <span className={classes.words}>
                    <span className="clip">{who}</span> <span>{what}</span>
                  </span>
                </button>
              </li>
            )
          })}
          <li data-type="now">
            <button type="button" aria-current={at === undefined} onClick={() => onAt(undefined)}>
              <i aria-hidden="true" />
              <span className="num">Now{at === undefined && sequence !== undefined ? `, ${sequence.toLocaleString('en-GB')}` : ''}</span>
            </button>
          </li>
        </ol>
      )}
      <span className={classes.keys}>
        <Kbd keys="," />
        <Kbd keys="." />
        <span className="wide-only">step through changes</span>
      </span>
    </section>
  )
}
