import { createHmac } from 'node:crypto'
import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { printable } from '../../printable.ts'
import type { Tries } from '../passphrases.ts'
import { type KeyRead, readCertificate, readPrivate } from '../read-key.ts'
import { bmpPasswords, PKCS12_3DES, pkcs12Pbe } from './pbe.ts'
import { pkcs12Key } from './pkcs12-kdf.ts'
import type { Store } from './store.ts'

// The keystores of Bouncy Castle: no magic number, so they are looked for by name and read to their end.

const SALT = 20
const MAC = 20
const MOST_ITERATIONS = 100_000
const MOST_LENGTH = 4 * 1024 * 1024
const MOST_ENTRIES = 2000
const ITERATIONS_PER_TRY = 100

const END = 0
const CERTIFICATE = 1
const KEY = 2
const SECRET = 3
const SEALED = 4
/** In a plain key entry. */
const PRIVATE = 0

/** A BKS keystore of version 1 or 2; undefined where the bytes are none. */
export function readBks(bytes: Bytes, tries: Tries): Store | undefined {
  if (bytes.size > MOST_LENGTH || bytes.size < 12 + SALT + 1 + MAC) return undefined
  const view = bytes.view(0, bytes.size)
  const reader = new Reader(view, 'big')
  const version = reader.u32()
  if ((version !== 1 && version !== 2) || reader.u32() !== SALT) return undefined
  const salt = reader.take(SALT)
  const iterations = reader.u32()
  if (iterations < 1 || iterations > MOST_ITERATIONS) return undefined
  const start = reader.at
  const entries = entriesOf(reader)
  if (!entries || view.length - reader.at !== MAC) return undefined
  const content = view.subarray(start, reader.at)
  const mac = reader.take(MAC)
  // Version 1 took eight times fewer bits for its key than were meant.
  const keyLength = version === 1 ? 2 : MAC
  const { found, tried, of } = tries.first(iterations / ITERATIONS_PER_TRY, (passphrase) =>
    bmpPasswords(passphrase).some((password) =>
      createHmac('sha1', pkcs12Key('sha1', password, salt, iterations, 3, keyLength))
        .update(content)
        .digest()
        .equals(mac),
    )
      ? passphrase
      : undefined,
  )
  const unsealed = entries.sealed.flatMap(({ alias, data }) => {
    const key = found && unseal(data, found.value, tries)
    return key && found
      ? [{ ...key, name: alias, ...(key.half === 'private' ? { opened: found.opened } : {}) }]
      : []
  })
  return {
    kind: 'bks',
    length: view.length,
    opened: found?.opened,
    protection: { name: `BKS ${version}, ${iterations} iterations`, tried, of },
    keys: [...entries.keys, ...unsealed],
    hidden: unsealed.length < entries.sealed.length,
  }
}

/** A sealed entry: salt, iterations, and the encoding of a key under PKCS#12's triple DES. */
function unseal(data: Uint8Array, passphrase: string, tries: Tries): KeyRead | undefined {
  try {
    const reader = new Reader(data, 'big')
    const salt = reader.take(reader.u32())
    const iterations = reader.u32()
    if (iterations > MOST_ITERATIONS || !tries.pay(iterations / ITERATIONS_PER_TRY)) return undefined
    const plain = pkcs12Pbe(PKCS12_3DES, salt, iterations).decrypt(reader.take(reader.left), passphrase)
    return plain && readEncoded(new Reader(plain, 'big'))
  } catch {
    return undefined
  }
}

function readEncoded(reader: Reader): KeyRead | undefined {
  const half = reader.u8()
  utf(reader)
  utf(reader)
  const encoded = reader.take(reader.u32())
  return half === PRIVATE ? readPrivate(encoded, 'bks') : undefined
}

/**
 * UBER encrypts all with Twofish: it can be named and no more. Undefined where the bytes do not look like it.
 */
export function readUber(bytes: Bytes): Store | undefined {
  if (bytes.size < 12 + SALT + 32 || bytes.size > MOST_LENGTH) return undefined
  const reader = new Reader(bytes.view(0, 32), 'big')
  if (reader.u32() !== 1 || reader.u32() !== SALT) return undefined
  reader.skip(SALT)
  const iterations = reader.u32()
  if (iterations < 1024 || iterations > MOST_ITERATIONS || (bytes.size - 32) % 16 !== 0) return undefined
  return {
    kind: 'uber',
    length: bytes.size,
    opened: undefined,
    protection: { name: 'UBER Twofish', tried: 0, of: 0 },
    keys: [],
    hidden: true,
  }
}

interface Entries {
  readonly keys: readonly KeyRead[]
  readonly sealed: readonly { readonly alias: string; readonly data: Uint8Array }[]
}

function entriesOf(reader: Reader): Entries | undefined {
  const keys: KeyRead[] = []
  const sealed: { readonly alias: string; readonly data: Uint8Array }[] = []
  for (let i = 0; i < MOST_ENTRIES; i++) {
    const type = reader.u8()
    if (type === END) return { keys, sealed }
    if (type > SEALED) return undefined
    const alias = utf(reader)
    reader.skip(8)
    const chain = Math.min(reader.u32(), 50)
    for (let left = chain; left > 0; left--) addCertificate(reader, keys)
    switch (type) {
      case CERTIFICATE:
        addCertificate(reader, keys)
        break
      case KEY: {
        const key = readEncoded(reader)
        if (key) keys.push({ ...key, name: alias })
        break
      }
      case SECRET:
      case SEALED:
        sealed.push({ alias, data: reader.take(reader.u32()) })
    }
  }
  return undefined
}

function addCertificate(reader: Reader, keys: KeyRead[]): void {
  utf(reader)
  const der = reader.take(reader.u32())
  try {
    const certificate = readCertificate(der)
    if (certificate) keys.push(certificate)
  } catch {
    // Not X.509, or damaged.
  }
}

function utf(reader: Reader): string {
  return printable(latin1(reader.take(reader.u16())))
}
