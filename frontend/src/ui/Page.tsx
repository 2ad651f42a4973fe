import { IconChevronRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, type ReactNode } from 'react'

import classes from './Page.module.css'

export interface Crumb {
  readonly label: string
  readonly to: string
}

interface TopBarProps {
  /** The page's one h1; also the document's title. */
  readonly title: string
  /** Where the page is, from the outside in, without the page itself. */
  readonly crumbs?: readonly Crumb[]
  /** Beside the title: state, saved indicator. */
  readonly beside?: ReactNode
  readonly tabs?: ReactNode
  /** At the right: at most one primary button. */
  readonly actions?: ReactNode
}

/** The bar on top of every screen: where am I, which view, what can I do. */
export function TopBar({ title, crumbs = [], beside, tabs, actions }: TopBarProps) {
  useEffect(() => {
    document.title = `${title} · Throughline`
  }, [title])
  return (
    <header className={classes.top}>
      <div className={classes.crumbs}>
        {crumbs.map((crumb) => (
          <span key={crumb.to} className={classes.crumb}>
            <Link to={crumb.to} className={classes.crumbLink}>
              {crumb.label}
            </Link>
            <IconChevronRight size={12} stroke={1.75} aria-hidden="true" />
          </span>
        ))}
        <h1 className="clip">{title}</h1>
      </div>
      {beside}
      {tabs}
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </header>
  )
}

const COUNT = new Intl.NumberFormat('en-GB')

export interface Tab {
  readonly key: string
  readonly label: string
  readonly count?: number | undefined
  readonly alert?: boolean
}

interface TabsProps {
  readonly label: string
  readonly tabs: readonly Tab[]
  readonly current: string
  readonly onChange: (key: string) => void
  /** `panel` is the smaller kind at the head of a right panel. */
  readonly size?: 'page' | 'panel'
}

/** Views of one page or panel. Arrow keys move between them; keep the choice in the URL. */
export function Tabs({ label, tabs, current, onChange, size = 'page' }: TabsProps) {
  return (
    <div
      role="tablist"
      aria-label={label}
      className={classes.tabs}
      data-size={size}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
        if (step === 0) return
        event.preventDefault()
        const at = tabs.findIndex((tab) => tab.key === current)
        const next = (at + step + tabs.length) % tabs.length
        const tab = tabs[next]
        if (tab === undefined) return
        onChange(tab.key)
        event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus()
      }}
    >
      {tabs.map((tab) => (
        <button
          key={tab.key}
          type="button"
          role="tab"
          aria-selected={tab.key === current}
          tabIndex={tab.key === current ? 0 : -1}
          className={classes.tab}
          onClick={() => onChange(tab.key)}
        >
          {tab.label}
          {tab.count !== undefined && (
            <span className={classes.tabCount} data-alert={tab.alert || undefined}>
              {COUNT.format(tab.count)}
            </span>
          )}
        </button>
      ))}
    </div>
  )
}

interface SplitPageProps {
  readonly children: ReactNode
  /** The chosen thing. Leave it out where nothing can be chosen; give a hint where nothing is. */
  readonly panel?: ReactNode
  readonly panelLabel?: string
  /** CSS width of the panel, 348px to 500px. */
  readonly panelWidth?: string
  /** Stays at the foot of the left part, for example a `KeyBar`. */
  readonly footer?: ReactNode
  /** Stays above the left part, for example filters. */
  readonly head?: ReactNode
}

/** List or picture on the left, the chosen thing on the right. Both scroll on their own. */
export function SplitPage({ children, panel, panelLabel = 'Details', panelWidth = '440px', footer, head }: SplitPageProps) {
  return (
    <div className={classes.split} style={{ gridTemplateColumns: panel === undefined ? 'minmax(0, 1fr)' : `minmax(0, 1fr) min(${panelWidth}, 35vw)` }}>
      <div className={classes.left}>
        {head}
        <div className={classes.scroll}>{children}</div>
        {footer}
      </div>
      {panel !== undefined && (
        <aside className={classes.panel} aria-label={panelLabel}>
          {panel}
        </aside>
      )}
    </div>
  )
}

/** The head of a panel: small line of ids and states, then what it is. */
export function PanelHead({ eyebrow, title, children }: { readonly eyebrow?: ReactNode; readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className={classes.panelHead}>
      {eyebrow !== undefined && <div className={classes.eyebrow}>{eyebrow}</div>}
      <h2>{title}</h2>
      {children}
    </div>
  )
}

export function PanelSection({ title, aside, children, grow = false }: { readonly title?: string; readonly aside?: ReactNode; readonly children: ReactNode; readonly grow?: boolean }) {
  return (
    <section className={classes.section} data-grow={grow || undefined}>
      {title !== undefined && (
        <h3>
          {title}
          {aside !== undefined && <span className={classes.aside}>{aside}</span>}
        </h3>
      )}
      {children}
    </section>
  )
}

/** The panel's actions; they stay while the panel scrolls. */
export function PanelActions({ children }: { readonly children: ReactNode }) {
  return <div className={classes.panelActions}>{children}</div>
}

/** Names and values under each other. */
export function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name} className={classes.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
