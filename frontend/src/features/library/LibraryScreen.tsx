import { EmptyState, TopBar } from '@/ui'

export function LibraryScreen() {
  return (
    <>
      <TopBar title="Content" />
      <EmptyState title="No content yet." />
    </>
  )
}
