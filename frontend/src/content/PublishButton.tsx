import { useState } from 'react'

import type { Schema } from '@/api/types'
import { Button } from '@/ui'

import { PublishDialog } from './PublishDialog'

/** Asks before it publishes, see `PublishDialog`. */
export function PublishButton({ approval, primary = false }: { readonly approval: Schema<'Approval'>; readonly primary?: boolean }) {
  const [asking, setAsking] = useState(false)
  const [published, setPublished] = useState(false)
  return (
    <>
      <Button variant={primary ? 'primary' : 'default'} disabledReason={published ? 'It is published.' : undefined} onClick={() => setAsking(true)}>
        {published ? 'Published' : 'Publish…'}
      </Button>
      {asking && <PublishDialog approval={approval} onClose={() => setAsking(false)} onPublished={() => setPublished(true)} />}
    </>
  )
}
