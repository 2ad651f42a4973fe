import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { newQueryClient, Providers } from '@/app/providers'
import { newRouter } from '@/app/router'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element with the id root')

const queryClient = newQueryClient()
const router = newRouter(queryClient)

createRoot(root).render(
  <StrictMode>
    <Providers client={queryClient}>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
)
