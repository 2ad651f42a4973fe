import { Menu } from '@mantine/core'
import { IconBlockquote, IconBold, IconBook2, IconChevronDown, IconItalic, IconList, IconPlus, IconTable } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'

import { Button, Kbd, Segments } from '@/ui'

import type { ItemDetail } from './api'
import classes from './editor.module.css'
import type { Formatting } from './markdownEditor'
import { NewLocaleDialog } from './NewLocaleDialog'

export type View = 'write' | 'beside' | 'preview'

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const

interface EditorToolbarProps {
  readonly item: ItemDetail
  readonly locale: string
  readonly view?: View
  readonly onView?: (view: View) => void
  readonly formatting: boolean
  readonly onFormat?: (command: Formatting) => void
  readonly onClaim?: () => void
  readonly onCite?: (() => void) | undefined
  readonly canStart: boolean
}

/** Formatting on the left, view and language on the right. */
export function EditorToolbar({ item, locale, view, onView, formatting, onFormat, onClaim, onCite, canStart }: EditorToolbarProps) {
  return (
    <div className={classes.tool}>
      {formatting && (
        <div role="toolbar" aria-label="Formatting" className={classes.toolGroup}>
          <Menu>
            <Menu.Target>
              <button type="button" className={classes.style}>
                Style
                <IconChevronDown size={12} stroke={1.75} aria-hidden="true" />
              </button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => onFormat?.('paragraph')}>Paragraph</Menu.Item>
              <Menu.Item onClick={() => onFormat?.('heading-2')}>Heading</Menu.Item>
              <Menu.Item onClick={() => onFormat?.('heading-3')}>Subheading</Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <Button variant="quiet" iconOnly aria-label="Bold" title="Bold (Ctrl B)" icon={<IconBold {...icon} />} onClick={() => onFormat?.('bold')} />
          <Button variant="quiet" iconOnly aria-label="Italic" title="Italic (Ctrl I)" icon={<IconItalic {...icon} />} onClick={() => onFormat?.('italic')} />
          <Button variant="quiet" iconOnly aria-label="List" title="List" icon={<IconList {...icon} />} onClick={() => onFormat?.('list')} />
          <Button variant="quiet" iconOnly aria-label="Table" title="Table" icon={<IconTable {...icon} />} onClick={() => onFormat?.('table')} />
          <span className={classes.toolLine} />
          <Button variant="quiet" icon={<IconBlockquote {...icon} />} onClick={onClaim}>
            Claim <Kbd keys="@" />
          </Button>
          {onCite !== undefined && (
            <Button variant="quiet" icon={<IconBook2 {...icon} />} onClick={onCite}>
              Cite <Kbd keys="[" />
            </Button>
          )}
        </div>
      )}
      <div className={classes.toolEnd}>
        {view !== undefined && onView !== undefined && (
          <Segments
            label="View"
            value={view}
            onChange={onView}
            options={[
              { value: 'write', label: 'Write' },
              { value: 'beside', label: 'Side by side' },
              { value: 'preview', label: 'Preview' },
            ]}
          />
        )}
        <Locales item={item} locale={locale} canStart={canStart} />
      </div>
    </div>
  )
}

/** The languages of the item, and a way to begin another. */
function Locales({ item, locale, canStart }: { readonly item: ItemDetail; readonly locale: string; readonly canStart: boolean }) {
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  return (
    <>
      {item.locales.length > 1 ? (
        <Segments
          label="Language"
          value={locale}
          onChange={(next) => void navigate({ to: '/content/$itemId', params: { itemId: item.key }, search: (now) => ({ ...now, locale: next }) })}
          options={item.locales.map((it) => ({ value: it.locale, label: it.locale }))}
        />
      ) : (
        <span className="t2 f12 m">{locale}</span>
      )}
      {canStart && <Button variant="quiet" iconOnly aria-label="New locale" title="New locale" icon={<IconPlus {...icon} />} onClick={() => setAsking(true)} />}
      {asking && <NewLocaleDialog item={item} from={locale} onClose={() => setAsking(false)} />}
    </>
  )
}
