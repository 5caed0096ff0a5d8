#!/usr/bin/env node
import { join } from 'node:path'
import { DIST, ensureBuilt } from '../../../scripts/lib/bundle.mjs'
import { ensureInstalled, runOnProjectNode } from '../../../scripts/lib/install.mjs'

ensureInstalled('command-line')
ensureBuilt()
process.exit(runOnProjectNode([join(DIST, 'messlatte.mjs'), ...process.argv.slice(2)]))
