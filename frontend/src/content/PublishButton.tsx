import { useMutation, useQueryClient } from '@tanstack/react-query'

import { call, type Problem } from '@/api/client'
import type { Schema } from '@/api/types'
import { Button, useToast } from '@/ui'

interface PublishButtonProps {
  readonly approval: Schema<'Approval'>
  /** The version that channels of the market get now, if there is one. */
  readonly supersedes?: number | undefined
  readonly primary?: boolean
}

/** Points the channels of one market to an approved version. */
export function PublishButton({ approval, supersedes, primary = false }: PublishButtonProps) {
  const queryClient = useQueryClient()
  const toast = useToast()
  const publish = useMutation<Schema<'Publication'>, Problem>({
    mutationFn: () =>
      call<Schema<'Publication'>>(`/manage/v1/items/${encodeURIComponent(approval.itemId)}/publications`, {
        method: 'POST',
        body: { locale: approval.locale, market: approval.market, approvalId: approval.id } satisfies Schema<'NewPublication'>,
      }),
    onSuccess: async (publication) => {
      await queryClient.invalidateQueries()
      toast({ message: `v${publication.version} is effective in ${publication.market}. Channels get it from now on.` })
    },
  })
  return (
    <>
      <Button
        variant={primary ? 'primary' : 'default'}
        busy={publish.isPending && 'Publishing…'}
        disabledReason={publish.isSuccess ? 'It is published.' : undefined}
        title={supersedes === undefined ? undefined : `Supersedes v${supersedes}`}
        onClick={() => publish.mutate()}
      >
        {publish.isSuccess ? 'Published' : primary ? 'Publish now' : 'Publish'}
      </Button>
      {publish.isError && (
        <span role="alert" className="f12" data-tone="block">
          {publish.error.detail ?? publish.error.title}
        </span>
      )}
    </>
  )
}
