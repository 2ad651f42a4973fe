import { Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { IconArrowDown, IconArrowUp, IconCopy, IconPlus, IconTargetArrow, IconTextCaption, IconTrash } from '@tabler/icons-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'

import { vocabulariesQuery } from '@/api/framework'
import type { FieldError } from '@/api/client'
import { hasRole, usePerson } from '@/app/session'
import { Button, EmptyState, ErrorState, LoadingRows, Notice, sayMoment, TopBar, useActions, useToast } from '@/ui'

import { strategiesQuery, storeVersion, strategyKeys, versionQuery, type Strategy } from './api'
import { documentOf, formOf, missingIn, moved, newObjective, type ObjectiveForm, type StrategyForm } from './editing'
import { fieldErrors } from './fieldErrors'
import { forgetKept, keepForm, readKept, type Kept } from './keptForm'
import { ObjectiveFields } from './ObjectiveFields'
import classes from './strategyEditor.module.css'

const route = getRouteApi('/signed-in/strategy/edit')
const EMPTY: StrategyForm = { summary: '', objectives: [] }

/** The next version of a strategy, written from an earlier one or from nothing. */
export function StrategyEditorScreen() {
  const search = route.useSearch()
  const strategies = useQuery(strategiesQuery)
  const strategy = strategies.data?.strategies.find((it) => it.id === search.strategy)
  const base = search.from ?? strategy?.latest ?? 0
  const version = useQuery({ ...versionQuery(strategy?.id ?? '', base), enabled: strategy !== undefined && base > 0, refetchOnWindowFocus: false })
  const vocabularies = useQuery(vocabulariesQuery)

  const failed = [strategies, version, vocabularies].find((it) => it.isError)
  if (failed !== undefined) return <Framed>{<ErrorState error={failed.error} onRetry={() => void failed.refetch()} kept="What you typed before is kept on this device." />}</Framed>
  if (strategies.isPending || vocabularies.isPending || version.isLoading) return <Framed>{<LoadingRows label="Loading the strategy" rows={12} />}</Framed>
  if (search.strategy === undefined && strategies.data !== undefined) return <Framed>{<ChooseStrategy strategies={strategies.data.strategies} />}</Framed>
  if (strategy === undefined) return <Framed>{<EmptyState title="This strategy does not exist, or you may not see it.">Choose one in the list of strategies.</EmptyState>}</Framed>
  return <Editor key={`${strategy.id}/${base}`} strategy={strategy} base={base} begin={version.data === undefined ? EMPTY : formOf(version.data.document)} />
}

function Framed({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <TopBar title="New version" crumbs={[{ label: 'Strategies', to: '/strategy/strategies' }]} />
      {children}
    </>
  )
}

/** An address without a strategy: the next version of which one? */
function ChooseStrategy({ strategies }: { readonly strategies: readonly Strategy[] }) {
  const maySteer = hasRole(usePerson(), 'strategist')
  if (strategies.length === 0) {
    return (
      <EmptyState title="There is no strategy to write a version of yet.">
        {maySteer ? (
          <Link to="/strategy/strategies" search={{ dialog: 'new' }} className="link">
            Begin the first strategy
          </Link>
        ) : (
          'A strategist begins one.'
        )}
      </EmptyState>
    )
  }
  return (
    <section className={classes.choose} aria-label="Strategies">
      <p className="m">Which strategy gets the next version?</p>
      <ul>
        {strategies.map((it) => (
          <li key={it.id}>
            <Link to="/strategy/edit" search={{ strategy: it.id }} className="link">
              {it.name}
            </Link>{' '}
            <span className="t3 f12">{it.latest === 0 ? 'no version yet' : `from v${it.latest}`}</span>
          </li>
        ))}
      </ul>
      <p className="t2">
        Or{' '}
        <Link to="/strategy/strategies" search={maySteer ? { dialog: 'new' } : {}} className="link">
          {maySteer ? 'begin another strategy' : 'see the list of strategies'}
        </Link>
        .
      </p>
    </section>
  )
}

interface EditorProps {
  readonly strategy: Strategy
  readonly base: number
  readonly begin: StrategyForm
}

function Editor({ strategy, base, begin }: EditorProps) {
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/strategy/edit' })
  const client = useQueryClient()
  const toast = useToast()
  const maySteer = hasRole(usePerson(), 'strategist')
  const stages = useQuery(vocabulariesQuery).data?.schemes.find((it) => it.scheme === 'stages')?.concepts ?? []
  const key = `strategy/${strategy.id}/v${base}`
  const [kept] = useState<Kept<StrategyForm> | undefined>(() => readKept<StrategyForm>(key))
  const [form, setForm] = useState(kept?.form ?? begin)
  const [restored, setRestored] = useState(kept !== undefined)
  const [refused, setRefused] = useState<readonly FieldError[]>([])
  const column = useRef<HTMLDivElement>(null)
  const next = strategy.latest + 1
  const changed = JSON.stringify(form) !== JSON.stringify(begin)
  const errors = fieldErrors(refused)
  const at = form.objectives.findIndex((it) => it.id === search.objective)
  const objective = form.objectives[at]

  function change(to: StrategyForm) {
    setForm(to)
    keepForm(key, { stamp: `v${base}`, at: new Date().toISOString(), form: to })
  }
  const setObjective = (to: ObjectiveForm) => change({ ...form, objectives: form.objectives.map((it, index) => (index === at ? to : it)) })
  const show = (id: string | undefined) => void navigate({ search: (old) => ({ ...old, objective: id }), replace: true })

  const store = useMutation({
    mutationFn: () => storeVersion(strategy.id, documentOf(form, stages)),
    onSuccess: async (stored) => {
      forgetKept(key)
      await client.invalidateQueries({ queryKey: strategyKeys })
      toast({ message: `${strategy.name} v${stored.number} is stored.` })
      await navigate({ to: '/strategy/objectives', search: { strategy: strategy.id, version: stored.number } })
    },
    onError: (problem) => tell(problem.errors),
  })

  /** Puts messages beside their fields and leads to the first one. */
  function tell(found: readonly FieldError[]) {
    setRefused(found)
    const first = found.map((it) => /\/objectives\/(\d+)/.exec(it.path)?.[1]).find((it) => it !== undefined)
    const there = first === undefined ? undefined : form.objectives[Number(first)]
    if (there !== undefined && fieldErrors(found).under(`/objectives/${at}`) === 0) show(there.id)
  }
  function submit() {
    if (store.isPending || !maySteer || !changed) return
    const missing = form.objectives.length === 0 ? [{ code: 'required', path: '/objectives', message: 'State at least one objective.' }] : missingIn(form)
    tell(missing)
    if (missing.length === 0) store.mutate()
  }
  function add(copy?: ObjectiveForm) {
    const fresh = newObjective(form.objectives.map((it) => it.id), new Date().toISOString().slice(0, 10))
    change({ ...form, objectives: [...form.objectives, copy === undefined ? fresh : { ...copy, id: fresh.id, name: `${copy.name}, copy` }] })
    show(fresh.id)
  }
  function remove() {
    const before = form
    change({ ...form, objectives: form.objectives.filter((_, index) => index !== at) })
    show(form.objectives[at + 1]?.id ?? form.objectives[at - 1]?.id)
    toast({ message: `“${objective?.name === '' ? objective.id : (objective?.name ?? '')}” is left out of v${next}.`, undo: () => change(before) })
  }
  function move(step: 1 | -1) {
    change({ ...form, objectives: moved(form.objectives, at, at + step) })
    setRefused([])
  }

  useActions('Strategy', [
    { label: `Store v${next}`, keys: 'mod+Enter', disabled: !maySteer || !changed, run: submit },
    { label: 'Add an objective', keys: 'c', icon: <IconPlus stroke={1.5} aria-hidden="true" />, run: () => add() },
  ])
  // A new objective begins where its name is typed.
  useEffect(() => {
    if (objective?.name === '') column.current?.querySelector<HTMLInputElement>('[data-first]')?.focus()
  }, [objective?.id])

  return (
    <>
      <TopBar
        title={`v${next} of ${strategy.name}`}
        crumbs={[{ label: 'Strategies', to: '/strategy/strategies' }]}
        beside={<span className="f12 t3 nw wide-only">{changed ? 'Kept on this device until you store it' : base === 0 ? 'Nothing typed yet' : `As v${base}, nothing changed yet`}</span>}
        actions={
          <>
            <Button
              disabledReason={changed ? undefined : 'Nothing was changed.'}
              onClick={() => {
                const before = form
                forgetKept(key)
                setForm(begin)
                setRestored(false)
                setRefused([])
                toast({ message: 'What you typed is dropped.', undo: () => change(before) })
              }}
            >
              Start over
            </Button>
            <Button
              variant="primary"
              keys="mod+Enter"
              busy={store.isPending && 'Storing…'}
              disabledReason={!maySteer ? 'Only strategists store versions.' : changed ? undefined : 'Change something first.'}
              onClick={submit}
            >
              Store v{next}
            </Button>
          </>
        }
      />
      {restored && kept !== undefined && (
        <Notice>
          <span className="grow">What you typed on {sayMoment(new Date(kept.at))} and never stored is here again.</span>
          <Button variant="quiet" onClick={() => setRestored(false)}>
            Good
          </Button>
        </Notice>
      )}
      {strategy.latest > base && (
        <Notice>
          v{strategy.latest} was stored after v{base}. Yours continues v{base} and becomes v{next}; compare both before you approve it.
        </Notice>
      )}
      <div className={classes.page}>
        <nav className={classes.nav} aria-label="Parts of the strategy">
          <button type="button" className={classes.navItem} aria-current={objective === undefined} onClick={() => show(undefined)}>
            <IconTextCaption size={16} stroke={1.5} aria-hidden="true" />
            <span className="grow m">What it is about</span>
          </button>
          {form.objectives.map((it, index) => (
            <button key={it.id} type="button" className={classes.navItem} aria-current={it.id === objective?.id} onClick={() => show(it.id)}>
              <IconTargetArrow size={16} stroke={1.5} aria-hidden="true" />
              <span className="grow">
                <span className="m">{it.name.trim() === '' ? 'No name yet' : it.name}</span>
                <span className="f12 t3" style={{ display: 'block' }}>
                  weight {it.weight === '' ? '–' : it.weight.toFixed(2)}
                  {it.measurement === undefined && ', no measurement plan'}
                </span>
              </span>
              {errors.under(`/objectives/${index}`) > 0 && (
                <span className={classes.count} title="Fields to mend">
                  {errors.under(`/objectives/${index}`)}
                  <span className="sr"> to mend</span>
                </span>
              )}
            </button>
          ))}
          <div className={classes.navFoot}>
            <Button icon={<IconPlus size={16} stroke={1.75} aria-hidden="true" />} keys="c" onClick={() => add()}>
              Add an objective
            </Button>
          </div>
        </nav>
        <div className={classes.form} role="region" aria-label={objective === undefined ? 'What it is about' : 'Objective'} tabIndex={-1}>
          <div className={classes.column} ref={column}>
            {refused.length > 0 && !store.isPending && (
              <p className={classes.wrong} role="alert">
                Nothing was stored. {refused.length === 1 ? 'One field needs' : `${refused.length} fields need`} your attention: {refused[0]?.message}
              </p>
            )}
            {store.isError && store.error.errors.length === 0 && <ErrorState error={store.error} onRetry={submit} kept="No version was stored; what you typed is kept on this device." />}
            {objective === undefined ? (
              <>
                <div className={classes.formHead}>
                  <h2>What it is about</h2>
                </div>
                <Textarea
                  label="Summary"
                  description="In a few sentences that every objective can be held against."
                  autosize
                  minRows={4}
                  maxLength={2000}
                  value={form.summary}
                  error={errors.at('/summary')}
                  onChange={(event) => change({ ...form, summary: event.currentTarget.value })}
                />
                {form.objectives.length === 0 && (
                  <EmptyState icon={<IconTargetArrow size={18} stroke={1.5} />} title="No objective yet" action={<Button onClick={() => add()}>Add an objective</Button>}>
                    An objective moves one audience from one stage to another by meeting its needs. Its plan fills the framework matrix.
                  </EmptyState>
                )}
              </>
            ) : (
              <>
                <div className={classes.formHead}>
                  <h2 className="grow">Objective {at + 1}</h2>
                  <span className="mono f12 t3">{objective.id}</span>
                  <Button variant="quiet" iconOnly aria-label="Move the objective up" title="Move up" disabledReason={at === 0 ? 'It is the first already.' : undefined} icon={<IconArrowUp size={16} stroke={1.5} aria-hidden="true" />} onClick={() => move(-1)} />
                  <Button variant="quiet" iconOnly aria-label="Move the objective down" title="Move down" disabledReason={at === form.objectives.length - 1 ? 'It is the last already.' : undefined} icon={<IconArrowDown size={16} stroke={1.5} aria-hidden="true" />} onClick={() => move(1)} />
                  <Button variant="quiet" iconOnly aria-label="Copy the objective" title="Copy" icon={<IconCopy size={16} stroke={1.5} aria-hidden="true" />} onClick={() => add(objective)} />
                  <Button variant="quiet" iconOnly aria-label="Leave the objective out" title="Leave it out of this version" icon={<IconTrash size={16} stroke={1.5} aria-hidden="true" />} onClick={remove} />
                </div>
                <ObjectiveFields key={objective.id} objective={objective} at={`/objectives/${at}`} errors={errors} onChange={setObjective} />
              </>
            )}
          </div>
        </div>
      </div>
    </>
  )
}
