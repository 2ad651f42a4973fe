import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const backend = process.env['THROUGHLINE_BACKEND'] ?? 'http://127.0.0.1:8080'

// The server takes changes from its own pages only; to it, this one's are.
const server = { target: backend, changeOrigin: true, headers: { origin: backend } }

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
  // Nothing may become a data: address, the content security policy would refuse it.
  build: { assetsInlineLimit: 0, sourcemap: false, chunkSizeWarningLimit: 900 },
  server: { host: '127.0.0.1', proxy: { '/manage': server, '/v1': server } },
  test: {
    environment: 'happy-dom',
    globals: true,
    setupFiles: ['./src/test/setup.ts'],
    css: false,
    testTimeout: 30_000,
  },
})
