import { EmptyState, TopBar } from '@/ui'

export function MyWorkScreen() {
  return (
    <>
      <TopBar title="My work" />
      <EmptyState title="Nothing is due." />
    </>
  )
}
