import { createHash } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, realpathSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type Bytes, forEachWindow } from '@messlatte/bytes'
import { CliError, cannotBeMade, notEmpty } from '../errors.ts'

const WINDOW = 1024 * 1024

/** A folder that is ours to fill. @throws CliError when it is there and not empty, or cannot be made */
export function emptyFolder(given: string): string {
  if (existsSync(given) && readdirSync(given).length > 0) throw new CliError('not-writable', notEmpty(given))
  try {
    mkdirSync(given, { recursive: true })
    return realpathSync(given)
  } catch (cause) {
    throw new CliError('not-writable', cannotBeMade(given), cause)
  }
}

/** Writes a file that is not there yet, window by window. Gives its SHA-256 (hex). @throws CliError */
export function writeNew(folder: string, name: string, content: Bytes): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(name))
    throw new CliError('not-writable', {
      en: `${name}: is no name for a file`,
      de: `${name}: ist kein Name für eine Datei`,
    })
  const path = join(folder, name)
  const hash = createHash('sha256')
  try {
    const descriptor = openSync(path, 'wx', 0o644)
    try {
      forEachWindow(content, 0, content.size, WINDOW, 0, (window) => {
        hash.update(window)
        for (let done = 0; done < window.length; ) done += writeSync(descriptor, window, done)
        return true
      })
    } finally {
      closeSync(descriptor)
    }
  } catch (cause) {
    throw new CliError(
      'not-writable',
      {
        en: `${path}: cannot be written (${(cause as NodeJS.ErrnoException).code ?? 'unknown reason'})`,
        de: `${path}: kann nicht geschrieben werden (${(cause as NodeJS.ErrnoException).code ?? 'Grund unbekannt'})`,
      },
      cause,
    )
  }
  return hash.digest('hex')
}
