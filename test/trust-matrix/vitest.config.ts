import { defineConfig } from 'vitest/config'

/** The trust matrix is a suite of its own: it needs the runtimes of package.json beside it. */
export default defineConfig({
  test: { include: ['test/trust-matrix/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000 },
})
