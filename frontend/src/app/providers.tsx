import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'

import { Problem } from '@/api/client'
import { UiProvider } from '@/ui'

/** One retry for what may pass by itself; a refusal is never asked again. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures < 1 && error instanceof Problem && (error.status === 0 || error.status >= 500),
        refetchOnWindowFocus: true,
      },
      mutations: { retry: false },
    },
  })
}

export function Providers({ client, children, env = 'default' }: { readonly client: QueryClient; readonly children: ReactNode; readonly env?: 'default' | 'test' }) {
  return (
    <QueryClientProvider client={client}>
      <UiProvider env={env}>{children}</UiProvider>
    </QueryClientProvider>
  )
}
