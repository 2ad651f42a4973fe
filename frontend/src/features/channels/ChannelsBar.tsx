import { IconPlus } from '@tabler/icons-react'

import { Button, TopBar, useActions } from '@/ui'

import { ChannelTabs } from './ChannelTabs'

interface ChannelsBarProps {
  readonly current: '/channels/keys' | '/channels/previews' | '/channels/webhooks'
  /** The heading under which the key stands in the list of all keys. */
  readonly group: string
  readonly action: string
  /** False while what the action needs is not loaded. */
  readonly ready: boolean
  readonly disabledReason: string | undefined
  readonly onAct: () => void
}

/** The top of a view of channels that grows by one action, with its key. */
export function ChannelsBar({ current, group, action, ready, disabledReason, onAct }: ChannelsBarProps) {
  useActions(group, [{ label: action, keys: 'c', disabled: disabledReason !== undefined || !ready, run: onAct }])
  return (
    <TopBar
      title="Channels"
      tabs={<ChannelTabs current={current} />}
      actions={
        <Button variant="primary" keys="c" icon={<IconPlus size={16} stroke={1.75} aria-hidden="true" />} disabledReason={disabledReason} onClick={onAct}>
          {action}
        </Button>
      }
    />
  )
}
