import { ensureBuilt } from './lib/bundle.mjs'
import { ensureInstalled } from './lib/install.mjs'

ensureInstalled('command-line')
ensureBuilt()
