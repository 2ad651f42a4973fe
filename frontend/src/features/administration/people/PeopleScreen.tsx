import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { IconPlus, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'

import { brandsQuery, marketsQuery, useLabels, type Labels } from '@/api/framework'
import { hasRole, ROLES, roleWord, usePerson } from '@/app/session'
import { Avatar, Button, Chip, ColumnHeads, EmptyState, ErrorState, Facts, FilterBar, KeyBar, LoadingRows, PanelActions, PanelHead, PanelSection, Picker, Row, RowList, Rows, SearchBox, SplitPage, TopBar, useActions } from '@/ui'

import { AdministrationTabs } from '../AdministrationTabs'
import type { PeopleSearch } from '../routes'
import { fitting, STATE_WORDS, stateOf, whyNotConfirm, type AccountState } from './accounts'
import { peopleQuery, type Account, type Act } from './api'
import classes from './people.module.css'
import { AccessDialog, ActDialog, NewPersonDialog, ResetDialog } from './PersonDialogs'

const route = getRouteApi('/signed-in/administration/people')
const COLUMNS = 'minmax(170px, 1.2fr) minmax(120px, 1.2fr) minmax(80px, 0.9fr) minmax(80px, 0.7fr) 150px'
const MAY_NOT = 'Only administrators see and change people.'

type Opened = 'new' | 'access' | 'reset' | Act | null

/** Who may come in, what each may do, and what keeps somebody from signing. */
export function PeopleScreen() {
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/administration/people' })
  const me = usePerson()
  const mayManage = hasRole(me, 'administrator')
  const labels = useLabels()
  const people = useQuery({ ...peopleQuery, enabled: mayManage })
  const brands = useQuery(brandsQuery)
  const markets = useQuery(marketsQuery)
  const [opened, setOpened] = useState<Opened>(null)
  const all = people.data?.people ?? []
  const shown = fitting(all, search)
  const chosen = all.find((it) => it.person.id === search.person)
  const show = (change: PeopleSearch) => void navigate({ search: (old: PeopleSearch) => ({ ...old, ...change }), replace: true })
  const newReason = mayManage ? undefined : MAY_NOT
  const close = () => setOpened(null)

  useActions('People', [{ label: 'New person', keys: 'c', icon: <IconPlus stroke={1.5} aria-hidden="true" />, disabled: !mayManage || opened !== null, run: () => setOpened('new') }])
  return (
    <>
      <TopBar
        title="Administration"
        tabs={<AdministrationTabs current="/administration/people" />}
        actions={
          <Button variant="primary" keys="c" icon={<IconPlus size={16} stroke={1.75} aria-hidden="true" />} disabledReason={newReason} onClick={() => setOpened('new')}>
            New person
          </Button>
        }
      />
      <SplitPage
        panelLabel="Chosen person"
        panelWidth="400px"
        head={
          mayManage && (
            <FilterBar label="Filters">
              <div className={classes.search}>
                <SearchBox label="Search people" placeholder="Name or user name" value={search.q ?? ''} onChange={(q) => show({ q: q === '' ? undefined : q })} />
              </div>
              <Picker label="Role" none="All roles" value={search.role} options={ROLES.map((it) => ({ value: it, label: roleWord(it) }))} onChange={(role) => show({ role: ROLES.find((it) => it === role) })} />
              <Picker label="Brand" none="All brands" value={search.brand} options={brands.data?.brands.map((it) => ({ value: it.key, label: it.name })) ?? []} onChange={(brand) => show({ brand })} />
              <Picker label="Market" none="All markets" value={search.market} options={markets.data?.markets.map((it) => ({ value: it.market, label: it.name })) ?? []} onChange={(market) => show({ market })} />
              <Picker
                label="State"
                none="All states"
                value={search.state}
                options={Object.entries(STATE_WORDS).map(([value, { words }]) => ({ value, label: words }))}
                onChange={(state) => show({ state: state as AccountState | undefined })}
              />
            </FilterBar>
          )
        }
        footer={<KeyBar hints={[{ keys: ['j', 'k'], label: 'move' }, { keys: ['/'], label: 'search' }]} note="People are suspended, never deleted: their names stay beside what they did." />}
        panel={
          chosen === undefined ? (
            <EmptyState icon={<IconUsers size={18} stroke={1.5} />} title="Choose a person">
              What they may do, whether they may sign, and how to change it stand here.
            </EmptyState>
          ) : (
            <PersonPanel account={chosen} all={all} onOpen={setOpened} />
          )
        }
      >
        {!mayManage && <EmptyState title="People are not yours to see.">{MAY_NOT} Ask one of them if you need another role, brand or market.</EmptyState>}
        {mayManage && people.isPending && <LoadingRows label="Loading people" />}
        {people.isError && <ErrorState error={people.error} onRetry={() => void people.refetch()} {...(people.data === undefined ? {} : { kept: 'What you see below may be old.' })} />}
        {people.data !== undefined && (
          <>
            <p className={`t2 ${classes.head}`} role="status">
              {sayCount(shown, all)}
            </p>
            {shown.length === 0 ? (
              <EmptyState title="Nobody fits." action={<Button onClick={() => show({ q: undefined, role: undefined, brand: undefined, market: undefined, state: undefined })}>Show everybody</Button>}>
                Take a filter away, or create the person you are looking for.
              </EmptyState>
            ) : (
              <Rows label="People" selected={search.person} onSelect={(person) => show({ person })}>
                <ColumnHeads columns={COLUMNS}>
                  <span>Person</span>
                  <span>Roles</span>
                  <span>Brands</span>
                  <span>Markets</span>
                  <span>State</span>
                </ColumnHeads>
                <RowList label="People">
                  {shown.map((it) => (
                    <PersonRow key={it.person.id} account={it} labels={labels} />
                  ))}
                </RowList>
              </Rows>
            )}
          </>
        )}
      </SplitPage>
      {opened === 'new' && <NewPersonDialog onMade={(person) => show({ person: person.id })} onClose={close} />}
      {chosen !== undefined && opened === 'access' && <AccessDialog person={chosen.person} onClose={close} />}
      {chosen !== undefined && opened === 'reset' && <ResetDialog person={chosen.person} onClose={close} />}
      {chosen !== undefined && isAct(opened) && <ActDialog person={chosen.person} what={opened} onClose={close} />}
    </>
  )
}

function isAct(opened: Opened): opened is Act {
  return opened === 'suspension' || opened === 'resumption' || opened === 'identity-confirmation'
}

function sayCount(shown: readonly Account[], all: readonly Account[]): string {
  const of = shown.length === all.length ? '' : ` of ${all.length}`
  const waiting = shown.filter((it) => !it.suspended && it.passwordResetBy !== undefined).length
  const open = waiting === 0 ? '' : `; ${waiting === 1 ? 'one waits' : `${waiting} wait`} for somebody to confirm their identity`
  return `${shown.length}${of} ${all.length === 1 ? 'person' : 'people'}${open}`
}

function sayBrands(brands: readonly string[], labels: Labels): string {
  return brands.includes('*') ? 'Every brand' : brands.length === 0 ? 'None' : brands.map(labels.brand).join(', ')
}

function sayMarkets(markets: readonly string[], labels: Labels): string {
  return markets.includes('*') ? 'Every market' : markets.length === 0 ? 'None' : markets.map(labels.market).join(', ')
}

function PersonRow({ account, labels }: { readonly account: Account; readonly labels: Labels }) {
  const { person } = account
  const state = STATE_WORDS[stateOf(account)]
  return (
    <Row id={person.id} columns={COLUMNS} tall>
      <span className={classes.name}>
        <Avatar name={person.displayName} initials={person.initials} />
        <span className="clip">
          <span className="m">{person.displayName}</span> <span className="t3 f12">{person.username}</span>
        </span>
      </span>
      <span className="clip t2">{person.roles.length === 0 ? 'No role' : person.roles.map(roleWord).join(', ')}</span>
      <span className="clip t2">{sayBrands(person.brands, labels)}</span>
      <span className="clip t2">{sayMarkets(person.markets, labels)}</span>
      <span>
        <Chip tone={state.tone}>{state.words}</Chip>
      </span>
    </Row>
  )
}

interface PersonPanelProps {
  readonly account: Account
  readonly all: readonly Account[]
  readonly onOpen: (it: Opened) => void
}

function PersonPanel({ account, all, onOpen }: PersonPanelProps) {
  const { person, suspended } = account
  const me = usePerson()
  const labels = useLabels()
  const state = STATE_WORDS[stateOf(account)]
  const isMe = person.id === me.id
  return (
    <>
      <PanelHead title={person.displayName} eyebrow={<span className="mono">{person.username}</span>}>
        <p style={{ marginTop: 6 }}>
          <Chip tone={state.tone}>{state.words}</Chip>
        </p>
      </PanelHead>
      <PanelSection title="May do">
        <Facts
          facts={[
            ['Roles', person.roles.length === 0 ? 'None' : person.roles.map(roleWord).join(', ')],
            ['Brands', sayBrands(person.brands, labels)],
            ['Markets', sayMarkets(person.markets, labels)],
            ...(person.registrationNumber === undefined ? [] : [['Registration', person.registrationNumber] as const]),
          ]}
        />
      </PanelSection>
      <Signing account={account} all={all} onConfirm={() => onOpen('identity-confirmation')} />
      <PanelSection title="Sign-in" grow>
        <p className="t2">
          {suspended
            ? 'The account is suspended: nobody can sign in with it.'
            : person.passwordChangeRequired === true
              ? 'Has a temporary password and has to choose another at the next sign-in, before anything else.'
              : 'Signs in with a password that only they know.'}
        </p>
        {isMe && <p className="t2" style={{ marginTop: 8 }}>This is you. Another administrator changes what you may do, resets your password or suspends you.</p>}
        {!isMe && (
          <div className={classes.buttons}>
            <Button onClick={() => onOpen('reset')}>Reset the password…</Button>
            {suspended ? <Button onClick={() => onOpen('resumption')}>Let them in again…</Button> : <Button variant="danger" onClick={() => onOpen('suspension')}>Suspend…</Button>}
          </div>
        )}
      </PanelSection>
      {!isMe && (
        <PanelActions>
          <Button variant="primary" size="lg" className="grow" onClick={() => onOpen('access')}>
            Change what they may do…
          </Button>
        </PanelActions>
      )}
    </>
  )
}

/** Whether signatures count, and what has to happen until they do. */
function Signing({ account, all, onConfirm }: { readonly account: Account; readonly all: readonly Account[]; readonly onConfirm: () => void }) {
  const { person, passwordResetBy } = account
  const me = usePerson()
  if (person.signingEnabled) {
    return (
      <PanelSection title="Signing">
        <p className="t2">Identity confirmed: signs where the roles allow it.</p>
      </PanelSection>
    )
  }
  const resetBy = all.find((it) => it.person.id === passwordResetBy)?.person.displayName
  const others = all.filter((it) => !it.suspended && it.person.roles.includes('administrator') && whyNotConfirm(account, it.person) === undefined)
  const whyNot = whyNotConfirm(account, me)
  return (
    <PanelSection title="Signing">
      <p>
        {passwordResetBy === undefined ? 'Nobody has confirmed yet who uses this account.' : `${resetBy ?? 'An administrator'} reset the password. Until a second administrator confirms who uses the account now, signing waits:`}{' '}
        {person.displayName} can read and write, and signs nothing.
      </p>
      {whyNot === undefined ? (
        <div className={classes.buttons}>
          <Button onClick={onConfirm}>Confirm their identity…</Button>
        </div>
      ) : (
        <p className="t2" style={{ marginTop: 8 }}>
          {whyNot} {others.length === 0 ? 'There is no other administrator yet: create one first.' : `${others.map((it) => it.person.displayName).join(' or ')} can.`}
        </p>
      )}
    </PanelSection>
  )
}
