import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const shared = {
  setupFiles: ['tests/setup/property-seed.ts'],
  testTimeout: 60_000,
  hookTimeout: 120_000,
  pool: 'forks' as const,
}

/** Files that replace modules (`vi.mock`) or start whole programs: each has a process of its own. */
const ALONE = ['tests/**/*.test.ts', 'packages/inspect/src/secure-boot/fit/known.test.ts']

export default defineConfig({
  test: {
    // With two processors, one alone would wait while its tests start programs and these read.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          ...shared,
          name: 'parts',
          include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts'],
          exclude: ALONE,
          // A process for each of some 600 files would take a quarter of the time.
          isolate: false,
        },
      },
      { test: { ...shared, name: 'alone', include: ALONE } },
    ],
  },
})
