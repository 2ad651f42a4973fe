import { PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

import { call, SESSION_PATH, type Problem } from '@/api/client'
import { aboutQuery, sessionQuery, type Person } from '@/app/session'
import { Avatar, BrandMark, Button, ErrorState } from '@/ui'

import classes from './SignInScreen.module.css'

interface Credentials {
  readonly username: string
  readonly password: string
}

const route = getRouteApi('/sign-in')

/** Asks who is there. A demo lists its sign-ins, so that nobody needs to look one up. */
export function SignInScreen() {
  const { next, ended } = route.useSearch()
  const router = useRouter()
  const queryClient = useQueryClient()
  const about = useQuery(aboutQuery)
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')

  useEffect(() => {
    document.title = 'Sign in · Throughline'
  }, [])

  const signIn = useMutation<Person, Problem, Credentials>({
    mutationFn: (credentials) => call<Person>(SESSION_PATH, { method: 'POST', body: credentials }),
    onSuccess: (person) => {
      queryClient.setQueryData(sessionQuery.queryKey, person)
      router.history.push(next ?? '/')
    },
    onError: () => setPassword(''),
  })

  const demoSignIns = about.data?.demo === true ? about.data.signIns : []
  return (
    <main className={classes.page}>
      <div className={classes.column} data-wide={demoSignIns.length > 0 || undefined}>
        <section className={classes.card} aria-labelledby="sign-in-title">
          <p className={classes.brand}>
            <BrandMark size={24} />
            Throughline
          </p>
          <h1 id="sign-in-title">Sign in</h1>
          <p className="t2">{ended === true ? 'Your session ended. Sign in and you are back where you were.' : 'From strategy to content to outcome, on one line.'}</p>
          <form
            className={classes.form}
            onSubmit={(event) => {
              event.preventDefault()
              signIn.mutate({ username: username.trim(), password })
            }}
          >
            <TextInput label="User name" autoComplete="username" autoFocus required withAsterisk={false} value={username} onChange={(event) => setUsername(event.currentTarget.value)} />
            <PasswordInput
              label="Password"
              autoComplete="current-password"
              required
              withAsterisk={false}
              visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            {signIn.isError && (
              <p role="alert" className={classes.error}>
                {signIn.error.detail ?? signIn.error.title}
              </p>
            )}
            <Button type="submit" variant="primary" size="lg" busy={signIn.isPending && 'Signing in…'}>
              Sign in
            </Button>
          </form>
        </section>
        {about.isError && <ErrorState error={about.error} onRetry={() => void about.refetch()} />}
        {demoSignIns.length > 0 && (
          <section className={classes.demo} aria-labelledby="demo-title">
            <h2 id="demo-title">Demo: choose who you are</h2>
            <p className="t2 f12">Each person sees the work of their role. All people and brands are invented.</p>
            <ul>
              {demoSignIns.map((it) => (
                <li key={it.username}>
                  <button type="button" className={classes.person} disabled={signIn.isPending} onClick={() => signIn.mutate({ username: it.username, password: it.password })}>
                    <Avatar name={it.displayName} />
                    <span className="grow">
                      <span className={classes.name}>
                        {it.displayName} <span className="t3 f12">{it.role}</span>
                      </span>
                      {it.hint !== '' && <span className={classes.hint}>{it.hint}</span>}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </main>
  )
}
