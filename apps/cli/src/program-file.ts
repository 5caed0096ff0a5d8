import { readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Script } from 'node:vm'

/** A part of the program that V8 need not compile: it lies beside the command line's bundles. */
export interface ProgramFile {
  readonly source: string
  /** V8's compiled code of it, as far as it was run when this was built. */
  readonly compiled: string
}

export function programFile(name: string, compiled = name): ProgramFile {
  return { source: besideThis(`${name}.cjs`), compiled: besideThis(`${compiled}.compiled`) }
}

/** Path of a file beside the bundle that asks. */
export function besideThis(name: string): string {
  return fileURLToPath(new URL(`./${name}`, import.meta.url))
}

/**
 * Loads a program. Half of that is compiling: V8 is given what it compiled when this was built, and takes it where it is of
 * the same version and flags.
 */
export function loadProgram<Program>({ source, compiled }: ProgramFile): {
  readonly program: Program
  readonly script: Script
} {
  const cachedData = readIfThere(compiled)
  // It is written so that each character is one byte: V8 would keep all of it at two bytes each because of a single one.
  const script = new Script(readFileSync(source, 'latin1'), {
    filename: source,
    ...(cachedData ? { cachedData } : {}),
  })
  const loaded = { exports: {}, url: pathToFileURL(source).href }
  script.runInThisContext()(loaded.exports, ownModule, loaded)
  return { program: loaded.exports as Program, script }
}

/** What costs each thread a tenth of its start, though some neither compute a digest nor decompress anything. */
const LATE: readonly string[] = ['node:crypto', 'node:zlib', 'node:v8']

/** A module of Node's own, and of the late ones something that loads it when it is first used; programs ask for no other. */
function ownModule(name: string): object {
  return LATE.includes(name) ? lateModule(name) : loadedModule(name)
}

function loadedModule(name: string): object {
  const module = process.getBuiltinModule(name) as object | undefined
  if (!module) throw new Error(`${name} is no module of this Node.js`)
  return module
}

function lateModule(name: string): object {
  let module: object | undefined
  const loading = new Proxy(
    {},
    {
      get(_, key) {
        module ??= loadedModule(name)
        return Reflect.get(module, key)
      },
    },
  )
  // What esbuild makes of a module that is imported whole is a copy with the same prototype.
  return Object.create(loading)
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}
