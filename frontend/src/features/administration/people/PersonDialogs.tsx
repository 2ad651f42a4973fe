import { Checkbox, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Person } from '@/app/session'
import { Button, Dialog, ErrorState, ReasonDialog, SecretOnce, useToast } from '@/ui'

import { AccessFields, accessOf, asked, missingOf, NO_ACCESS } from './AccessFields'
import { temporaryPassword } from './accounts'
import { act, changeAccess, createPerson, peopleKey, resetPassword, type Act } from './api'
import classes from './people.module.css'

interface NewPersonDialogProps {
  readonly onMade: (person: Person) => void
  readonly onClose: () => void
}

/** An account for somebody, with a temporary password that is shown once. */
export function NewPersonDialog({ onMade, onClose }: NewPersonDialogProps) {
  const client = useQueryClient()
  const [displayName, setDisplayName] = useState('')
  const [username, setUsername] = useState('')
  const [access, setAccess] = useState(NO_ACCESS)
  const [identityVerified, setIdentityVerified] = useState(false)
  const missing = [displayName.trim() === '' && 'a name', username.trim() === '' && 'a user name'].filter((it) => it !== false)
  const all = [...missing, ...missingOf(access)]
  const create = useMutation({
    mutationFn: async () => {
      const password = temporaryPassword()
      const person = await createPerson({ displayName: displayName.trim(), username: username.trim(), password, ...asked(access), identityVerified })
      return { person, password }
    },
    onSuccess: async ({ person }) => {
      await client.invalidateQueries({ queryKey: peopleKey })
      onMade(person)
    },
  })
  if (create.data !== undefined) return <TemporaryPassword {...create.data} onClose={onClose} />
  return (
    <Dialog opened onClose={onClose} title="New person" size={600}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (all.length === 0 && !create.isPending) create.mutate()
        }}
      >
        <div className={classes.two}>
          <TextInput label="Name" description="As it is printed in signatures." autoComplete="off" maxLength={120} value={displayName} onChange={(event) => setDisplayName(event.currentTarget.value)} data-autofocus />
          <TextInput label="User name" description="It is never given to anybody else later." autoComplete="off" maxLength={63} value={username} onChange={(event) => setUsername(event.currentTarget.value)} />
        </div>
        <AccessFields value={access} onChange={setAccess} />
        <Checkbox
          size="xs"
          label="I have checked who this person is"
          description="Without it they can work but not sign, until an administrator confirms their identity."
          checked={identityVerified}
          onChange={(event) => setIdentityVerified(event.currentTarget.checked)}
        />
        {create.isError && <ErrorState error={create.error} kept="Nobody was created; what you typed is kept." />}
        <div className={classes.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={create.isPending && 'Creating…'} disabledReason={all.length === 0 ? undefined : `Give ${all.join(', ')} first.`}>
            Create the person
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** Roles, brands and markets of somebody who is there. */
export function AccessDialog({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const client = useQueryClient()
  const toast = useToast()
  const [access, setAccess] = useState(() => accessOf(person))
  const [reason, setReason] = useState('')
  const same = JSON.stringify(sorted(access)) === JSON.stringify(sorted(accessOf(person)))
  const missing = missingOf(access)
  const blocked = missing.length > 0 ? `Choose ${missing.join(', ')} first; suspend who shall do nothing.` : same ? 'Nothing is changed yet.' : reason.trim() === '' ? 'Say why first.' : undefined
  const change = useMutation({
    mutationFn: () => changeAccess(person.id, { ...asked(access), reason: reason.trim() }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: peopleKey })
      toast({ message: `What ${person.displayName} may do was changed` })
      onClose()
    },
  })
  return (
    <Dialog opened onClose={onClose} title={`What ${person.displayName} may do`} size={600}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (blocked === undefined && !change.isPending) change.mutate()
        }}
      >
        <p className="t2">It counts from their next click on. What they did before stays as it is; tasks that they may no longer do stay open for others.</p>
        <AccessFields value={access} onChange={setAccess} />
        <Textarea label="Reason" description="It stands in the audit trail, with what it was before." autosize minRows={2} maxLength={2000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        {change.isError && <ErrorState error={change.error} kept="Nothing was changed; your choices are kept." />}
        <div className={classes.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={change.isPending && 'Saving…'} disabledReason={blocked}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function sorted(access: ReturnType<typeof accessOf>) {
  return { ...access, roles: [...access.roles].sort(), brands: [...access.brands].sort(), markets: [...access.markets].sort() }
}

/** A temporary password in place of a forgotten one. */
export function ResetDialog({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const client = useQueryClient()
  const [password, setPassword] = useState<string>()
  async function reset(reason: string) {
    const made = temporaryPassword()
    await resetPassword(person.id, { password: made, reason })
    await client.invalidateQueries({ queryKey: peopleKey })
    setPassword(made)
  }
  if (password !== undefined) return <TemporaryPassword person={person} password={password} afterReset onClose={onClose} />
  return (
    <ReasonDialog title={`Reset the password of ${person.displayName}`} action="Reset the password" busy="Resetting…" danger kept="The password is as it was." onDo={reset} onClose={() => undefined} onCancel={onClose}>
      <p>The old password ends at once, and every session with it. You get a temporary one to hand over.</p>
      <p style={{ marginTop: 8 }}>
        {person.displayName} chooses another at the next sign-in, and signs nothing until a second administrator, not you, has confirmed their identity.
      </p>
    </ReasonDialog>
  )
}

interface TemporaryPasswordProps {
  readonly person: Person
  readonly password: string
  readonly afterReset?: boolean
  readonly onClose: () => void
}

function TemporaryPassword({ person, password, afterReset = false, onClose }: TemporaryPasswordProps) {
  return (
    <Dialog opened onClose={onClose} title="Hand this password over now" size={520}>
      <SecretOnce secret={password} onClose={onClose}>
        <p>
          This is the temporary password of <b>{person.displayName}</b> (user name <span className="mono">{person.username}</span>). It is shown only here. Give it to them in person or by telephone, never together with the user name in one e-mail.
        </p>
        <p className="t2">
          It opens one thing: choosing a password of their own.
          {afterReset && ' Signing waits until another administrator has confirmed their identity; say so, and tell that administrator.'}
          {!afterReset && !person.signingEnabled && ' Signing waits until an administrator has confirmed their identity.'}
        </p>
      </SecretOnce>
    </Dialog>
  )
}

interface ActWords {
  readonly title: (name: string) => string
  readonly action: string
  readonly busy: string
  readonly done: string
  readonly danger: boolean
  readonly words: (name: string) => string
  readonly kept: string
  readonly help: string
}

const ACTS: Readonly<Record<Act, ActWords>> = {
  suspension: {
    title: (name) => `Suspend ${name}`,
    action: 'Suspend the account',
    busy: 'Suspending…',
    done: 'was suspended',
    danger: true,
    words: (name) => `${name} is signed out within 5 seconds and can't sign in. What they wrote and signed stays with their name; their open tasks wait for others. You can let them in again.`,
    kept: 'The account still works.',
    help: 'It stands in the audit trail.',
  },
  resumption: {
    title: (name) => `Let ${name} in again`,
    action: 'Let them in again',
    busy: 'Resuming…',
    done: 'may sign in again',
    danger: false,
    words: (name) => `${name} signs in with the password from before, and may do what stands under “May do”.`,
    kept: 'The account stays suspended.',
    help: 'It stands in the audit trail.',
  },
  'identity-confirmation': {
    title: (name) => `Confirm the identity of ${name}`,
    action: 'Confirm the identity',
    busy: 'Confirming…',
    done: 'may sign now',
    danger: false,
    words: (name) => `You say with your name that whoever uses this account is ${name}. From then on their signatures count as theirs. Confirm it only after you have met them or spoken with them at a number that you knew before.`,
    kept: 'Nothing was confirmed.',
    help: 'How you made sure, for example “Called at the number in the staff list”. It stands in the audit trail.',
  },
}

interface ActDialogProps {
  readonly person: Person
  readonly what: Act
  readonly onClose: () => void
}

export function ActDialog({ person, what, onClose }: ActDialogProps) {
  const client = useQueryClient()
  const toast = useToast()
  const words = ACTS[what]
  return (
    <ReasonDialog
      title={words.title(person.displayName)}
      action={words.action}
      busy={words.busy}
      danger={words.danger}
      kept={words.kept}
      help={words.help}
      onClose={onClose}
      onDo={async (reason) => {
        await act(person.id, what, reason)
        await client.invalidateQueries({ queryKey: peopleKey })
        toast({ message: `${person.displayName} ${words.done}` })
      }}
    >
      <p>{words.words(person.displayName)}</p>
    </ReasonDialog>
  )
}
