import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Script } from 'node:vm'
import { SANDBOX } from './files.ts'
import type * as Program from './program.ts'

/**
 * Loads the sandbox's program. Half of that is compiling, in each of its threads: V8 is given what it compiled when this
 * was built, and takes it where it is of the same version and flags.
 * @param compiled path of it; may be missing
 */
export function loadProgram(compiled: string): { readonly program: typeof Program; readonly script: Script } {
  const cachedData = readIfThere(compiled)
  const script = new Script(readFileSync(SANDBOX.program, 'utf8'), {
    filename: SANDBOX.program,
    ...(cachedData ? { cachedData } : {}),
  })
  const loaded = { exports: {} }
  script.runInThisContext()(loaded.exports, createRequire(import.meta.url), loaded)
  return { program: loaded.exports as typeof Program, script }
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}
