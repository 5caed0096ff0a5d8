import type { Json } from '@messlatte/model'

const MAX_DEPTH = 4

/** An observation in one line: `account: root · algorithm: md5crypt`; cut at `most` characters. */
export function inShort(observation: Json, most: number): string {
  const text = flat(observation, MAX_DEPTH)
  return text.length > most ? `${[...text].slice(0, most - 1).join('')}…` : text
}

function flat(value: Json, depth: number): string {
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
