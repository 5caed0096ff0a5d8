import { isUtf8 } from 'node:buffer'
import { createHash, createPublicKey, X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { readSignifyKey } from '@messlatte/bytes'
import { KnownKeysError, type KnownKeysFile, parseKnownKeys } from '@messlatte/inspect'
import type { ProductStatement, StatedTraits, TraitId } from '@messlatte/model'
import { defaultLimits, type KeyMaterial, type Limits } from '@messlatte/unpack'
import { CliError, cannotBeRead, noSuchFile, notUtf8, untranslated } from './errors.ts'

/** Options of `check` as the command line gives them. */
export interface CheckFlags {
  readonly product?: string
  readonly maker?: string
  readonly model?: string
  readonly hardware?: string
  readonly firmware?: string
  readonly batch?: string
  readonly traits?: string
  readonly trait: readonly string[]
}

/** Options of everything that looks into a release. */
export interface LimitFlags {
  readonly key?: readonly string[]
  readonly memory?: string
  readonly limitBytes?: string
  readonly limitEntries?: string
  readonly limitDepth?: string
  readonly limitRatio?: string
  readonly limitSeconds?: string
}

const PRODUCT_KEYS = ['maker', 'model', 'hardware', 'firmware', 'batch'] as const

/** What is stated about the product: the file's fields, and over them the flags'. */
export function readProduct(flags: CheckFlags): ProductStatement {
  const file = flags.product === undefined ? {} : readJsonObject(flags.product, PRODUCT_KEYS)
  const stated = (key: (typeof PRODUCT_KEYS)[number]): string | null => {
    const value = flags[key] ?? file[key]
    if (value === undefined || value === null) return null
    if (typeof value !== 'string')
      throw new CliError('bad-file', {
        en: `${flags.product}: "${key}" must be a text`,
        de: `${flags.product}: „${key}“ muss ein Text sein`,
      })
    return value
  }
  return {
    maker: stated('maker'),
    model: stated('model'),
    hardware: stated('hardware'),
    firmware: stated('firmware'),
    batch: stated('batch'),
  }
}

export function readTraits(flags: CheckFlags, known: readonly TraitId[]): StatedTraits {
  const file = flags.traits === undefined ? {} : readJsonObject(flags.traits, known)
  for (const [id, value] of Object.entries(file)) {
    if (typeof value !== 'boolean')
      throw new CliError('bad-file', {
        en: `${flags.traits}: "${id}" must be true or false`,
        de: `${flags.traits}: „${id}“ muss true oder false sein`,
      })
  }
  const given = flags.trait.map((text): [string, boolean] => {
    const [id = '', value] = text.split('=')
    if (!known.includes(id as TraitId) || (value !== 'true' && value !== 'false')) {
      throw new CliError('bad-option', {
        en: `--trait ${text}: write ID=true or ID=false; the ids are ${known.join(', ')}`,
        de: `--trait ${text}: ID=true oder ID=false schreiben; die IDs sind ${known.join(', ')}`,
      })
    }
    return [id, value === 'true']
  })
  return { ...(file as StatedTraits), ...Object.fromEntries(given) }
}

function readJsonObject(path: string, keys: readonly string[]): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT'
    throw new CliError(
      missing ? 'not-found' : 'bad-file',
      missing ? noSuchFile(path) : { en: `${path}: is not JSON`, de: `${path}: ist kein JSON` },
      cause,
    )
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CliError('bad-file', {
      en: `${path}: must hold one JSON object`,
      de: `${path}: muss ein JSON-Objekt enthalten`,
    })
  }
  const unknown = Object.keys(value).filter((key) => !keys.includes(key))
  if (unknown.length > 0)
    throw new CliError('bad-file', {
      en: `${path}: does not know "${unknown[0]}"; the keys are ${keys.join(', ')}`,
      de: `${path}: kennt „${unknown[0]}“ nicht; die Schlüssel sind ${keys.join(', ')}`,
    })
  return value as Record<string, unknown>
}

