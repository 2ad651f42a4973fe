import type { ReactNode } from 'react'

import { Chip } from '@/ui'

import type { DeliveredItem } from './api'
import classes from './channels.module.css'
import { Rendered } from './Rendered'

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** Under promotional items: prescribing information (UK-5), adverse event statement (UK-6), job codes with their dates of preparation (UK-7). */
export function SetFoot({ items }: { readonly items: readonly DeliveredItem[] }) {
  const promotional = items.filter((it) => it.kind === 'promotional')
  const statements = [...new Set(promotional.map((it) => it.adverseEventStatement).filter((it) => it !== undefined && it !== ''))]
  const information = [...new Map(promotional.map((it) => [it.prescribingInformation?.url || it.prescribingInformation?.html, it.prescribingInformation])).values()].filter((it) => it !== undefined)
  const jobs = [...new Set(items.map((it) => `${it.approval.jobCode}, prepared ${sayMonth(it.approval.dateOfPreparation)}`))]
  const isGb = items.some((it) => it.market === 'GB')
  if (items.length === 0) return <FootRow />
  return (
    <FootRow
      rules={
        isGb && (
          <>
            {information.length > 0 && <Chip tone="line" title="Prescribing information is one step away">UK-5</Chip>}
            {statements.length > 0 && <Chip tone="line" title="The material says where adverse events are reported">UK-6</Chip>}
            <Chip tone="line" title="Job code and date of preparation">UK-7</Chip>
          </>
        )
      }
    >
      {statements.map((it) => (
        <p key={it}>{it}</p>
      ))}
      {information.map((it, index) => {
        const name = information.length === 1 ? 'Prescribing information' : `Prescribing information ${index + 1}`
        const url = it.url !== undefined && /^https:\/\//.test(it.url) ? it.url : undefined
        return (
          <div key={it.url ?? it.html}>
            {url !== undefined && (
              <a href={url} target="_blank" rel="noopener noreferrer" className={classes.footLink}>
                {name}
              </a>
            )}
            {it.html !== undefined && it.html !== '' && (
              <details className={classes.information}>
                <summary>{url === undefined ? name : 'Read it here'}</summary>
                <Rendered html={it.html} />
              </details>
            )}
          </div>
        )
      })}
      {promotional.length > 0 && information.length === 0 && <p className={classes.footMissing}>No prescribing information came with the promotional items.</p>}
      {jobs.map((it) => (
        <p key={it} className="num">
          {it}
        </p>
      ))}
    </FootRow>
  )
}

function FootRow({ rules, children }: { readonly rules?: ReactNode; readonly children?: ReactNode }) {
  return (
    <>
      <span className={classes.slot} data-more />
      <div className={classes.web} data-foot>
        {children !== undefined && <div className={classes.foot}>{children}</div>}
      </div>
      <div className={classes.why} data-first>
        {rules}
      </div>
    </>
  )
}

function sayMonth(month: string): string {
  const date = new Date(`${month}-01T00:00:00Z`)
  return Number.isNaN(date.getTime()) ? month : MONTH.format(date)
}
