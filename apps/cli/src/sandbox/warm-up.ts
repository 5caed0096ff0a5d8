import {
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { SandboxSettings } from '@messlatte/inspect'
import { defaultLimits, type ListSettings, runInSandbox } from '@messlatte/unpack'
import { COMMANDS, type CommandProgram } from '../commands-alone.ts'
import { loadProgram } from '../program-file.ts'
import { collectRelease } from '../release/collect.ts'
import { INSPECTION, LISTING, type Sandbox, sandboxFiles } from './files.ts'

const FOLDER = realpathSync(dirname(INSPECTION.script))
const WRITTEN = join(FOLDER, 'warm-up')

const INSPECT: SandboxSettings = {
  kind: 'inspect',
  trusted: [],
  trustedDigests: [],
  readouts: [],
  guesses: 100,
  productWords: [],
  wordlist: [],
  reveal: false,
}

const EXTRACT: ListSettings = { kind: 'extract', folder: WRITTEN, listing: true }

/** Has a sandbox read the release once, with the right to keep its compiled code beside itself. */
async function warmUp(
  sandbox: Sandbox,
  settings: SandboxSettings | ListSettings,
  path: string,
): Promise<void> {
  const release = collectRelease([path])
  await runInSandbox({
    ...sandboxFiles(sandbox),
    folder: FOLDER,
    ...release,
    members: release.members,
    limits: defaultLimits(),
    settings,
  })
  takeLargest(sandbox.main.compiled)
  takeLargest(sandbox.worker.compiled)
}

/** Has the programs of single commands do their work once, and keeps what V8 compiled of them. */
async function warmUpCommands(path: string): Promise<void> {
  for (const { name, file } of COMMANDS) {
    const { program, script } = loadProgram<CommandProgram>(file)
    await program.run([name, path])
    writeFileSync(file.compiled, script.createCachedData())
  }
}

/** Of the threads of a kind, the one that compiled most; a thread may have been ended while it wrote. */
function takeLargest(compiled: string): void {
  const folder = dirname(compiled)
  const written = readdirSync(folder)
    .filter((name) => name.startsWith(`${basename(compiled)}.`) && name.endsWith('.size'))
    .map((name) => ({
      path: join(folder, name.slice(0, -'.size'.length)),
      size: Number(readFileSync(join(folder, name), 'utf8')),
    }))
    .filter(({ path, size }) => statSync(path).size === size)
    .sort((a, b) => b.size - a.size)
  const [largest] = written
  if (largest) renameSync(largest.path, compiled)
  for (const name of readdirSync(folder)) {
    if (name.startsWith(`${basename(compiled)}.`)) rmSync(join(folder, name))
  }
}

const [path] = process.argv.slice(2)
if (path !== undefined) {
  await warmUp(INSPECTION, INSPECT, path)
  mkdirSync(WRITTEN)
  await warmUp(LISTING, EXTRACT, path)
  rmSync(WRITTEN, { recursive: true })
  await warmUpCommands(path)
}
