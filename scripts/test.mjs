import { join } from 'node:path'
import { ensureBuilt } from './lib/bundle.mjs'
import { ensureInstalled, ROOT, runOnProjectNode } from './lib/install.mjs'

// `npm test` runs everything; `npm test -- NAME` only the files whose path holds NAME.
ensureInstalled('everything')
ensureBuilt()
process.exit(
  runOnProjectNode([join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', ...process.argv.slice(2)], {
    cwd: ROOT,
  }),
)
