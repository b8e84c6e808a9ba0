import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { installedPackage } from './test/support/packed.js'

const root = fileURLToPath(new URL('.', import.meta.url))

/** The package's own name leads to the sources, without a build. */
const sources = [
  { find: /^imagepuller-auth$/, replacement: `${root}src/index.ts` },
  { find: /^imagepuller-auth\/([a-z-]+)$/, replacement: `${root}src/$1.ts` },
]

/** Proofs that time or memory grows with the input alone, which take long and want a core of their own. */
const GROWTH = 'test/**/*.growth.test.ts'

export default defineConfig({
  test: {
    // Properties and sweeps take seconds; how long is the benchmark's business.
    testTimeout: 60_000,
    // All cores: Vitest leaves one to the developer, which on two is half.
    maxWorkers: '100%',
    // A worker keeps what its files have imported: a third of all time went into importing the same
    // modules, TypeScript among them, for each file anew.
    isolate: false,
    projects: [
      {
        extends: true,
        resolve: { alias: sources },
        test: {
          name: 'unit',
          include: ['test/{unit,docs,architecture,peers,cli}/**/*.test.ts'],
          exclude: [GROWTH],
        },
      },
      {
        extends: true,
        resolve: { alias: sources },
        test: { name: 'api', include: ['test/api/**/*.test.ts'], exclude: [GROWTH] },
      },
      {
        extends: true,
        resolve: { alias: sources },
        test: { name: 'growth', include: [GROWTH] },
      },
      {
        extends: true,
        plugins: [installedPackage()],
        test: {
          name: 'package',
          include: ['test/{api,package}/**/*.test.ts'],
          globalSetup: ['test/support/packed.ts'],
        },
      },
      {
        extends: true,
        resolve: { alias: sources },
        test: {
          name: 'polluted',
          isolate: true,
          include: ['test/api/**/*.test.ts'],
          setupFiles: ['test/support/polluted.ts'],
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      // The few lines of the command that are a process of their own.
      exclude: ['src/**/*.d.ts', 'src/cli/bin.ts'],
      reportOnFailure: true,
      reporter: ['text', 'json-summary'],
      thresholds: { 100: true },
    },
  },
})
