import { readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { defaultLimits, runInSandbox } from '@messlatte/unpack'
import { collectRelease } from '../release/collect.ts'
import { SANDBOX, SANDBOX_CODE } from './files.ts'

/** Has the sandbox check the release that is named once, with the right to keep its compiled code beside itself. */
async function warmUp(path: string): Promise<void> {
  const release = collectRelease([path])
  await runInSandbox({
    script: SANDBOX.script,
    code: SANDBOX_CODE,
    folder: realpathSync(dirname(SANDBOX.script)),
    ...release,
    members: release.members,
    limits: defaultLimits(),
    settings: {
      kind: 'inspect',
      trusted: [],
      trustedDigests: [],
      readouts: [],
      guesses: 100,
      productWords: [],
      wordlist: [],
      reveal: false,
    },
  })
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
  await warmUp(path)
  takeLargest(SANDBOX.compiledMain)
  takeLargest(SANDBOX.compiledWorker)
}
