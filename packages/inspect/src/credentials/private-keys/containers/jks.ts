import { createHash } from 'node:crypto'
import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { printable } from '../../printable.ts'
import { attempt } from '../attempt.ts'
import type { Tries } from '../passphrases.ts'
import { type KeyRead, readCertificate, readPrivate } from '../read-key.ts'
import { encryptedKeyInfo } from './pbe.ts'
import { utf16be } from './pkcs12-kdf.ts'
import type { Store } from './store.ts'

const JKS = 0xfeedfeed
const JCEKS = 0xcececece
export const JKS_LITERALS = ['\xfe\xed\xfe\xed\0\0\0', '\xce\xce\xce\xce\0\0\0'] as const

const MOST_LENGTH = 4 * 1024 * 1024
const MOST_ENTRIES = 2000
const DIGEST = 20
/** Between passphrase and content in the integrity digest. */
const WHITENER = Buffer.from('Mighty Aphrodite')
const SUN_JKS = '2b060104012a02110101'
/** Bytes of a store whose digest is one try of md5crypt's work. */
const BYTES_PER_TRY = 100_000

interface KeyEntry {
  readonly alias: string
  readonly info: Uint8Array
}

/**
 * A Java keystore, JKS or JCEKS: certificates are in the clear, each key is under a passphrase of its own, usually that of
 * the store, and a SHA-1 over passphrase and content ends it. Secret keys of JCEKS are serialized objects and end the reading.
 */
export function readJks(bytes: Bytes, offset: number, tries: Tries): Store | undefined {
  const view = bytes.view(offset, Math.min(MOST_LENGTH, bytes.size - offset))
  const reader = new Reader(view, 'big')
  const magic = reader.u32()
  const version = reader.u32()
  const count = reader.u32()
  if ((magic !== JKS && magic !== JCEKS) || version < 1 || version > 2 || count > MOST_ENTRIES)
    return undefined
  const keys: KeyRead[] = []
  const entries: KeyEntry[] = []
  let secretKeys = false
  for (let i = 0; i < count && !secretKeys; i++) {
    const tag = reader.u32()
    if (tag < 1 || tag > 3) return undefined
    const alias = utf(reader)
    reader.skip(8)
    switch (tag) {
      case 1: {
        const info = reader.take(reader.u32())
        entries.push({ alias, info })
        for (let left = Math.min(reader.u32(), 20); left > 0; left--)
          addCertificate(reader, version, alias, keys)
        break
      }
      case 2:
        addCertificate(reader, version, alias, keys)
        break
      default:
        secretKeys = true
    }
  }
  const digested = reader.at
  const digest = secretKeys ? undefined : reader.take(DIGEST)
  const length = reader.at
  const stored = digest
    ? tries.first(digested / BYTES_PER_TRY, (passphrase) =>
        digestOf(passphrase, view.subarray(0, digested)).equals(digest) ? passphrase : undefined,
      )
    : undefined
  let hidden = secretKeys
  let tried = stored?.tried ?? 0
  let of = stored?.of ?? 0
  for (const { alias, info } of entries) {
    const parts = encryptedKeyInfo(info)
    const cost = parts?.algorithm === SUN_JKS ? info.length / BYTES_PER_TRY : parts?.protection.cost
    const open = (passphrase: string): KeyRead | undefined => {
      const plain =
        parts &&
        attempt(() =>
          parts.algorithm === SUN_JKS
            ? sunJks(parts.data, passphrase)
            : parts.protection.decrypt(parts.data, passphrase),
        )
      return plain && readPrivate(plain, magic === JKS ? 'jks' : 'jceks')
    }
    const own = stored?.found && tries.pay(cost ?? 0) ? open(stored.found.value) : undefined
    const trial = cost === undefined || own ? undefined : tries.first(cost, open)
    const key = own ?? trial?.found?.value
    const opened = own ? stored?.found?.opened : trial?.found?.opened
    tried = Math.max(tried, trial?.tried ?? 0)
    of = Math.max(of, trial?.of ?? 0)
    if (key?.half === 'private' && opened) keys.push({ ...key, opened, name: alias })
    else hidden = true
  }
  return {
    kind: magic === JKS ? 'jks' : 'jceks',
    length,
    opened: stored?.found?.opened,
    protection: { name: magic === JKS ? 'JKS' : 'JCEKS', tried, of },
    keys,
    hidden,
  }
}

function utf(reader: Reader): string {
  return printable(latin1(reader.take(reader.u16())))
}

function addCertificate(reader: Reader, version: number, alias: string, keys: KeyRead[]): void {
  if (version === 2) utf(reader)
  const der = reader.take(reader.u32())
  const certificate = attempt(() => readCertificate(der))
  if (certificate) keys.push(certificate.name === '' ? { ...certificate, name: alias } : certificate)
}

function digestOf(passphrase: string, content: Uint8Array): Buffer {
  return createHash('sha1').update(utf16be(passphrase)).update(WHITENER).update(content).digest()
}

/** Sun's own protection of a key: a stream of SHA-1 over passphrase and what came before, and a check of the plain key. */
function sunJks(data: Uint8Array, passphrase: string): Buffer | undefined {
  if (data.length < 2 * DIGEST) return undefined
  const password = utf16be(passphrase)
  const end = data.length - DIGEST
  const plain = Buffer.from(data.subarray(DIGEST, end))
  let stream = Buffer.from(data.subarray(0, DIGEST))
  for (let at = 0; at < plain.length; at += DIGEST) {
    stream = createHash('sha1').update(password).update(stream).digest()
    for (let i = 0; i < DIGEST && at + i < plain.length; i++)
      plain[at + i] = (plain[at + i] as number) ^ (stream[i] as number)
  }
  const check = createHash('sha1').update(password).update(plain).digest()
  return check.equals(data.subarray(end)) ? plain : undefined
}
