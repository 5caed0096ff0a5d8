import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { JsonError, readSecretIndex, writeSecretIndex } from '@messlatte/exchange'
import { keyIdOf } from '@messlatte/inspect'
import type { SecretIndex, Text } from '@messlatte/model'
import { CliError, cannotBeRead, mayNotBeRead } from '../errors.ts'
import { locked } from './lock.ts'

const KEY_BYTES = 32
const MOST_INDEX = 512 * 1024 * 1024
const OWNER_ONLY = 0o600

/** The index and its key, as they lie in the folder. */
export interface OpenIndex {
  readonly index: SecretIndex
  readonly key: Buffer
}

interface Files {
  readonly folder: string
  readonly index: string
  readonly key: string
  readonly lock: string
}

function filesIn(folder: string): Files {
  return {
    folder,
    index: join(folder, 'secrets.json'),
    key: join(folder, 'secrets.key'),
    lock: join(folder, 'secrets.lock'),
  }
}

/** The index of this machine; undefined where there is none. */
export function readIndex(folder: string): OpenIndex | undefined {
  const files = filesIn(folder)
  if (!existsSync(files.key) && !existsSync(files.index)) return undefined
  const key = readKey(files)
  if (!existsSync(files.index)) return { index: { keyId: keyIdOf(key), releases: [] }, key }
  const index = parsed(files)
  if (index.keyId !== keyIdOf(key))
    throw new CliError('bad-file', {
      en: `${files.index}: was made with another key than ${files.key}; put the right one back, or start anew (messlatte index forget --yes)`,
      de: `${files.index}: entstand mit einem anderen Schlüssel als ${files.key}; den richtigen zurücklegen oder neu beginnen (messlatte index forget --yes)`,
    })
  return { index, key }
}

/** Opens the index for an addition: makes its key and folder when there is none yet. */
export async function openOrMakeIndex(folder: string): Promise<OpenIndex> {
  const known = readIndex(folder)
  if (known) return known
  const files = filesIn(folder)
  makeFolder(files)
  return locked(files.lock, () => {
    // Another run may have been first; its key is the one.
    const made = readIndex(folder)
    if (made) return made
    const key = randomBytes(KEY_BYTES)
    replace(files.key, `${key.toString('hex')}\n`)
    return { index: { keyId: keyIdOf(key), releases: [] }, key }
  })
}

/** Changes the index as it is now, alone: what another run added in the meantime stays. */
export async function changeIndex(
  folder: string,
  keyId: string,
  change: (index: SecretIndex) => SecretIndex,
): Promise<SecretIndex> {
  const files = filesIn(folder)
  return locked(files.lock, () => {
    const now = readIndex(folder)
    if (now?.index.keyId !== keyId)
      throw new CliError('failed', {
        en: `${files.index}: was forgotten or replaced while this run was reading; run it again`,
        de: `${files.index}: wurde gelöscht oder ersetzt, während dieser Lauf las; erneut aufrufen`,
      })
    const next = change(now.index)
    replace(files.index, writeSecretIndex(next))
    return next
  })
}

/** Deletes index and key. @returns whether there was one */
export async function forgetIndex(folder: string): Promise<boolean> {
  const files = filesIn(folder)
  if (!existsSync(files.key) && !existsSync(files.index)) return false
  await locked(files.lock, () => {
    for (const path of [files.key, files.index]) rmSync(path, { force: true })
  })
  return true
}

function makeFolder({ folder }: Files): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw unwritable(folder, cause)
  }
}

function readKey({ key, index }: Files): Buffer {
  const text = content(key, () => ({
    en: `${key}: is missing, and without it nothing in ${index} can be compared; put it back, or start anew (messlatte index forget --yes)`,
    de: `${key}: fehlt, und ohne ihn lässt sich nichts in ${index} vergleichen; ihn zurücklegen oder neu beginnen (messlatte index forget --yes)`,
  }))
  if (process.platform !== 'win32' && (statSync(key).mode & 0o077) !== 0)
    throw new CliError('not-readable', {
      en: `${key}: others may read it; chmod 600 ${key}`,
      de: `${key}: andere dürfen es lesen; chmod 600 ${key}`,
    })
  if (!/^[0-9a-f]{64}\n?$/.test(text))
    throw new CliError('bad-file', {
      en: `${key}: is not a key of 32 bytes in hex; put the right one back`,
      de: `${key}: ist kein Schlüssel von 32 Byte in Hex; den richtigen zurücklegen`,
    })
  return Buffer.from(text.trim(), 'hex')
}

function parsed({ index }: Files): SecretIndex {
  if (statSync(index).size > MOST_INDEX)
    throw new CliError('bad-file', {
      en: `${index}: is larger than 512 MiB; remove products (messlatte index remove)`,
      de: `${index}: ist größer als 512 MiB; Produkte entfernen (messlatte index remove)`,
    })
  try {
    return readSecretIndex(content(index, () => cannotBeRead(index)))
  } catch (cause) {
    if (cause instanceof JsonError)
      throw new CliError(
        'bad-file',
        { en: `${index}: ${cause.text.en}`, de: `${index}: ${cause.text.de}` },
        cause,
      )
    throw cause
  }
}

function content(path: string, missing: () => Text): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') throw new CliError('not-found', missing(), cause)
    throw new CliError('not-readable', mayNotBeRead(path), cause)
  }
}

/** A reader sees the old file or the new one, never a half of it. */
function replace(path: string, text: string): void {
  const next = `${path}.${process.pid}`
  try {
    rmSync(next, { force: true })
    writeWhole(next, text)
    renameSync(next, path)
  } catch (cause) {
    rmSync(next, { force: true })
    throw unwritable(path, cause)
  }
}

function writeWhole(path: string, text: string): void {
  const descriptor = openSync(path, 'wx', OWNER_ONLY)
  try {
    // A mask may have taken rights, never given any; this says it for all file systems that keep them.
    chmodSync(path, OWNER_ONLY)
    const bytes = Buffer.from(text, 'utf8')
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function unwritable(path: string, cause: unknown): CliError {
  if (cause instanceof CliError) return cause
  return new CliError(
    'not-writable',
    {
      en: `${path}: cannot be written; is there room, and may you write there?`,
      de: `${path}: kann nicht geschrieben werden; ist Platz, und darf dort geschrieben werden?`,
    },
    cause,
  )
}
