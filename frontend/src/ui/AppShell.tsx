import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import classes from './AppShell.module.css'
import { Avatar } from './Chip'
import { Kbd } from './Kbd'

export interface NavItem {
  readonly label: string
  readonly to: string
  readonly icon: ReactNode
  readonly count?: number | undefined
}

interface AppShellProps {
  readonly home: NavItem
  /** Joined by one line, in this order. */
  readonly line: readonly NavItem[]
  readonly more?: readonly NavItem[]
  readonly person: { readonly name: string; readonly role: string; readonly initials?: string }
  /** `Menu.Item`s under the person's name. */
  readonly menu: ReactNode
  readonly note?: string | undefined
  readonly onCommand: () => void
  readonly children: ReactNode
}

/** Navigation on the left, one screen on the right. */
export function AppShell({ home, line, more = [], person, menu, note, onCommand, children }: AppShellProps) {
  return (
    <div className={classes.app}>
      <a href="#main" className={classes.skip}>
        Skip to the page
      </a>
      <nav className={classes.nav} aria-label="Main">
        <Link to={home.to} className={classes.brand}>
          <BrandMark />
          <span>Throughline</span>
        </Link>
        <button type="button" className={classes.command} onClick={onCommand}>
          <IconSearch size={14} stroke={1.5} aria-hidden="true" />
          <span>Search or run</span>
          <Kbd keys="mod+k" />
        </button>
        <ul>
          <NavLink item={home} />
        </ul>
        <ul className={classes.line}>
          {line.map((item) => (
            <NavLink key={item.to} item={item} />
          ))}
        </ul>
        {more.length > 0 && (
          <ul>
            {more.map((item) => (
              <NavLink key={item.to} item={item} />
            ))}
          </ul>
        )}
        <div className={classes.base}>
          {note !== undefined && <p className={classes.note}>{note}</p>}
          <div className={classes.me}>
            <Avatar name={person.name} {...(person.initials === undefined ? {} : { initials: person.initials })} />
            <span className={classes.who}>
              <span className="clip m">{person.name}</span>
              <span className="clip f11 t3">{person.role}</span>
            </span>
            <Menu position="top-end" width={232} returnFocus>
              <Menu.Target>
                <ActionIcon variant="subtle" size={28} aria-label="Theme and account" className={classes.more}>
                  <IconDots size={16} stroke={1.5} aria-hidden="true" />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>{menu}</Menu.Dropdown>
            </Menu>
          </div>
        </div>
      </nav>
      <main className={classes.main} id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}

function NavLink({ item }: { readonly item: NavItem }) {
  return (
    <li className={classes.item}>
      <Link to={item.to} className={classes.link} activeOptions={{ includeSearch: false }} activeProps={{ 'aria-current': 'page' }}>
        {item.icon}
        <span>{item.label}</span>
        {item.count !== undefined && item.count > 0 && <span className={classes.count}>{item.count}</span>}
      </Link>
    </li>
  )
}

export function BrandMark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" aria-hidden="true">
      <path d="M3 4.5h14M10 4.5v4c0 4.5 2.5 7 7 7" />
      <circle cx="4" cy="15.5" r="1.6" fill="currentColor" stroke="none" />
    </svg>
  )
}
