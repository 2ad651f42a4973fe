import { defineConfig } from 'vitest/config'

const server = process.env['THROUGHLINE_SERVER'] ?? 'http://127.0.0.1:8080'
// The key of the demo's web portal. A real one comes from the environment and never reaches a browser: the proxy adds it.
const key = process.env['THROUGHLINE_KEY'] ?? 'tlk_demo_web_6f1d2c8e4b7a'

export default defineConfig({
  server: {
    host: '127.0.0.1',
    proxy: { '/v1': { target: server, changeOrigin: true, headers: { Authorization: `Bearer ${key}` } } },
  },
  test: { environment: 'happy-dom' },
})
