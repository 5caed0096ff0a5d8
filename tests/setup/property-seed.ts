import { readFileSync } from 'node:fs'
import { beforeAll, expect } from 'vitest'

// The same draws in every run, so that no landing depends on luck; PROPERTY_SEED=random, or a number, looks further.
const SEED = 20_270_101
const asked = process.env.PROPERTY_SEED
// Test files that draw, by themselves or by what the readers of updates share.
const DRAWS = /fast-check|package\/testing/

// Loaded only where it is used: it takes a tenth of a second, and there are hundreds of test files.
beforeAll(async () => {
  const { testPath } = expect.getState()
  if (asked === 'random' || !testPath || !DRAWS.test(readFileSync(testPath, 'utf8'))) return
  const { configureGlobal } = await import('fast-check')
  configureGlobal({ seed: asked === undefined ? SEED : Number(asked) })
})
