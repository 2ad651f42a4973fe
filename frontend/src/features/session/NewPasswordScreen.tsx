import { PasswordInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

import { call, PASSWORD_PATH, SESSION_PATH, type Problem } from '@/api/client'
import type { Schema } from '@/api/types'
import { sessionQuery, type Person } from '@/app/session'
import { BrandMark, Button } from '@/ui'

import classes from './SignInScreen.module.css'

const SHORTEST = 12
const route = getRouteApi('/new-password')

/** Where a person stands whose password somebody else set: nothing else opens before they choose one of their own. */
export function NewPasswordScreen() {
  const { next } = route.useSearch()
  const { person } = route.useRouteContext()
  const router = useRouter()
  const queryClient = useQueryClient()
  const [old, setOld] = useState('')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')

  useEffect(() => {
    document.title = 'Choose your password · Throughline'
  }, [])

  const change = useMutation<Person, Problem>({
    mutationFn: async () => {
      await call<undefined>(PASSWORD_PATH, { method: 'PUT', body: { oldPassword: old, newPassword: password } satisfies Schema<'PasswordChange'> })
      // The change ended the session.
      return call<Person>(SESSION_PATH, { method: 'POST', body: { username: person.username, password } })
    },
    onSuccess: (signedIn) => {
      queryClient.setQueryData(sessionQuery.queryKey, signedIn)
      router.history.push(next ?? '/')
    },
  })

  const missing =
    old === ''
      ? 'Type the password you were given.'
      : password.length < SHORTEST
        ? `A password has at least ${SHORTEST} characters.`
        : password !== again
          ? 'The two new passwords are not the same.'
          : undefined
  const toggle = { 'aria-label': 'Show or hide the password' }
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <section className={classes.card} aria-labelledby="new-password-title">
          <p className={classes.brand}>
            <BrandMark size={24} />
            Throughline
          </p>
          <h1 id="new-password-title">Choose your password</h1>
          <p className="t2">Somebody else set the password of “{person.username}”. Choose one that only you know; then you are back where you were.</p>
          {!person.signingEnabled && <p className="t2">You can sign again when another administrator has confirmed your identity.</p>}
          <form
            className={classes.form}
            onSubmit={(event) => {
              event.preventDefault()
              if (missing === undefined && !change.isPending) change.mutate()
            }}
          >
            <input type="text" name="username" autoComplete="username" value={person.username} readOnly hidden />
            <PasswordInput label="Password you were given" autoComplete="current-password" autoFocus visibilityToggleButtonProps={toggle} value={old} onChange={(event) => setOld(event.currentTarget.value)} />
            <PasswordInput
              label="New password"
              description={`${SHORTEST} characters or more; three or four words make a good one.`}
              autoComplete="new-password"
              maxLength={200}
              visibilityToggleButtonProps={toggle}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <PasswordInput label="The new one again" autoComplete="new-password" maxLength={200} visibilityToggleButtonProps={toggle} value={again} onChange={(event) => setAgain(event.currentTarget.value)} />
            {change.isError && (
              <p role="alert" className={classes.error}>
                {change.error.detail ?? change.error.title}
              </p>
            )}
            <Button type="submit" variant="primary" size="lg" busy={change.isPending && 'Setting the password…'} disabledReason={missing}>
              Set the password
            </Button>
          </form>
        </section>
      </div>
    </main>
  )
}
