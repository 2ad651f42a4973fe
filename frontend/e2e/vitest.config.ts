import { defineConfig } from 'vitest/config'

/** Journeys in a real browser over a server with the demo portfolio at SERVER_URL. `npm test` leaves them out. */
export default defineConfig({
  test: {
    include: ['e2e/**/*.e2e.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    reporters: ['verbose'],
  },
})
