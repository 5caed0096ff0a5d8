import { fileURLToPath } from 'node:url'

function beside(name: string): string {
  return fileURLToPath(new URL(`./${name}`, import.meta.url))
}

/** What the sandbox is made of; it lies beside the command line's bundles. */
export const SANDBOX = {
  script: beside('sandbox.mjs'),
  program: beside('sandbox-program.cjs'),
  /** V8's compiled code of the program, as far as the threads of each kind ran it once. */
  compiledMain: beside('sandbox-main.compiled'),
  compiledWorker: beside('sandbox-worker.compiled'),
} as const

/** Those that its script reads before it gives up its rights. */
export const SANDBOX_CODE = [SANDBOX.program, SANDBOX.compiledMain, SANDBOX.compiledWorker]
