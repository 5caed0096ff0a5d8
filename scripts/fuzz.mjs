import { ensureInstalled, runOnProjectNode } from './lib/install.mjs'

// `npm run fuzz -- [FORMAT …] [--executions N] [--watched N] [--seconds N] [--seed N]`
ensureInstalled('everything')
process.exit(runOnProjectNode(['packages/unpack/src/fuzz/main.ts', ...process.argv.slice(2)]))
