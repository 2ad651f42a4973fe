import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { Button, PanelSection, ReasonDialog, useToast } from '@/ui'

import { channelsKey, setPurgesByKey, type Channel } from './api'

/** Whether a CDN before the channel may keep answers, what that means, and the change of it. */
export function CdnSection({ channel, mayNot }: { readonly channel: Channel; readonly mayNot: string | undefined }) {
  const client = useQueryClient()
  const toast = useToast()
  const [changing, setChanging] = useState(false)
  const next = !channel.purgesByKey
  return (
    <PanelSection title={`CDN before ${channel.name}`}>
      <p className="t2">
        {channel.purgesByKey
          ? 'A CDN that purges by surrogate key stands before this channel: it may keep answers, and a withdrawal makes it drop them.'
          : 'No CDN may keep answers of this channel: every request is answered here, so that a withdrawal counts at once.'}
      </p>
      <Button className="grow" style={{ marginTop: 8 }} disabledReason={mayNot} onClick={() => setChanging(true)}>
        {next ? 'A CDN purges by key…' : 'No CDN purges by key…'}
      </Button>
      {changing && (
        <ReasonDialog
          title={next ? `Let a CDN keep answers of ${channel.name}` : `Let no CDN keep answers of ${channel.name}`}
          action={next ? 'Let the CDN keep them' : 'Let no CDN keep them'}
          busy="Saving…"
          kept="The setting is as it was."
          danger={next}
          onClose={() => setChanging(false)}
          onDo={async (reason) => {
            await setPurgesByKey(channel.id, next, reason)
            await client.invalidateQueries({ queryKey: channelsKey })
            toast({ message: `The CDN setting of ${channel.name} was changed` })
          }}
        >
          <p>
            {next
              ? 'Answers will say how long a CDN may keep them. Do this only where the CDN purges by surrogate key when it is told of a withdrawal; one that doesn’t would go on showing withdrawn content.'
              : 'Answers will ask every CDN not to keep them, within 5 seconds. What a CDN has already stays there until it is purged or its time ends.'}{' '}
            It holds for all keys of the channel.
          </p>
        </ReasonDialog>
      )}
    </PanelSection>
  )
}
