import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CliError } from '../errors.ts'

/** Writes a text of ours beside the files that the sandbox wrote; nothing that is there is written over. @throws CliError */
export function writeNew(folder: string, name: 'README.md' | 'manifest.json', text: string): void {
  try {
    writeFileSync(join(folder, name), text, { flag: 'wx' })
  } catch (cause) {
    throw notWritten(join(folder, name), (cause as NodeJS.ErrnoException).code, cause)
  }
}

export function notWritten(path: string, code: string | undefined, cause?: unknown): CliError {
  return new CliError(
    'not-writable',
    {
      en: `${path}: cannot be written (${code ?? 'unknown reason'})`,
      de: `${path}: kann nicht geschrieben werden (${code ?? 'Grund unbekannt'})`,
    },
    cause,
  )
}
