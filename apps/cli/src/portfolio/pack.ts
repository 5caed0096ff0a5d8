import { readFileSync, statSync } from 'node:fs'
import { extname } from 'node:path'
import { openPack } from '@messlatte/exchange'

const MOST_FILE = 256 * 1024 * 1024

/** A signed result without its image: a claim of whoever signed. */
export function isPack(file: string): boolean {
  if (extname(file).toLowerCase() !== '.json' || statSync(file).size > MOST_FILE) return false
  try {
    openPack(file, readFileSync(file, 'utf8'), [])
    return true
  } catch {
    return false
  }
}