export interface TrustFile {
  readonly name: string
  readonly spkiHex: string
  /** DER, where the file holds a certificate. */
  readonly certificateHex: string | undefined
  readonly sha256: string
}

/** The SHA-256 in a `--trust` that names no file, in lower-case hex; `espefuse summary` prints spaces between the bytes. */
export function digestIn(text: string): string | undefined {
  const digest = text.replaceAll(/[\s:]/g, '').toLowerCase()
  return /^[0-9a-f]{64}$/.test(digest) ? digest : undefined
}

/** A public key or certificate that the user trusts: PEM, DER, or a key of signify and usign. */
export function readTrust(path: string): TrustFile {
  const content = readTrustFile(path)
  const spki = publicKeyIn(content)
  if (!spki) {
    throw new CliError('bad-file', {
      en: `${path}: is no public key and no certificate in PEM or DER, and no key of signify or usign (openssl pkey -in KEY -pubout makes one)`,
      de: `${path}: ist kein öffentlicher Schlüssel und kein Zertifikat in PEM oder DER und kein Schlüssel von signify oder usign (openssl pkey -in KEY -pubout macht einen)`,
    })
  }
  return {
    name: basename(path),
    spkiHex: spki.toString('hex'),
    certificateHex: certificateIn(content)?.toString('hex'),
    sha256: createHash('sha256').update(spki).digest('hex'),
  }
}

function readTrustFile(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new CliError('not-found', cannotBeRead(`--trust ${path}`), cause)
  }
}

function certificateIn(content: Buffer): Buffer | undefined {
  try {
    return new X509Certificate(content).raw
  } catch {
    return undefined
  }
}

function publicKeyIn(content: Buffer): Buffer | undefined {
  const attempts = [
    () => new X509Certificate(content).publicKey,
    () => createPublicKey(content),
    () => createPublicKey({ key: content, format: 'der', type: 'spki' }),
    () => createPublicKey({ key: content, format: 'der', type: 'pkcs1' }),
    () => createPublicKey({ key: signifyKeyIn(content), format: 'der', type: 'spki' }),
  ]
  for (const attempt of attempts) {
    try {
      return attempt().export({ format: 'der', type: 'spki' })
    } catch {
      // Not in this form; the next one may fit.
    }
  }
  return undefined
}

/** signify, usign, minisign. */
function signifyKeyIn(content: Buffer): Buffer {
  return readSignifyKey(content)?.spki ?? Buffer.alloc(0)
}

const MOST_KEY = 1024 * 1024

/** Keys that decrypt, as their files hold them; each format knows its own kind. */
export function readKeys(flags: LimitFlags): readonly KeyMaterial[] {
  return (flags.key ?? []).map((path) => {
    try {
      const bytes = readFileSync(path)
      if (bytes.length > MOST_KEY)
        throw new CliError('bad-file', {
          en: `--key ${path}: is too large for a key`,
          de: `--key ${path}: ist zu groß für einen Schlüssel`,
        })
      if (bytes.length === 0)
        throw new CliError('empty', {
          en: `--key ${path}: is empty, so there is no key in it`,
          de: `--key ${path}: ist leer und enthält also keinen Schlüssel`,
        })
      return { name: basename(path), bytes }
    } catch (cause) {
      if (cause instanceof CliError) throw cause
      throw new CliError('not-found', cannotBeRead(`--key ${path}`), cause)
    }
  })
}

const MOST_WORDLIST = 16 * 1024 * 1024
const MOST_WORDS = 1_000_000
/** Bytes of a password that count in the kinds that count the fewest of a long one, bcrypt's. */
const MOST_WORD = 72

