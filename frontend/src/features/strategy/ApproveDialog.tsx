import { PasswordInput, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { NOT_SIGNING, usePerson } from '@/app/session'
import { shortHash } from '@/content/words'
import { Button, Dialog, ErrorState, Finding, useToast } from '@/ui'

import { approveVersion, strategyKeys, type StrategyVersion } from './api'
import classes from './objectives.module.css'

/** A second strategist signs a draft version. What is missing for it stands first, what it causes before the fields. */
export function ApproveDialog({ version, onClose }: { readonly version: StrategyVersion; readonly onClose: () => void }) {
  const person = usePerson()
  const [reason, setReason] = useState('')
  const [userId, setUserId] = useState('')
  const [password, setPassword] = useState('')
  const client = useQueryClient()
  const toast = useToast()
  const unmeasured = version.document.objectives.filter((it) => it.measurementPlan === undefined)
  const approve = useMutation({
    mutationFn: () =>
      approveVersion(version.strategyId, version.number, { reason: reason.trim(), sha256: version.sha256, signature: { password, ...(userId.trim() === '' ? {} : { userId: userId.trim() }) } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: strategyKeys })
      toast({ message: `${version.name} v${version.number} is approved.` })
      onClose()
    },
    // Only the password is typed again.
    onError: () => setPassword(''),
  })
  const blocked = !person.signingEnabled
    ? NOT_SIGNING
    : unmeasured.length > 0
      ? 'Every objective needs a measurement plan first.'
      : reason.trim() === ''
        ? 'Say why first.'
        : password === ''
          ? 'Type your password.'
          : undefined
  return (
    <Dialog opened onClose={onClose} title={`Approve ${version.name} v${version.number}`} size={560}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (blocked === undefined && !approve.isPending) approve.mutate()
        }}
      >
        {unmeasured.map((it) => (
          <Finding key={it.id} severity="block" title={it.name} rule="measurement-plan-missing">
            has no measurement plan. Add it in a new version; this one stays as it is.
          </Finding>
        ))}
        <p className="t2">Your signature makes this version ready to be activated. It changes nothing that is served until somebody activates it. Whoever stored a version does not approve it.</p>
        <Textarea label="Reason" description="It stands in the audit trail." autosize minRows={2} maxLength={2000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
        <div className={classes.pair}>
          <TextInput label="User ID" description="At the first signing of this session." autoComplete="off" value={userId} onChange={(event) => setUserId(event.currentTarget.value)} />
          <PasswordInput label="Password" autoComplete="off" visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }} value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
        </div>
        <p className="f12 t3">
          Meaning: approval of strategy version {version.number}. Bound to SHA-256{' '}
          <span className="mono" title={version.sha256}>
            {shortHash(version.sha256)}
          </span>
          .
        </p>
        {approve.isError && <ErrorState error={approve.error} kept="Nothing was approved; your reason is kept." />}
        <div className={classes.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={approve.isPending && 'Signing…'} disabledReason={blocked}>
            Sign and approve v{version.number}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
