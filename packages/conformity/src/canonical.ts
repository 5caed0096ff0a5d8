import { createHash } from 'node:crypto'
import { ConformityError } from './errors.ts'

const MAX_DEPTH = 200

/**
 * JSON with the keys of every object in code unit order and without white space: equal data, equal text.
 * Members that are undefined are left out, as in JSON.stringify.
 * Throws ConformityError `too-deep` beyond 200 levels.
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0)
}

/** SHA-256 (hex) over the canonical JSON, as UTF-8. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex')
}

function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw new ConformityError('too-deep', `more than ${MAX_DEPTH} levels of JSON`)
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map((item) => write(item, depth + 1)).join(',')}]`
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${write(member, depth + 1)}`)
  return `{${members.join(',')}}`
}
