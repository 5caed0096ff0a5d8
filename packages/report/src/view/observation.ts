import type { Json } from '@messlatte/model'

const MAX_DEPTH = 4
const LONG_DIGEST = /^[0-9a-f]{40,}$/

/** An observation in one line: `account: root · algorithm: md5crypt`; cut at `most` characters. */
export function inShort(observation: Json, most: number): string {
  const text = flat(observation, MAX_DEPTH)
  return text.length > most ? `${[...text.slice(0, 2 * most)].slice(0, most - 1).join('')}…` : text
}

/** One line for each key of an observation that has keys; else one line in all. At most `lines` lines of `most` characters. */
export function inLines(
  observation: Json,
  lines: number,
  most: number,
): readonly (readonly [string, string])[] {
  if (observation === null || typeof observation !== 'object' || isList(observation)) {
    return [['', inShort(observation, most)]]
  }
  const entries = Object.entries(observation)
  const shown = entries.slice(0, lines).map(([key, value]) => [key, inShort(value, most)] as const)
  return entries.length > lines ? [...shown, ['', '…']] : shown
}

function flat(value: Json, depth: number): string {
  if (typeof value === 'string' && LONG_DIGEST.test(value)) return `${value.slice(0, 12)}…`
  if (value === null || typeof value !== 'object') return String(value)
  if (depth === 0) return '…'
  if (isList(value)) return `[${value.map((it) => flat(it, depth - 1)).join(', ')}]`
  const parts = Object.entries(value).map(([key, inner]) => `${key}: ${nested(inner, depth - 1)}`)
  return parts.join(' · ')
}

function nested(value: Json, depth: number): string {
  const text = flat(value, depth)
  return value !== null && typeof value === 'object' && !isList(value) ? `(${text})` : text
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
