import { PasswordInput, TextInput } from '@mantine/core'
import { useRef, useState, type ReactNode } from 'react'

import type { Problem } from '@/api/client'
import { NOT_SIGNING, usePerson } from '@/app/session'
import { moment } from '@/content/times'
import { shortHash } from '@/content/words'
import { Button, useActions, useNow } from '@/ui'

import type { Job, SigningCredentials } from './api'
import classes from './review.module.css'

interface SigningProps {
  readonly job: Job
  /** What the signature will mean, as it is printed. */
  readonly meaning: string
  readonly action: string
  readonly isSigning: boolean
  readonly problem: Problem | null
  /** Why it can't be signed yet, besides missing credentials. */
  readonly missing: string | undefined
  readonly onSign: (credentials: SigningCredentials) => Promise<unknown>
  readonly children?: ReactNode
}

/** The third step: both components of the signature the first time of a session, later the password. */
export function Signing({ job, meaning, action, isSigning, problem, missing, onSign, children }: SigningProps) {
  const person = usePerson()
  const now = useNow()
  const [userId, setUserId] = useState('')
  const [password, setPassword] = useState('')
  const passwordField = useRef<HTMLInputElement>(null)
  const reason = !person.signingEnabled
    ? NOT_SIGNING
    : (missing ?? (job.firstSigning && userId.trim() === '' ? 'Type your user ID.' : password === '' ? 'Type your password.' : undefined))

  async function sign() {
    if (reason !== undefined || isSigning) return passwordField.current?.focus()
    try {
      await onSign({ password, ...(job.firstSigning ? { userId: userId.trim() } : {}) })
    } catch {
      // The refusal stands under the fields; only the password is typed again.
      setPassword('')
      passwordField.current?.focus()
    }
  }

  useActions('Signature', [{ label: action, keys: 'mod+Enter', run: () => void sign() }])
  return (
    <section className={classes.dockPart} aria-labelledby="sign-heading">
      <h3 id="sign-heading">
        <i aria-hidden="true">3</i>
        Sign as {person.displayName}
        <span className="end t3 nw">{job.firstSigning ? 'first signing of this session' : 'password only, same session'}</span>
      </h3>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void sign()
        }}
      >
        <div className={classes.credentials} data-both={job.firstSigning || undefined}>
          {job.firstSigning && <TextInput label="User ID" autoComplete="off" classNames={{ input: 'mono' }} value={userId} onChange={(event) => setUserId(event.currentTarget.value)} />}
          <PasswordInput ref={passwordField} label="Password" autoComplete="off" visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }} value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
        </div>
        <p className={classes.meaning}>
          Meaning: <b className="m">{meaning}</b>.
          <br />
          Bound to the words of v{job.version.number}, SHA-256{' '}
          <span className="mono" title={job.rendition?.sha256}>
            {shortHash(job.rendition?.sha256 ?? '')}
          </span>
          ; {moment(now)}.
        </p>
        {problem !== null && (
          <p role="alert" className={classes.error}>
            {problem.detail ?? problem.title}
          </p>
        )}
        <div className="row">
          <Button type="submit" variant="primary" className={classes.sign} keys="mod+Enter" busy={isSigning && 'Signing…'} disabledReason={reason}>
            {action}
          </Button>
          {children}
        </div>
      </form>
    </section>
  )
}
