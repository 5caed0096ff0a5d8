import { besideThis, type ProgramFile, programFile } from '../program-file.ts'

/** What a sandbox is made of: what it starts with, and what its threads of each kind run. */
export interface Sandbox {
  readonly script: string
  readonly main: ProgramFile
  readonly worker: ProgramFile
  /** Flags for V8. */
  readonly flags: readonly string[]
}

/** Holds all readers and all checks, in every thread. */
export const INSPECTION: Sandbox = {
  script: besideThis('sandbox-inspection.mjs'),
  main: programFile('inspection', 'inspection-main'),
  worker: programFile('inspection', 'inspection-worker'),
  flags: [],
}

/** Lists or writes what is inside: its workers hold the readers, and its main thread none. */
export const LISTING: Sandbox = {
  script: besideThis('sandbox-listing.mjs'),
  main: programFile('listing-main'),
  worker: programFile('listing-worker'),
  // What costs time in readers is compiled elsewhere (zlib, Zstandard, WebAssembly); to optimise the rest once more takes a
  // tenth of the processor's time, which is more than that Node's own modules are compiled anew under this flag. Checks, which
  // look at each byte in loops of their own, gain by it.
  flags: ['--no-turbofan'],
}

/** What a sandbox starts with, and what that reads before it gives up its rights. */
export function sandboxFiles({ script, main, worker, flags }: Sandbox): {
  readonly script: string
  readonly code: readonly string[]
  readonly flags: readonly string[]
} {
  const code = [...new Set([main, worker].flatMap(({ source, compiled }) => [source, compiled]))]
  return { script, code, flags }
}
