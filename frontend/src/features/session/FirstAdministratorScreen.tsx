import { PasswordInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

import { call, FIRST_ADMINISTRATOR_PATH, SESSION_PATH, type Problem } from '@/api/client'
import type { Schema } from '@/api/types'
import { sessionQuery, type Person } from '@/app/session'
import { BrandMark, Button } from '@/ui'

import classes from './SignInScreen.module.css'

const USERNAME = 'administrator'
const SHORTEST = 12

/** Where the link on the console of a new installation leads: the administrator chooses a password and is signed in with it. */
export function FirstAdministratorScreen() {
  const router = useRouter()
  const queryClient = useQueryClient()
  const [token] = useState(() => new URLSearchParams(router.state.location.hash).get('token') ?? '')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')

  useEffect(() => {
    document.title = 'First administrator · Throughline'
    // The token is a secret: it must not stay in the address bar and the history.
    if (router.state.location.hash !== '') void router.navigate({ to: '/first-administrator', hash: '', replace: true })
  }, [router])

  const claim = useMutation<Person, Problem>({
    mutationFn: async () => {
      await call<undefined>(FIRST_ADMINISTRATOR_PATH, { method: 'POST', body: { token, password } satisfies Schema<'FirstPassword'> })
      return call<Person>(SESSION_PATH, { method: 'POST', body: { username: USERNAME, password } })
    },
    onSuccess: (person) => {
      queryClient.setQueryData(sessionQuery.queryKey, person)
      router.history.push('/')
    },
  })

  const missing = password.length < SHORTEST ? `A password has at least ${SHORTEST} characters.` : password !== again ? 'The two passwords are not the same.' : undefined
  const toggle = { 'aria-label': 'Show or hide the password' }
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <section className={classes.card} aria-labelledby="first-title">
          <p className={classes.brand}>
            <BrandMark size={24} />
            Throughline
          </p>
          <h1 id="first-title">First administrator</h1>
          {token === '' ? (
            <p className="t2">
              This page needs the whole link that the server printed on its console. Open that link, or start the server again for a new one. <Link to="/sign-in" search={{}} className="link">Sign in</Link> if you have a password.
            </p>
          ) : (
            <>
              <p className="t2">Choose the password of the user “{USERNAME}”. The link works once.</p>
              <form
                className={classes.form}
                onSubmit={(event) => {
                  event.preventDefault()
                  if (missing === undefined && !claim.isPending) claim.mutate()
                }}
              >
                <input type="text" name="username" autoComplete="username" value={USERNAME} readOnly hidden />
                <PasswordInput
                  label="Password"
                  description={`${SHORTEST} characters or more; three or four words make a good one.`}
                  autoComplete="new-password"
                  autoFocus
                  maxLength={200}
                  visibilityToggleButtonProps={toggle}
                  value={password}
                  onChange={(event) => setPassword(event.currentTarget.value)}
                />
                <PasswordInput label="The same again" autoComplete="new-password" maxLength={200} visibilityToggleButtonProps={toggle} value={again} onChange={(event) => setAgain(event.currentTarget.value)} />
                {claim.isError && (
                  <p role="alert" className={classes.error}>
                    {claim.error.detail ?? claim.error.title}
                  </p>
                )}
                <Button type="submit" variant="primary" size="lg" busy={claim.isPending && 'Setting the password…'} disabledReason={missing}>
                  Set the password and sign in
                </Button>
              </form>
            </>
          )}
        </section>
      </div>
    </main>
  )
}
