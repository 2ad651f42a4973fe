import { words } from '@/content/words'
import { Finding as FindingBox } from '@/ui'

import type { Finding } from './api'
import { findingKey } from './document'
import classes from './editor.module.css'

/** What the pre-check found, under the text it concerns. */
export function FieldFindings({ findings, current }: { readonly findings: readonly Finding[]; readonly current: Finding | undefined }) {
  if (findings.length === 0) return null
  return (
    <ul className={classes.findings}>
      {findings.map((finding) => (
        <li key={findingKey(finding)}>
          <FindingBox severity={finding.severity} title={`${words(finding.code)}.`} rule={finding.rule} selected={finding === current}>
            {finding.message}
          </FindingBox>
        </li>
      ))}
    </ul>
  )
}
