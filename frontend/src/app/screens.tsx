import { Menu } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useRouter, useRouterState, type ErrorComponentProps } from '@tanstack/react-router'
import { IconKeyboard, IconLogout } from '@tabler/icons-react'
import { useEffect, useState } from 'react'

import { call, onSignedOut, SESSION_PATH } from '@/api/client'
import { AppShell, EmptyState, ErrorState, Kbd, KeysDialog, Palette, ThemeMenu, useActions, type NavItem } from '@/ui'

import { myWorkQuery } from '@/features/home/api'
import { countOf, sectionsOf } from '@/features/home/entries'

import { useFindContent } from './findContent'
import { ADMINISTRATION, HOME, THROUGHLINE } from './navigation'
import classes from './screens.module.css'
import { aboutQuery, roleWord, sessionQuery } from './session'

/** Outermost part: hears when the session ends and leads to the sign-in page, keeping where the person was. */
export function RootScreen() {
  const router = useRouter()
  const queryClient = useQueryClient()
  useEffect(
    () =>
      onSignedOut(() => {
        const { pathname, href } = router.state.location
        if (pathname === '/sign-in') return
        queryClient.setQueryData(sessionQuery.queryKey, null)
        void router.navigate({ to: '/sign-in', search: { next: href, ended: true } })
      }),
    [router, queryClient],
  )
  return <Outlet />
}

/** Navigation, commands and keys around every screen of a signed-in person. */
export function SignedInShell() {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const session = useQuery(sessionQuery)
  const about = useQuery(aboutQuery)
  const [open, setOpen] = useState<'palette' | 'keys' | null>(null)
  const find = useFindContent()
  const { routesByPath } = useRouter()
  // A feature that is not part of this build has no place in the navigation either.
  const places = session.data?.roles.includes('administrator') === true ? [...THROUGHLINE, ADMINISTRATION] : THROUGHLINE
  const line = places.filter((item) => item.to in routesByPath)
  const work = useQuery({ ...myWorkQuery, enabled: session.data !== null && session.data !== undefined }).data
  const counts: Readonly<Record<string, number | undefined>> = {
    [HOME.to]: work === undefined ? undefined : countOf(sectionsOf(work)),
    '/review': work === undefined ? undefined : work.reviewsDue.length + work.toCertify.length,
  }
  const counted = (item: NavItem): NavItem => ({ ...item, count: counts[item.to] })

  async function signOut() {
    await call(SESSION_PATH, { method: 'DELETE' })
    queryClient.clear()
    await navigate({ to: '/sign-in', search: {} })
  }

  useActions('Go to', [HOME, ...line].map((item) => ({ label: item.label, icon: item.icon, run: () => void navigate({ to: item.to }) })))
  useActions('Everywhere', [
    { label: 'Search or run', keys: 'mod+k', palette: false, run: () => setOpen((it) => (it === 'palette' ? null : 'palette')) },
    { label: 'All keys', keys: '?', icon: <IconKeyboard stroke={1.5} aria-hidden="true" />, run: () => setOpen('keys') },
    { label: 'Sign out', icon: <IconLogout stroke={1.5} aria-hidden="true" />, run: () => void signOut() },
  ])

  const person = session.data
  if (person === undefined || person === null) return null
  return (
    <>
      <AppShell
        home={counted(HOME)}
        line={line.map(counted)}
        person={{ name: person.displayName, role: person.roles.map(roleWord).join(', '), initials: person.initials }}
        note={about.data?.demo === true ? 'Sample data. All brands, molecules, studies and people are invented.' : undefined}
        onCommand={() => setOpen('palette')}
        menu={
          <>
            <ThemeMenu />
            <Menu.Divider />
            <Menu.Item leftSection={<IconKeyboard size={16} stroke={1.5} aria-hidden="true" />} rightSection={<Kbd keys="?" />} onClick={() => setOpen('keys')}>
              Keys
            </Menu.Item>
            <Menu.Item leftSection={<IconLogout size={16} stroke={1.5} aria-hidden="true" />} onClick={() => void signOut()}>
              Sign out
            </Menu.Item>
          </>
        }
      >
        <ScreenOutlet />
      </AppShell>
      <Palette opened={open === 'palette'} onClose={() => setOpen(null)} find={find} />
      <KeysDialog opened={open === 'keys'} onClose={() => setOpen(null)} />
    </>
  )
}

function ScreenOutlet() {
  const waiting = useRouterState({ select: (state) => state.status === 'pending' })
  return (
    <>
      {waiting && <div className={classes.progress} role="progressbar" aria-label="Loading the page" />}
      <Outlet />
    </>
  )
}

/** A screen that broke; the rest of the shell stays. */
export function ScreenFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  return (
    <div className={classes.centre}>
      <ErrorState
        error={error}
        onRetry={() => {
          reset()
          void router.invalidate()
        }}
      />
    </div>
  )
}

export function ScreenMissing() {
  return (
    <div className={classes.centre}>
      <EmptyState title="There is nothing at this address" action={<Link to="/" className="link">Go to My work</Link>}>
        It was moved or withdrawn, or the address has a typing error.
      </EmptyState>
    </div>
  )
}
