import { join } from 'node:path'
import { DIST, ensureBuilt } from './lib/bundle.mjs'
import { ensureInstalled, ROOT, runOnProjectNode } from './lib/install.mjs'

const FLAGS = new Set(['--quiet', '--reveal'])

function takesValue(argument) {
  return argument?.startsWith('--') === true && !argument.includes('=') && !FLAGS.has(argument)
}

// `npm run check -- <file>…`: the main job for somebody who has just cloned this. npm prints alarming lines for every
// exit code but 0, so a verdict is not told by the exit code here; `npx messlatte check` does that.
ensureInstalled('command-line')
ensureBuilt()
const given = process.argv.slice(2)
const named = given.some((argument, index) => !argument.startsWith('-') && !takesValue(given[index - 1]))
const example =
  named || given.includes('--help') || given.includes('-h') ? [] : [join(ROOT, 'examples/router-as-found')]
process.exit(
  runOnProjectNode([join(DIST, 'messlatte.mjs'), 'check', '--fail-on', 'never', ...given, ...example], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
  }),
)
