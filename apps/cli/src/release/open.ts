import { closeSync, constants, fstatSync, openSync, type Stats } from 'node:fs'
import type { Text } from '@messlatte/model'
import { CliError, mayNotBeRead } from '../errors.ts'

export interface OpenFile {
  readonly descriptor: number
  readonly stats: Stats
}

/** Opens for reading what may be anything; does not wait for the other end of a pipe. */
export function openForReading(path: string): OpenFile {
  try {
    const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    return { descriptor, stats: fstatSync(descriptor) }
  } catch (cause) {
    throw new CliError(...explain(path, (cause as NodeJS.ErrnoException).code), cause)
  }
}

function explain(path: string, code: string | undefined): ['not-found' | 'not-readable', Text] {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return [
        'not-found',
        {
          en: `${path}: there is no such file or directory`,
          de: `${path}: diese Datei oder diesen Ordner gibt es nicht`,
        },
      ]
    case 'EACCES':
    case 'EPERM':
      return ['not-readable', mayNotBeRead(path)]
    case 'EMFILE':
    case 'ENFILE':
      return [
        'not-readable',
        {
          en: `${path}: too many open files; raise the limit (ulimit -n) or hand in fewer files`,
          de: `${path}: zu viele offene Dateien; die Grenze erhöhen (ulimit -n) oder weniger Dateien einreichen`,
        },
      ]
    default:
      return [
        'not-readable',
        {
          en: `${path}: cannot be opened (${code ?? 'unknown reason'})`,
          de: `${path}: kann nicht geöffnet werden (${code ?? 'Grund unbekannt'})`,
        },
      ]
  }
}

/** @throws CliError unless it is a regular file with something in it */
export function openRegularFile(path: string): { descriptor: number; size: number } {
  const { descriptor, stats } = openForReading(path)
  if (stats.isFile() && stats.size > 0) return { descriptor, size: stats.size }
  closeSync(descriptor)
  if (stats.isFile())
    throw new CliError('empty', {
      en: `${path}: is empty, so there is nothing to check`,
      de: `${path}: ist leer, also gibt es nichts zu prüfen`,
    })
  throw new CliError('not-a-file', {
    en: `${path}: is neither a file nor a directory; hand in a copy of its bytes`,
    de: `${path}: ist weder Datei noch Ordner; eine Kopie seiner Bytes einreichen`,
  })
}
