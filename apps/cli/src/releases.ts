import { closeSync, readFileSync, readSync, statSync } from 'node:fs'
import { JsonError, looksLikeResult, readResultJson } from '@messlatte/exchange'
import type { SavedResult } from '@messlatte/model'
import { CliError } from './errors.ts'
import { openForReading } from './release/open.ts'

const MOST_RESULT = 256 * 1024 * 1024
const START = 256

/** What `check --json` wrote, where the file is that; undefined for a release. */
export function savedResult(path: string): SavedResult | undefined {
  if (!looksLikeResult(startOf(path))) return undefined
  if (statSync(path).size > MOST_RESULT)
    throw new CliError('bad-file', {
      en: `${path}: is larger than 256 MiB; hand in the release instead of its result`,
      de: `${path}: ist größer als 256 MiB; die Firmware statt ihres Ergebnisses einreichen`,
    })
  try {
    return readResultJson(readFileSync(path, 'utf8'))
  } catch (cause) {
    if (cause instanceof JsonError)
      throw new CliError(
        'bad-file',
        {
          en: `${path}: ${cause.text.en} (write it again: messlatte check … --json FILE)`,
          de: `${path}: ${cause.text.de} (neu schreiben: messlatte check … --json DATEI)`,
        },
        cause,
      )
    throw cause
  }
}

function startOf(path: string): string {
  const { descriptor, stats } = openForReading(path)
  try {
    if (!stats.isFile()) return ''
    const start = Buffer.alloc(START)
    return start.toString('latin1', 0, readSync(descriptor, start, 0, START, 0))
  } finally {
    closeSync(descriptor)
  }
}
