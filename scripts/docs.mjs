import { ensureInstalled, runOnProjectNode } from './lib/install.mjs'

// `npm run docs` writes docs/formats.md out of the manifests.
ensureInstalled('everything')
process.exit(runOnProjectNode(['packages/unpack/src/page/write.ts']))
