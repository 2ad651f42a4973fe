import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { call, type Problem } from '@/api/client'
import { useLabels } from '@/api/framework'
import type { Schema } from '@/api/types'
import { Button, Dialog, ErrorState, useToast } from '@/ui'

import classes from './PublishDialog.module.css'
import { lastDay } from './times'

interface PublishDialogProps {
  readonly approval: Schema<'Approval'>
  readonly onClose: () => void
  readonly onPublished?: () => void
}

/** Says what publishing causes, then points the channels of one market to the approved version. */
export function PublishDialog({ approval, onClose, onPublished }: PublishDialogProps) {
  const queryClient = useQueryClient()
  const toast = useToast()
  const publish = useMutation<Schema<'Publication'>, Problem>({
    mutationFn: () =>
      call<Schema<'Publication'>>(`/manage/v1/items/${encodeURIComponent(approval.itemId)}/publications`, {
        method: 'POST',
        body: { locale: approval.locale, market: approval.market, approvalId: approval.id } satisfies Schema<'NewPublication'>,
      }),
    onSuccess: async () => {
      onClose()
      onPublished?.()
      toast({ message: `v${approval.versionNumber} is effective in ${approval.market}. Channels get it from now on.` })
      await queryClient.invalidateQueries()
    },
  })
  return (
    <Dialog opened onClose={onClose} title={`Publish v${approval.versionNumber} in ${approval.market}`}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!publish.isPending) publish.mutate()
        }}
      >
        <Consequences approval={approval} />
        {publish.isError && <ErrorState error={publish.error} kept="Nothing was published." />}
        <div className={classes.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" data-autofocus busy={publish.isPending && 'Publishing…'}>
            Publish now
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function Consequences({ approval }: { readonly approval: Schema<'Approval'> }) {
  const labels = useLabels()
  const item = useQuery({
    queryKey: ['items', approval.itemId],
    queryFn: ({ signal }) => call<Schema<'ItemDetail'>>(`/manage/v1/items/${encodeURIComponent(approval.itemId)}`, { signal }),
  })
  const publications = item.data?.locales.find((it) => it.locale === approval.locale)?.publications ?? []
  const live = publications.find((it) => it.market === approval.market && it.state === 'effective')
  const newer = (item.data?.locales.find((it) => it.locale === approval.locale)?.latestVersion?.number ?? 0) > approval.versionNumber
  return (
    <div className={classes.effects}>
      <h3>What this will cause</h3>
      <ul>
        <li>
          Channels of {labels.market(approval.market)} get {item.data?.key ?? 'this item'} v{approval.versionNumber} in {approval.locale} with their next request.
        </li>
        {item.isPending && <li role="status">Looking up what is published now…</li>}
        {item.isError && <li>What is published now could not be looked up; whatever it is, it is superseded.</li>}
        {item.isSuccess && (live === undefined ? <li>Nothing of it is published there now.</li> : <li>It supersedes v{live.version}, which channels stop getting.</li>)}
        <li>It ends with its approval, after {lastDay(approval.validUntil)}. Until then it can be withdrawn at any moment.</li>
        {newer && <li>A newer version exists; this publishes v{approval.versionNumber}, which is the one that was certified.</li>}
        {(item.data?.usedIn.length ?? 0) > 0 && (
          <li>
            {item.data?.usedIn.length === 1 ? '1 item uses' : `${item.data?.usedIn.length} items use`} it: {item.data?.usedIn.slice(0, 5).map((it) => it.key).join(', ')}.
          </li>
        )}
      </ul>
    </div>
  )
}