/** Passwords to try, one in a line, UTF-8; empty lines and those that are too long are left out. */
export function readWordlist(path: string): readonly string[] {
  let content: Buffer
  try {
    if (statSync(path).size > MOST_WORDLIST)
      throw new CliError('bad-file', {
        en: `--wordlist ${path}: is larger than 16 MiB; take its first part (head -c 16M)`,
        de: `--wordlist ${path}: ist größer als 16 MiB; ihren ersten Teil nehmen (head -c 16M)`,
      })
    content = readFileSync(path)
  } catch (cause) {
    if (cause instanceof CliError) throw cause
    throw new CliError('not-found', cannotBeRead(`--wordlist ${path}`), cause)
  }
  if (!isUtf8(content) || content.includes(0)) throw new CliError('bad-file', notUtf8(`--wordlist ${path}`))
  const words = new Set(
    content
      .toString('utf8')
      .split(/\r?\n/)
      .filter((word) => word !== '' && Buffer.byteLength(word, 'utf8') <= MOST_WORD),
  )
  if (words.size === 0)
    throw new CliError('bad-file', {
      en: `--wordlist ${path}: has no password in it; write one in a line`,
      de: `--wordlist ${path}: enthält kein Passwort; eines je Zeile schreiben`,
    })
  if (words.size > MOST_WORDS)
    throw new CliError('bad-file', {
      en: `--wordlist ${path}: has more than ${MOST_WORDS} passwords; take its first part`,
      de: `--wordlist ${path}: hat mehr als ${MOST_WORDS} Passwörter; ihren ersten Teil nehmen`,
    })
  return [...words]
}

/** A list of published keys that the user adds to ours. */
export function readKnownKeys(path: string): KnownKeysFile {
  try {
    return parseKnownKeys(readFileSync(path, 'utf8'))
  } catch (cause) {
    if (cause instanceof KnownKeysError)
      throw new CliError('bad-file', untranslated(`--known-keys ${path}: ${cause.message}`), cause)
    throw new CliError('not-found', cannotBeRead(`--known-keys ${path}`), cause)
  }
}

export function readLimits(flags: LimitFlags): Limits {
  const limits = defaultLimits(flags.memory === undefined ? undefined : parseSize('--memory', flags.memory))
  return {
    ...limits,
    ...(flags.limitBytes === undefined
      ? {}
      : { bytes: parseSize('--limit-bytes', flags.limitBytes), bytesBySize: false }),
    ...(flags.limitEntries === undefined
      ? {}
      : { entries: parseCount('--limit-entries', flags.limitEntries) }),
    ...(flags.limitDepth === undefined ? {} : { depth: parseCount('--limit-depth', flags.limitDepth) }),
    ...(flags.limitRatio === undefined ? {} : { ratio: parseCount('--limit-ratio', flags.limitRatio) }),
    ...(flags.limitSeconds === undefined
      ? {}
      : { seconds: parseCount('--limit-seconds', flags.limitSeconds) }),
  }
}

const UNITS: Readonly<Record<string, number>> = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 }

export function parseSize(option: string, text: string): number {
  const match = /^(\d{1,12})([KMGT]?)(i?B)?$/i.exec(text)
  const unit = UNITS[(match?.[2] ?? '').toUpperCase()]
  if (!match || unit === undefined || Number(match[1]) === 0)
    throw new CliError('bad-option', {
      en: `${option} ${text}: write a size such as 512M or 4G`,
      de: `${option} ${text}: eine Größe wie 512M oder 4G angeben`,
    })
  return Number(match[1]) * unit
}

export function parseCount(option: string, text: string): number {
  if (!/^\d{1,12}$/.test(text) || Number(text) === 0)
    throw new CliError('bad-option', {
      en: `${option} ${text}: write a whole number above 0`,
      de: `${option} ${text}: eine ganze Zahl über 0 angeben`,
    })
  return Number(text)
}

/** A calendar day, ISO 8601. */
export function parseDay(option: string, text: string): string {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined
  if (!day || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text) {
    throw new CliError('bad-option', {
      en: `${option} ${text}: write a calendar day such as 2027-01-02`,
      de: `${option} ${text}: einen Kalendertag wie 2027-01-02 angeben`,
    })
  }
  return text
}

/** Today's calendar day in a market's zone. */
export function today(zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date())
}
