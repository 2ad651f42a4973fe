import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'

import { ActionsProvider } from './actions'
import './base.css'
import { theme } from './theme'
import { ToastsProvider } from './toasts'

// The same key is read by theme.js before the first paint.
const colorSchemeManager = localStorageColorSchemeManager({ key: 'throughline-color-scheme' })

/** Everything the parts of src/ui need around them. Injects no style tags: see base.css. */
export function UiProvider({ children, env = 'default' }: { readonly children: ReactNode; readonly env?: 'default' | 'test' }) {
  return (
    <MantineProvider theme={theme} colorSchemeManager={colorSchemeManager} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false} env={env}>
      <ActionsProvider>
        <ToastsProvider>{children}</ToastsProvider>
      </ActionsProvider>
    </MantineProvider>
  )
}
