import { readFileSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, normalize, sep } from 'node:path'
import { CliError } from '../errors.ts'

const MOST_BYTES = 1024 * 1024

/**
 * The files that an ESP-IDF build would flash, by its `flasher_args.json` (`flash_files`: offset to path, relative to
 * that file); undefined where the file is something else.
 */
export function flasherFiles(path: string): readonly { name: string; path: string }[] | undefined {
  if (!path.endsWith('.json') || statSync(path).size > MOST_BYTES) return undefined
  const files = flashFilesOf(readFileSync(path, 'utf8'))
  if (!files) return undefined
  return Object.entries(files)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, name]) => {
      const clean = normalize(name)
      if (isAbsolute(clean) || clean === '..' || clean.startsWith(`..${sep}`)) {
        throw new CliError('bad-file', {
          en: `${path}: names ${name}, which lies outside of its folder`,
          de: `${path}: nennt ${name}, was außerhalb seines Ordners liegt`,
        })
      }
      return { name: clean, path: join(dirname(path), clean) }
    })
}

function flashFilesOf(text: string): Readonly<Record<string, string>> | undefined {
  try {
    const files = (JSON.parse(text) as { flash_files?: unknown }).flash_files
    if (typeof files !== 'object' || files === null) return undefined
    return Object.values(files).every((value) => typeof value === 'string')
      ? (files as Record<string, string>)
      : undefined
  } catch {
    return undefined
  }
}
