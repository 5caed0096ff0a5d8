/** Depth of values that are written. */
const MOST_DEPTH = 64

/**
 * JSON in the one form in which TUF signs it: keys in order, no white space, integers only, nothing escaped but quotes and
 * backslashes. Undefined for values that this form has not. OLPC, Canonical JSON.
 */
export function canonicalJson(value: unknown): Buffer | undefined {
  try {
    return Buffer.from(written(value, 0), 'utf8')
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function written(value: unknown, depth: number): string {
  if (depth > MOST_DEPTH) throw new RangeError('too deep')
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new RangeError('no integer')
    return String(value)
  }
  if (Array.isArray(value)) return `[${value.map((one) => written(one, depth + 1)).join(',')}]`
  const entries = Object.entries(value as object).toSorted(([a], [b]) => byCodePoint(a, b))
  return `{${entries.map(([key, one]) => `${written(key, depth)}:${written(one, depth + 1)}`).join(',')}}`
}

/** As the bytes of UTF-8 are ordered. */
function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'))
}
