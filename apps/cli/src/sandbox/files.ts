import { besideThis, type ProgramFile, programFile } from '../program-file.ts'

/** What a sandbox is made of: what it starts with, and what its threads of each kind run. */
export interface Sandbox {
  readonly script: string
  readonly main: ProgramFile
  readonly worker: ProgramFile
  /** Whether V8 optimises with TurboFan what runs often. */
  readonly turbofan: boolean
}

/** Holds all readers and all checks, in every thread. */
export const INSPECTION: Sandbox = {
  script: besideThis('sandbox-inspection.mjs'),
  main: programFile('inspection', 'inspection-main'),
  worker: programFile('inspection', 'inspection-worker'),
  turbofan: true,
}

/** Lists or writes what is inside: its workers hold the readers, and its main thread none. */
export const LISTING: Sandbox = {
  script: besideThis('sandbox-listing.mjs'),
  main: programFile('listing-main'),
  worker: programFile('listing-worker'),
  // What costs time in readers is compiled elsewhere (zlib, Zstandard, WebAssembly); to optimise the rest once more takes a
  // tenth of the processor's time. Checks, which look at each byte in loops of their own, gain by it.
  turbofan: false,
}

/** What a sandbox starts with, and what that reads before it gives up its rights. */
export function sandboxFiles({ script, main, worker }: Sandbox): {
  readonly script: string
  readonly code: readonly string[]
} {
  const code = [...new Set([main, worker].flatMap(({ source, compiled }) => [source, compiled]))]
  return { script, code }
}
