import { isUtf8 } from 'node:buffer'
import { readFileSync, statSync } from 'node:fs'
import { FileProblems } from '@messlatte/exchange'
import { CliError, cannotBeRead, noSuchFile, tooLarge } from './errors.ts'

/** A text in UTF-8 of at most `most` bytes. */
export function readTextFile(path: string, most: number): string {
  let content: Buffer
  try {
    if (statSync(path).size > most) throw new CliError('bad-file', tooLarge(path, `${most} bytes`))
    content = readFileSync(path)
  } catch (cause) {
    if (cause instanceof CliError) throw cause
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT'
    throw new CliError('not-found', missing ? noSuchFile(path) : cannotBeRead(path), cause)
  }
  if (!isUtf8(content))
    throw new CliError('bad-file', {
      en: `${path}: is not a text in UTF-8`,
      de: `${path}: ist kein Text in UTF-8`,
    })
  return content.toString('utf8')
}

/** What is wrong with a file ends the program, told with its lines. */
export function refuseProblems<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (error instanceof FileProblems) throw new CliError('bad-file', error.text, error)
    throw error
  }
}
