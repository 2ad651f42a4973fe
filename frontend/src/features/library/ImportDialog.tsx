import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconAlertOctagon, IconCheck, IconCopy, IconFile, IconUpload } from '@tabler/icons-react'
import { useRef, useState } from 'react'

import { brandsQuery, marketsQuery, useLabels } from '@/api/framework'
import type { Schema } from '@/api/types'
import { plural } from '@/content/words'
import { Button, Dialog } from '@/ui'

import classes from './Library.module.css'
import { KINDS } from './NewItemDialog'
import { summaryOf, useUploads, type ImportSettings, type Upload } from './uploads'

const FORMATS = '.xml,.nxml,.docx,.pdf,.html,.htm'

/** Files become drafts: drop several, watch each, see what became of it. */
export function ImportDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const labels = useLabels()
  const brands = useQuery({ ...brandsQuery, enabled: opened })
  const markets = useQuery({ ...marketsQuery, enabled: opened })
  const { uploads, add, retry } = useUploads()
  const [settings, setSettings] = useState<ImportSettings>({ kind: 'non-promotional', brand: undefined, locale: 'en-GB' })
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const locales = [...new Set(markets.data?.markets.flatMap((it) => it.locales) ?? [settings.locale])].sort()

  return (
    <Dialog opened={opened} onClose={onClose} title="Import files" size={640}>
      <div className={classes.form}>
        <div className={classes.pair}>
          <Select
            label="Kind"
            allowDeselect={false}
            data={KINDS.map((it) => ({ value: it, label: labels.kind(it) }))}
            value={settings.kind}
            onChange={(kind) => kind !== null && setSettings({ ...settings, kind: kind as Schema<'Kind'> })}
          />
          <Select
            label="Locale"
            allowDeselect={false}
            data={locales.map((it) => ({ value: it, label: labels.locale(it) }))}
            value={settings.locale}
            onChange={(locale) => locale !== null && setSettings({ ...settings, locale })}
          />
          <Select
            label="Brand"
            placeholder="No brand"
            clearable
            clearButtonProps={{ 'aria-label': 'No brand' }}
            data={brands.data?.brands.map((it) => ({ value: it.key, label: `${it.name}, ${it.therapeuticArea}` })) ?? []}
            value={settings.brand ?? null}
            onChange={(brand) => setSettings({ ...settings, brand: brand ?? undefined })}
          />
        </div>
        <div
          className={classes.zone}
          data-over={over || undefined}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault()
            setOver(false)
            add([...event.dataTransfer.files], settings)
          }}
        >
          <IconUpload size={20} stroke={1.5} aria-hidden="true" />
          <p className="m">Drop files here</p>
          <p className="t3 f12">JATS XML, DOCX, PDF or HTML. Each becomes a draft with its sections, tables and references.</p>
          <Button data-autofocus onClick={() => input.current?.click()}>Choose files</Button>
          <input
            ref={input}
            type="file"
            multiple
            hidden
            accept={FORMATS}
            aria-label="Files"
            onChange={(event) => {
              add([...(event.currentTarget.files ?? [])], settings)
              event.currentTarget.value = ''
            }}
          />
        </div>
        {uploads.length > 0 && (
          <section aria-label="Files of this import">
            <p className="b" role="status">
              {summaryOf(uploads)}
            </p>
            <ul className={classes.files}>
              {uploads.map((it) => (
                <UploadRow key={it.id} upload={it} onRetry={() => retry(it, settings)} />
              ))}
            </ul>
          </section>
        )}
        <div className={classes.buttons}>
          <Link to="/content/imports" search={{}} className="link">
            Imports of whole folders
          </Link>
          <span className="grow" />
          <Button onClick={onClose}>Close</Button>
        </div>
      </div>
    </Dialog>
  )
}

function UploadRow({ upload, onRetry }: { readonly upload: Upload; readonly onRetry: () => void }) {
  const { file, status } = upload
  return (
    <li className={classes.file}>
      <UploadMark status={status} />
      <div>
        <p className="clip">
          {status.kind === 'done' ? (
            <Link to={`/content/${status.result.key}` as string} className="link">
              {status.result.title}
            </Link>
          ) : (
            file.name
          )}
        </p>
        <UploadWords status={status} name={file.name} />
        {status.kind === 'sending' && (
          <div className={classes.bar} role="progressbar" aria-label={`Sending ${file.name}`} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(status.share * 100)}>
            <i style={{ width: `${status.share * 100}%` }} />
          </div>
        )}
      </div>
      <span className="t3 f12 num">{status.kind === 'refused' ? <Button onClick={onRetry}>Retry</Button> : sizeOf(file.size)}</span>
    </li>
  )
}

function UploadMark({ status }: { readonly status: Upload['status'] }) {
  if (status.kind === 'refused') return <IconAlertOctagon size={16} stroke={1.5} color="var(--block-mark)" aria-hidden="true" />
  if (status.kind !== 'done') return <IconFile size={16} stroke={1.5} color="var(--text-3)" aria-hidden="true" />
  return status.result.outcome === 'created' ? (
    <IconCheck size={16} stroke={1.75} color="var(--ok-mark)" aria-hidden="true" />
  ) : (
    <IconCopy size={16} stroke={1.5} color="var(--hint-mark)" aria-hidden="true" />
  )
}

function UploadWords({ status, name }: { readonly status: Upload['status']; readonly name: string }) {
  switch (status.kind) {
    case 'waiting':
      return <p className="t3 f12">Waits for its turn</p>
    case 'sending':
      return <p className="t3 f12">Sending, {Math.round(status.share * 100)} %</p>
    case 'reading':
      return <p className="t3 f12">Reading sections, tables and references…</p>
    case 'refused':
      return (
        <p className="t2 f12">
          <b className="m">{status.problem.title}.</b> {status.problem.detail}
        </p>
      )
    case 'done': {
      const { outcome, key, sections, tables, references, warnings } = status.result
      return (
        <>
          <p className="t3 f12">
            <span className="mono">{key}</span>{' '}
            {outcome === 'created' ? `${plural(sections, 'section')}, ${plural(tables, 'table')}, ${plural(references, 'reference')}` : `already imported; nothing was added for ${name}`}
          </p>
          {warnings.map((it) => (
            <p key={it} className="t2 f12">
              {it}
            </p>
          ))}
        </>
      )
    }
  }
}

function sizeOf(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
