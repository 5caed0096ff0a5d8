import { closeSync, constants, fstatSync, openSync, type Stats } from 'node:fs'
import { CliError } from '../errors.ts'

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

function explain(path: string, code: string | undefined): ['not-found' | 'not-readable', string] {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return ['not-found', `${path}: there is no such file or directory`]
    case 'EACCES':
    case 'EPERM':
      return ['not-readable', `${path}: may not be read; check its permissions`]
    case 'EMFILE':
    case 'ENFILE':
      return [
        'not-readable',
        `${path}: too many open files; raise the limit (ulimit -n) or hand in fewer files`,
      ]
    default:
      return ['not-readable', `${path}: cannot be opened (${code ?? 'unknown reason'})`]
  }
}

/** @throws CliError unless it is a regular file with something in it */
export function openRegularFile(path: string): { descriptor: number; size: number } {
  const { descriptor, stats } = openForReading(path)
  if (stats.isFile() && stats.size > 0) return { descriptor, size: stats.size }
  closeSync(descriptor)
  if (stats.isFile()) throw new CliError('empty', `${path}: is empty, so there is nothing to check`)
  throw new CliError('not-a-file', `${path}: is neither a file nor a directory; hand in a copy of its bytes`)
}
