import { addUnpack } from './program/unpack.ts'
import { runProgram } from './run-program.ts'

/** `messlatte unpack` alone. */
export async function run(args: readonly string[]): Promise<void> {
  await runProgram(addUnpack, args)
}
