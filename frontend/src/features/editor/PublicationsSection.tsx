import { NativeSelect, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Problem } from '@/api/client'
import { hasRole, usePerson, type Role } from '@/app/session'
import { PublishButton } from '@/content/PublishButton'
import { day, lastDay } from '@/content/times'
import { plural } from '@/content/words'
import { Button, Dialog, ErrorState, PanelSection, StateBadge, stateWord, useToast } from '@/ui'

import { approvalsQuery, withdrawalImpactQuery, withdrawItem, type ItemDetail, type Publication, type Withdrawal } from './api'
import classes from './editor.module.css'
import { Impacted } from './Impacted'

const MAY_PUBLISH: readonly Role[] = ['writer', 'signatory', 'regulatory-reviewer', 'channel-manager']
export const MAY_WITHDRAW: readonly Role[] = ['signatory', 'medical-reviewer', 'regulatory-reviewer', 'administrator']

/** Where a language of the item is approved and published, with what can be done about it. */
export function PublicationsSection({ item, locale }: { readonly item: ItemDetail; readonly locale: string }) {
  const person = usePerson()
  const approvals = useQuery(approvalsQuery(item.id))
  const [withdrawing, setWithdrawing] = useState(false)
  const publications = item.locales.find((it) => it.locale === locale)?.publications ?? []
  const live = publications.filter((it) => it.state === 'effective')
  const liveApprovals = new Set(live.map((it) => it.approvalId))
  const usable = (approvals.data?.approvals ?? []).filter((it) => it.locale === locale && it.usable && !liveApprovals.has(it.id))
  const mayWithdraw = hasRole(person, ...MAY_WITHDRAW)
  if (approvals.isError) return <ErrorState error={approvals.error} onRetry={() => void approvals.refetch()} />
  if (publications.length === 0 && usable.length === 0) return null
  return (
    <PanelSection title="Markets">
      <ul className={classes.publications}>
        {usable.map((approval) => (
          <li key={approval.id} className={classes.publication}>
            <StateBadge state="approved">Approved in {approval.market}</StateBadge>
            <span className="f12 t2">
              v{approval.versionNumber}, {approval.jobCode}, until {lastDay(approval.validUntil)}
            </span>
            {hasRole(person, ...MAY_PUBLISH) && (
              <span className={classes.publish}>
                <PublishButton approval={approval} />
              </span>
            )}
          </li>
        ))}
        {publications.map((it) => (
          <li key={it.id} className={classes.publication}>
            <StateBadge state={it.state}>
              {publicationWord(it.state)} in {it.market}
            </StateBadge>
            <span className="f12 t2">
              v{it.version}, {it.jobCode}, {it.endedAt === undefined ? `${day(it.effectiveFrom)} to ${lastDay(it.effectiveUntil)}` : `ended ${day(it.endedAt)}`}
            </span>
          </li>
        ))}
      </ul>
      {live.length > 0 && mayWithdraw && (
        <Button variant="danger" onClick={() => setWithdrawing(true)}>
          Withdraw…
        </Button>
      )}
      {withdrawing && <WithdrawDialog item={item} locale={locale} live={live} onClose={() => setWithdrawing(false)} />}
    </PanelSection>
  )
}

/** An approved publication is one whose window has not begun. */
function publicationWord(state: Publication['state']): string {
  return state === 'approved' ? 'Scheduled' : stateWord(state)
}

interface WithdrawDialogProps {
  readonly item: ItemDetail
  readonly locale: string
  readonly live: readonly Publication[]
  readonly onClose: () => void
}

/** Takes an item from its channels at once. Names what that causes before it asks for the reason. */
function WithdrawDialog({ item, locale, live, onClose }: WithdrawDialogProps) {
  const queryClient = useQueryClient()
  const toast = useToast()
  const everywhere = item.locales.flatMap((it) => it.publications).filter((it) => it.state === 'effective')
  const [scope, setScope] = useState(live.length === 1 ? (live[0]?.market ?? 'locale') : 'locale')
  const [reason, setReason] = useState('')
  const affected = scope === 'everywhere' ? everywhere : scope === 'locale' ? live : live.filter((it) => it.market === scope)
  const of = { ...(scope === 'everywhere' ? {} : { locale }), ...(scope === 'everywhere' || scope === 'locale' ? {} : { market: scope }) }
  const impact = useQuery(withdrawalImpactQuery(item.id, of))
  const withdraw = useMutation<Withdrawal, Problem>({
    mutationFn: () => withdrawItem(item.id, { reason: reason.trim(), ...of }),
    onSuccess: async (withdrawal) => {
      await queryClient.invalidateQueries()
      toast({ message: `Withdrawn: ${plural(withdrawal.publications.length, 'publication')} ended.` })
      onClose()
    },
  })
  return (
    <Dialog opened onClose={onClose} title={`Withdraw ${item.key}`}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          withdraw.mutate()
        }}
      >
        <NativeSelect
          label="From where"
          data-autofocus
          value={scope}
          onChange={(event) => setScope(event.currentTarget.value)}
          data={[
            ...live.map((it) => ({ value: it.market, label: `${it.market}, ${locale}` })),
            ...(live.length > 1 ? [{ value: 'locale', label: `All markets in ${locale}` }] : []),
            ...(everywhere.length > live.length ? [{ value: 'everywhere', label: 'All markets and languages' }] : []),
          ]}
        />
        <div className={classes.effects}>
          <h3>What this will cause</h3>
          <ul>
            <li>
              {plural(affected.length, 'publication')} {affected.length === 1 ? 'ends' : 'end'} at once: {affected.map((it) => `${it.market} ${it.locale} v${it.version}`).join(', ')}.
            </li>
            <li>Channels stop getting it with their next request; who asks for it by its key is told that it was withdrawn.</li>
            <Impacted impact={impact} />
            <li>It cannot be undone. To serve it again it must be published again from an approval.</li>
          </ul>
        </div>
        <Textarea label="Reason, for the audit trail" required withAsterisk={false} autosize minRows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        {withdraw.isError && (
          <p role="alert" className={classes.error}>
            {withdraw.error.detail ?? withdraw.error.title}
          </p>
        )}
        <div className={classes.dialogActions}>
          <span className="grow" />
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="danger" busy={withdraw.isPending && 'Withdrawing…'} disabledReason={impact.isPending ? 'What else it concerns is being looked up.' : reason.trim() === '' ? 'Say why it is withdrawn.' : undefined}>
            Withdraw
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
