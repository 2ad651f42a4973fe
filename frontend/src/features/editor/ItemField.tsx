import { IconPlus, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import type { ContentField } from './api'
import classes from './editor.module.css'
import type { Wanted } from './fit'
import { ItemPicker } from './ItemPicker'
import { useItemNames } from './useItemNames'

interface ItemFieldProps {
  readonly field: ContentField
  readonly ids: readonly string[]
  readonly many: boolean
  /** The document that points to them. */
  readonly wanted: Omit<Wanted, 'markets'>
  readonly readOnly: boolean
  readonly onChange: (ids: readonly string[]) => void
}

/** One or several items that this document points to. */
export function ItemField({ field, ids, many, wanted, readOnly, onChange }: ItemFieldProps) {
  const [picking, setPicking] = useState(false)
  const nameOf = useItemNames(ids, wanted.locale)
  return (
    <div className={classes.items} data-field={field.name} role="group" aria-label={field.label}>
      {ids.map((id) => {
        const name = nameOf(id)
        return (
          <span key={id} className={classes.item}>
            <Link to="/content/$itemId" params={{ itemId: name?.key ?? id }} className={classes.itemLink} title={name?.title ?? id}>
              <span className={classes.key}>{name?.key ?? '…'}</span> <span className="clip">{name?.title ?? id}</span>
            </Link>
            {!readOnly && (
              <button type="button" className={classes.remove} aria-label={`Remove ${name?.key ?? id}`} onClick={() => onChange(ids.filter((it) => it !== id))}>
                <IconX size={12} stroke={1.75} aria-hidden="true" />
              </button>
            )}
          </span>
        )
      })}
      {readOnly && ids.length === 0 && <span className="t3 f12">None</span>}
      {!readOnly && (many || ids.length === 0) && (
        <button type="button" className={classes.add} aria-label={`Choose ${field.label.toLowerCase()}`} onClick={() => setPicking(true)}>
          <IconPlus size={12} stroke={1.75} aria-hidden="true" />
          {many ? 'Add' : 'Choose'}
        </button>
      )}
      <ItemPicker
        title={field.label}
        types={field.itemTypes ?? []}
        wanted={wanted}
        opened={picking}
        onClose={() => setPicking(false)}
        onPick={(item) => {
          setPicking(false)
          if (!ids.includes(item.id)) onChange(many ? [...ids, item.id] : [item.id])
        }}
      />
    </div>
  )
}
