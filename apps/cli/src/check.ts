import { addCheck } from './program/check.ts'
import { runProgram } from './run-program.ts'

/** `messlatte check` alone. */
export async function run(args: readonly string[]): Promise<void> {
  await runProgram(addCheck, args)
}
