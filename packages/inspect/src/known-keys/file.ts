import type { Text } from '@messlatte/model'

/** A list of published keys, as its file holds it; `README.md` describes it. */
export interface KnownKeysFile {
  /** Whose key it is, by the name that the entries use. Fits after "is". */
  readonly sources: Readonly<Record<string, Text>>
  readonly keys: readonly {
    readonly id: string
    readonly source: string
    readonly algorithm: string
    /** By `KeyForm`, lower-case hex. */
    readonly fingerprints: Readonly<Record<string, string | undefined>>
  }[]
  readonly certificates: readonly {
    readonly id: string
    readonly source: string
    readonly sha256: string
    readonly spki?: string
  }[]
  /** `source:place` by SHA-256 (hex) of the SubjectPublicKeyInfo: the short form, one line a key. */
  readonly spki: Readonly<Record<string, string>>
}

/** What is wrong with a list; fits after the name of the file. */
export class KnownKeysError extends Error {
  override readonly name = 'KnownKeysError'
}

const MOST_ENTRIES = 1_000_000
const DIGEST = /^[0-9a-f]{64}$/
const FINGERPRINT = /^[0-9a-f]{40,128}$/

/**
 * A list of the same shape as ours, out of a user's file; every part may be left out.
 * @throws KnownKeysError that says which entry is wrong
 */
export function parseKnownKeys(text: string): KnownKeysFile {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new KnownKeysError('is not JSON')
  }
  const file = object(value, 'the file')
  const sources = Object.fromEntries(
    Object.entries(object(file.sources ?? {}, '"sources"')).map(([name, words]) => [
      name,
      sourceText(words, `"sources" "${name}"`),
    ]),
  )
  const known = (source: unknown, where: string): string => {
    const name = string(source, `the source of ${where}`)
    if (!Object.hasOwn(sources, name)) throw new KnownKeysError(`${where}: "sources" has no "${name}"`)
    return name
  }
  return {
    sources,
    keys: list(file.keys, '"keys"').map((one, at) => {
      const where = `"keys" entry ${at + 1}`
      const entry = object(one, where)
      const fingerprints = Object.entries(object(entry.fingerprints, `the fingerprints of ${where}`))
      if (fingerprints.length === 0) throw new KnownKeysError(`${where}: has no fingerprint`)
      return {
        id: string(entry.id, `the id of ${where}`),
        source: known(entry.source, where),
        algorithm: string(entry.algorithm ?? 'unknown', `the algorithm of ${where}`),
        fingerprints: Object.fromEntries(
          fingerprints.map(([form, hex]) => [form, digest(hex, FINGERPRINT, where)]),
        ),
      }
    }),
    certificates: list(file.certificates, '"certificates"').map((one, at) => {
      const where = `"certificates" entry ${at + 1}`
      const entry = object(one, where)
      return {
        id: string(entry.id, `the id of ${where}`),
        source: known(entry.source, where),
        sha256: digest(entry.sha256, DIGEST, where),
        ...(entry.spki === undefined ? {} : { spki: digest(entry.spki, DIGEST, where) }),
      }
    }),
    spki: Object.fromEntries(
      Object.entries(object(file.spki ?? {}, '"spki"')).map(([hex, id]) => {
        const where = `"spki" "${hex}"`
        const name = string(id, where)
        known(name.split(':')[0], where)
        return [digest(hex, DIGEST, where), name]
      }),
    ),
  }
}

function object(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new KnownKeysError(`${what} must be a JSON object`)
  return value as Readonly<Record<string, unknown>>
}

function list(value: unknown, what: string): readonly unknown[] {
  if (value === undefined) return []
  if (!Array.isArray(value) || value.length > MOST_ENTRIES) throw new KnownKeysError(`${what} must be a list`)
  return value
}

function string(value: unknown, what: string): string {
  if (typeof value !== 'string' || value === '') throw new KnownKeysError(`${what} must be a text`)
  return value
}

function digest(value: unknown, shape: RegExp, where: string): string {
  const hex = typeof value === 'string' ? value.toLowerCase() : ''
  if (!shape.test(hex)) throw new KnownKeysError(`${where}: "${String(value)}" is no digest in hex`)
  return hex
}

/** A text for both languages, or one for each. */
function sourceText(value: unknown, what: string): Text {
  if (typeof value === 'string' && value !== '') return { en: value, de: value }
  const { en, de } = object(value, what)
  return { en: string(en, `${what} "en"`), de: string(de ?? en, `${what} "de"`) }
}
