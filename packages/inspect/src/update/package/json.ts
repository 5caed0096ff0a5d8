// JSON of update files, whatever is in it.

export type JsonObject = Readonly<Record<string, unknown>>

const MOST_TEXT = 200
const MOST_TEXTS = 200

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Undefined for what is no JSON, and for JSON that is no object. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** A member of an object of its own; undefined where there is none. */
export function memberOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

/** The texts in a list, or one text by itself; cut to what is told. */
export function textsOf(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value]
  return all.flatMap((one) => (typeof one === 'string' ? [one.slice(0, MOST_TEXT)] : [])).slice(0, MOST_TEXTS)
}
