import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled, ROOT, runOnProjectNode } from './lib/install.mjs'

// Runs a development tool of node_modules/.bin on the project's Node.
const [tool, ...args] = process.argv.slice(2)
const TOOLS = { biome: '@biomejs/biome/bin/biome', tsc: 'typescript/bin/tsc' }
ensureInstalled('everything')
const program = join(ROOT, 'node_modules', TOOLS[tool] ?? '')
if (!TOOLS[tool] || !existsSync(program)) {
  process.stderr.write(`unknown tool: ${tool}; there are ${Object.keys(TOOLS).join(', ')}\n`)
  process.exit(2)
}
process.exit(runOnProjectNode([program, ...args], { cwd: ROOT }))
