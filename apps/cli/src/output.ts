import { writeFileSync } from 'node:fs'
import { CliError } from './errors.ts'

/** Writes a result to a file, or to standard output for `-`. */
export function output(path: string, text: string | Uint8Array): void {
  if (path === '-') {
    process.stdout.write(text)
    return
  }
  try {
    writeFileSync(path, text)
  } catch (cause) {
    throw new CliError('not-writable', `${path}: cannot be written; does its folder exist?`, cause)
  }
}
