import { defineConfig } from 'vitest/config'

/** The folder of an installed package, to run the suite against it instead of the sources. */
const built = process.env['BUILT_PACKAGE']
/** Run the suite with a polluted Object.prototype. */
const isPolluted = process.env['POLLUTED'] !== undefined
/** These test something else than the modules: the sources' text, the packing, other packages. */
const others = ['test/architecture/**', 'test/package/**', 'test/peers/**']

/** Suites of their own, which need other programs: `npm run matrix` and `npm run test:e2e`. */
const elsewhere = ['**/node_modules/**', 'test/trust-matrix/**', 'test/e2e/**']

export default defineConfig({
  resolve: {
    alias: built ? [{ find: /^(?:\.\.\/)+src\/(.*)$/, replacement: `${built}/dist/$1` }] : [],
  },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: built || isPolluted ? [...elsewhere, ...others] : elsewhere,
    // Properties and sweeps take seconds; how long is the benchmark's business.
    testTimeout: 60_000,
    setupFiles: isPolluted ? ['test/support/polluted.ts'] : [],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      // The command is a process of its own: cli.test.ts measures what of it was run.
      exclude: ['src/**/*.d.ts', 'src/cli.ts'],
      reportOnFailure: true,
      reporter: ['text', 'json-summary'],
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
  },
})
