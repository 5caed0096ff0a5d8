import { programFile } from './program-file.ts'

/** What a command's own program exports. @param args the whole command line */
export interface CommandProgram {
  readonly run: (args: readonly string[]) => Promise<void>
}

/**
 * The commands that are run most have programs of their own: parts that commands share load what any of them needs, and
 * V8 compiled these when they were built.
 */
export const COMMANDS = ['check', 'unpack'].map((name) => ({ name, file: programFile(name) }))
