import { Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'

import { brandsQuery } from '@/api/framework'
import { usePerson } from '@/app/session'

import classes from './keys.module.css'

/** Every brand, and content of none. */
export const EVERY_BRAND = '*'
/** Content of no brand. */
export const NO_BRAND = 'none'

interface BrandFieldProps {
  readonly value: readonly string[]
  readonly onChange: (brands: readonly string[]) => void
}

/** Asks of which brands a key reads content: of one's own only, unless one has every brand. */
export function BrandField({ value, onChange }: BrandFieldProps) {
  const person = usePerson()
  const brands = useQuery(brandsQuery)
  const every = value.includes(EVERY_BRAND)
  return (
    <Checkbox.Group
      label="Brands"
      description={every ? 'It reads content of every brand, of later ones too, and of none.' : 'It reads content of these only; what must be shown with it comes with it.'}
      value={[...value]}
      onChange={(chosen) => onChange(chosen.includes(EVERY_BRAND) ? [EVERY_BRAND] : chosen)}
      error={brands.isError ? 'Brands could not be loaded. Close and try again.' : undefined}
    >
      <div className={classes.choices}>
        {person.brands.includes('*') && <Checkbox size="xs" value={EVERY_BRAND} label="Every brand" />}
        {brands.data?.brands.map((it) => (
          <Checkbox key={it.key} size="xs" value={it.key} label={it.name} disabled={every} />
        ))}
        <Checkbox size="xs" value={NO_BRAND} label="Content of no brand" disabled={every} />
      </div>
    </Checkbox.Group>
  )
}

/** A new key's brands before anybody chose: all that its maker has. */
export function useOwnBrands(): readonly string[] {
  const person = usePerson()
  return person.brands.includes('*') ? [EVERY_BRAND] : [...person.brands, NO_BRAND]
}
