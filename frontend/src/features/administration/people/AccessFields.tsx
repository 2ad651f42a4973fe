import { Checkbox, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'

import { brandsQuery, marketsQuery } from '@/api/framework'
import { ROLES, roleWord, usePerson, type Person, type Role } from '@/app/session'

import { mayGive } from './accounts'
import classes from './people.module.css'

export interface Access {
  readonly roles: readonly Role[]
  readonly brands: readonly string[]
  readonly markets: readonly string[]
  readonly registrationNumber: string
}

export const NO_ACCESS: Access = { roles: [], brands: [], markets: [], registrationNumber: '' }

export function accessOf(person: Person): Access {
  return { roles: person.roles, brands: person.brands, markets: person.markets, registrationNumber: person.registrationNumber ?? '' }
}

/** The access as the API takes it. */
export function asked({ roles, brands, markets, registrationNumber }: Access) {
  const number = registrationNumber.trim()
  return { roles: [...roles], brands: [...brands], markets: [...markets], ...(number === '' ? {} : { registrationNumber: number }) }
}

/** What of an access is missing, as words after "Choose". */
export function missingOf({ roles, brands, markets }: Access): readonly string[] {
  return [roles.length === 0 && 'a role', brands.length === 0 && 'a brand', markets.length === 0 && 'a market'].filter((it) => it !== false)
}

interface AccessFieldsProps {
  readonly value: Access
  readonly onChange: (value: Access) => void
}

/** What somebody does, for which brands, in which markets. Offers only what the signed-in person may give. */
export function AccessFields({ value, onChange }: AccessFieldsProps) {
  const brands = useQuery(brandsQuery)
  const markets = useQuery(marketsQuery)
  return (
    <>
      <Checkbox.Group label="Roles" value={[...value.roles]} onChange={(roles) => onChange({ ...value, roles: roles as Role[] })}>
        <div className={classes.choices}>
          {ROLES.map((it) => (
            <Checkbox key={it} size="xs" value={it} label={roleWord(it)} />
          ))}
        </div>
      </Checkbox.Group>
      <ScopeField
        label="Brands"
        every="Every brand, and what concerns them all"
        scope="brands"
        value={value.brands}
        options={brands.data?.brands.map((it) => ({ value: it.key, label: it.name })) ?? []}
        failed={brands.isError}
        onChange={(chosen) => onChange({ ...value, brands: chosen })}
      />
      <ScopeField
        label="Markets"
        every="Every market"
        scope="markets"
        value={value.markets}
        options={markets.data?.markets.map((it) => ({ value: it.market, label: it.name })) ?? []}
        failed={markets.isError}
        onChange={(chosen) => onChange({ ...value, markets: chosen })}
      />
      <TextInput
        label="Registration number"
        description="Of a final signatory or reviewer, where the market asks for one. It stands in their signatures."
        maxLength={100}
        value={value.registrationNumber}
        onChange={(event) => onChange({ ...value, registrationNumber: event.currentTarget.value })}
      />
    </>
  )
}

interface ScopeFieldProps {
  readonly label: string
  readonly every: string
  readonly scope: 'brands' | 'markets'
  readonly value: readonly string[]
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly failed: boolean
  readonly onChange: (value: readonly string[]) => void
}

function ScopeField({ label, every, scope, value, options, failed, onChange }: ScopeFieldProps) {
  const me = usePerson()
  const offered = options.filter((it) => mayGive(me, scope, it.value) || value.includes(it.value))
  const all = value.includes('*')
  return (
    <Checkbox.Group
      label={label}
      value={[...value]}
      onChange={(chosen) => onChange(chosen.includes('*') ? ['*'] : chosen)}
      error={failed ? `${label} could not be loaded. Close and try again.` : undefined}
    >
      <div className={classes.choices}>
        {(mayGive(me, scope, '*') || all) && <Checkbox size="xs" value="*" label={every} />}
        {!all && offered.map((it) => <Checkbox key={it.value} size="xs" value={it.value} label={it.label} />)}
      </div>
    </Checkbox.Group>
  )
}
