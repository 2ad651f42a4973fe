import { Checkbox, NumberInput, Radio, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

import { useLabels, vocabulariesQuery } from '@/api/framework'
import { day } from '@/content/times'
import { Chip, ErrorState, PanelSection } from '@/ui'

import type { ContentField, ContentType, Draft, Finding, ItemDetail } from './api'
import { ConceptPicker } from './ConceptPicker'
import { stagesFor } from '@/content/concepts'
import { claimIds, findingsOf, listOf, placeOf, pointerOf, textOf, valueOf, withValue, type ContentDocument } from './document'
import classes from './editor.module.css'
import { FieldFindings } from './FieldFindings'
import type { Wanted } from './fit'
import { ItemField } from './ItemField'
import { useItems } from './useItemNames'

interface FieldsPanelProps {
  readonly item: ItemDetail
  readonly type: ContentType
  readonly draft: Pick<Draft, 'locale' | 'basedOnVersion'>
  readonly document: ContentDocument
  readonly findings: readonly Finding[]
  readonly current: Finding | undefined
  readonly readOnly: boolean
  readonly onChange: (document: ContentDocument) => void
}

/** What the item is, its fields that are not text, and its classification. */
export function FieldsPanel({ item, type, draft, document, findings, current, readOnly, onChange }: FieldsPanelProps) {
  const labels = useLabels()
  const vocabularies = useQuery(vocabulariesQuery)
  const jobs = item.locales.find((it) => it.locale === draft.locale)?.jobs ?? []
  const concepts = (scheme: string | undefined) => vocabularies.data?.schemes.find((it) => it.scheme === scheme)?.concepts ?? []
  const claims = useItems(claimIds(document))
  const efficacyOf = (of: ContentDocument) => claimIds(of).flatMap((id) => claims(id)).filter((it) => it.efficacyClaim).map((it) => it.key)
  const row = (field: ContentField, control: ReactNode) => (
    <div key={field.name} className={classes.fieldBlock}>
      <div className={classes.field}>
        <span className={classes.fieldName} title={field.help}>
          {field.label}
        </span>
        {control}
      </div>
      {type.requiredToSubmit.includes(pointerOf(field.name)) && valueOf(document, field.name) === undefined && findingsOf(findings, field.name).length === 0 && <p className={classes.needed}>Needed for review</p>}
      <FieldFindings findings={findingsOf(findings, field.name)} current={current} />
    </div>
  )

  return (
    <>
      <div className={classes.panelSection}>
        <Fact name="Type">
          {type.title} <span className="t3 f12">{item.key}</span>
        </Fact>
        <Fact name="Kind">
          <Chip tone="line">{labels.kind(item.kind)}</Chip>
        </Fact>
        {item.brand !== undefined && <Fact name="Brand">{labels.brand(item.brand)}</Fact>}
        {draft.basedOnVersion !== undefined && <Fact name="Based on">v{draft.basedOnVersion}</Fact>}
        {item.brief !== undefined && (
          <>
            <Fact name="Brief">
              <Link to="/strategy/briefs/$briefId" params={{ briefId: item.brief.id }} className="link">
                {item.brief.title}
              </Link>
            </Fact>
            <Fact name="Objective">
              <Link to="/strategy/objectives" search={{ strategy: item.brief.objective.strategyId, version: item.brief.objective.number, objective: item.brief.objective.objectiveId }} className="link">
                {item.brief.objective.name}
              </Link>
            </Fact>
          </>
        )}
        {jobs.length > 0 && (
          <Fact name="Review">
            {jobs.map((job) => (
              <Link key={job.code} to="/review/$code" params={{ code: job.code }} className="link mono">
                {job.code}
              </Link>
            ))}
          </Fact>
        )}
        {type.fields
          .filter((it) => placeOf(it) === 'fields')
          .filter((it) => it.widget !== 'source' || valueOf(document, it.name) !== undefined)
          .map((field) => row(field, <PlainField field={field} document={document} wanted={{ kind: item.kind, brand: item.brand, locale: draft.locale }} claimsEfficacy={efficacyOf(document)} needed={type.requiredToSubmit.includes(pointerOf(field.name))} readOnly={readOnly || field.readOnly === true} onChange={(value) => onChange(withValue(document, field.name, value))} />))}
      </div>
      <PanelSection title="Classification" {...(vocabularies.data === undefined ? {} : { aside: `framework ${vocabularies.data.schemes.find((it) => it.scheme === 'needs')?.version ?? ''}` })}>
        {vocabularies.isError && <ErrorState error={vocabularies.error} onRetry={() => void vocabularies.refetch()} />}
        {type.fields
          .filter((it) => placeOf(it) === 'classification')
          .map((field) =>
            row(
              field,
              <ConceptPicker
                name={field.name}
                label={field.label}
                concepts={field.scheme === 'stages' ? stagesFor(concepts('stages'), concepts('audiences'), listOf<string>(document, 'classification.audience')) : concepts(field.scheme)}
                chosen={listOf<string>(document, field.name)}
                readOnly={readOnly}
                onChange={(notations) => onChange(withValue(document, field.name, notations))}
              />,
            ),
          )}
      </PanelSection>
    </>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={classes.field}>
      <span className={classes.fieldName}>{name}</span>
      <span className={classes.fieldValue}>{children}</span>
    </div>
  )
}

interface PlainFieldProps {
  readonly field: ContentField
  readonly document: ContentDocument
  readonly wanted: Omit<Wanted, 'markets'>
  /** Keys of its claims that are about efficacy. */
  readonly claimsEfficacy: readonly string[]
  /** Whether submission asks for an answer. */
  readonly needed: boolean
  readonly readOnly: boolean
  readonly onChange: (value: unknown) => void
}

function PlainField({ field, document, wanted, claimsEfficacy, needed, readOnly, onChange }: PlainFieldProps): ReactNode {
  const value = valueOf(document, field.name)
  const common = { 'aria-label': field.label, 'data-field': field.name, readOnly } as const
  switch (field.widget) {
    case 'boolean':
      if (field.name === 'efficacyClaim' && claimsEfficacy.length > 0) {
        // It follows from what the document holds; nobody is asked what is known.
        return (
          <span className={classes.fieldValue}>
            Yes <span className="t3 f12">through {claimsEfficacy.join(', ')}</span>
          </span>
        )
      }
      if (needed) return <YesNo label={field.label} name={field.name} value={value} readOnly={readOnly} onChange={onChange} />
      return <Checkbox size="xs" {...common} label={value === true ? 'Yes' : 'No'} disabled={readOnly} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
    case 'number':
      return <NumberInput {...common} hideControls value={typeof value === 'number' ? value : ''} onChange={(next) => onChange(typeof next === 'number' ? next : undefined)} />
    case 'date':
      if (readOnly) return <span className="t2">{textOf(document, field.name) || 'None'}</span>
      return <TextInput type="date" {...common} value={textOf(document, field.name)} onChange={(event) => onChange(event.currentTarget.value)} />
    case 'url':
      if (readOnly) return <span className="t2">{textOf(document, field.name) || 'None'}</span>
      return <TextInput type="url" placeholder="https://" {...common} value={textOf(document, field.name)} onChange={(event) => onChange(event.currentTarget.value)} />
    case 'item':
      return <ItemField field={field} many={false} wanted={wanted} readOnly={readOnly} ids={typeof value === 'string' ? [value] : []} onChange={(ids) => onChange(ids[0])} />
    case 'items':
      return <ItemField field={field} many wanted={wanted} readOnly={readOnly} ids={listOf<string>(document, field.name)} onChange={onChange} />
    case 'source':
      return <Source source={value as SourceNote} />
    case 'text':
    case 'textarea':
    case 'markdown':
    case 'concepts':
    case 'references':
    case 'rules':
    case 'variations':
    case 'anchors':
    case 'visual':
    case 'steps':
      return null
  }
}

/** A question that has no answer until somebody gives one. */
function YesNo({ label, name, value, readOnly, onChange }: { readonly label: string; readonly name: string; readonly value: unknown; readonly readOnly: boolean; readonly onChange: (value: boolean) => void }) {
  if (readOnly) return <span className={classes.fieldValue}>{value === true ? 'Yes' : value === false ? 'No' : 'Not said yet'}</span>
  return (
    <Radio.Group aria-label={label} data-field={name} size="xs" value={typeof value === 'boolean' ? String(value) : ''} onChange={(next) => onChange(next === 'true')}>
      <span className={classes.yesNo}>
        <Radio size="xs" value="true" label="Yes" />
        <Radio size="xs" value="false" label="No" />
      </span>
    </Radio.Group>
  )
}

interface SourceNote {
  readonly format: string
  readonly fileName?: string
  readonly journal?: string
  readonly published?: string
  readonly licence?: string
  readonly doi?: string
}

function Source({ source }: { readonly source: SourceNote }) {
  const published = source.published === undefined ? undefined : source.published.length === 10 ? day(source.published) : source.published
  return (
    <span className={classes.source}>
      <span>{[source.journal, published].filter(Boolean).join(', ') || source.fileName || source.format.toUpperCase()}</span>
      <span className="t3 f12">{[source.format.toUpperCase(), source.doi, source.licence].filter(Boolean).join(' · ')}</span>
    </span>
  )
}
