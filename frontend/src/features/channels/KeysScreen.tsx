import { TopBar } from '@/ui'

import { ChannelTabs } from './ChannelTabs'

export function KeysScreen() {
  return <TopBar title="Channels" tabs={<ChannelTabs current="/channels/keys" />} />
}
