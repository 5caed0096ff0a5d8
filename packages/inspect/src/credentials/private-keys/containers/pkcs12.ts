import { createHmac } from 'node:crypto'
import { type Bytes, DER_SEQUENCE, DER_SET, type DerNode, derAt, derChildren, derOid } from '@messlatte/bytes'
import { attempt } from '../attempt.ts'
import { sequenceAt } from '../der.ts'
import type { Tries } from '../passphrases.ts'
import { type KeyRead, readCertificate, readPrivate } from '../read-key.ts'
import { bmpPasswords, encryptedKeyInfo, integer, octets, protectionOf } from './pbe.ts'
import { pkcs12Key } from './pkcs12-kdf.ts'
import type { Store } from './store.ts'

const DATA = '2a864886f70d010701'
const ENCRYPTED_DATA = '2a864886f70d010706'
const BAG = '2a864886f70d010c0a01'
const KEY_BAG = `${BAG}01`
const SHROUDED_BAG = `${BAG}02`
const CERTIFICATE_BAG = `${BAG}03`
const X509 = '2a864886f70d01091601'
const FRIENDLY_NAME = '2a864886f70d010914'

const MAC_HASHES: ReadonlyMap<string, string> = new Map([
  ['2b0e03021a', 'sha1'],
  ['60864801650304' + '0201', 'sha256'],
  ['60864801650304' + '0202', 'sha384'],
  ['60864801650304' + '0203', 'sha512'],
  ['60864801650304' + '0204', 'sha224'],
])
const MOST_BAGS = 500
const MOST_ITERATIONS = 20_000_000
const ITERATIONS_PER_TRY = 100

/** Bytes from the start of a PKCS#12 file to the first OID, where lengths take two bytes each. */
export const PKCS12_LEAD = 13
export const PKCS12_LITERAL = Buffer.from(DATA, 'hex').toString('latin1')

interface Mac {
  readonly hash: string
  readonly digest: Uint8Array
  readonly salt: Uint8Array
  readonly iterations: number
}

/**
 * A PKCS#12 file (RFC 7292): its MAC is tried with the usual passphrases, and what opens is read.
 * Undefined where it is none.
 */
export function readPkcs12(bytes: Bytes, offset: number, tries: Tries): Store | undefined {
  const der = sequenceAt(bytes, offset)
  if (!der) return undefined
  const [version, authSafe, macData] = derChildren(der, derAt(der, 0) as DerNode)
  if (integer(der, version) !== 3 || authSafe?.tag !== DER_SEQUENCE) return undefined
  const content = contentOf(der, authSafe, DATA)
  if (!content) return undefined
  const mac = macData && macOf(der, macData)
  const safe = derAt(content, 0)
  if (safe?.tag !== DER_SEQUENCE) return undefined
  const trial = mac
    ? tries.first(costOf(mac), (passphrase) => (macFits(mac, content, passphrase) ? passphrase : undefined))
    : // Without a MAC only the contents tell, and they have their own price.
      tries.first(1, (passphrase) =>
        readSafe(content, safe, passphrase, tries).decrypted ? passphrase : undefined,
      )
  const { found, tried, of } = trial
  const { keys, protection } = readSafe(content, safe, found?.value, tries)
  const opened = found?.opened
  return {
    kind: 'pkcs12',
    length: der.length,
    opened,
    protection: { name: protection ?? 'PKCS#12', tried, of },
    keys: keys.map((key) => (key.half === 'private' && opened ? { ...key, opened } : key)),
    hidden: found === undefined && protection !== undefined,
  }
}

function contentOf(der: Uint8Array, info: DerNode, type: string): Uint8Array | undefined {
  const [id, explicit] = derChildren(der, info)
  if (derOid(der, id) !== type || explicit?.tag !== 0xa0) return undefined
  return octets(der, derChildren(der, explicit)[0])
}

function macOf(der: Uint8Array, node: DerNode): Mac | undefined {
  const [info, saltNode, iterationsNode] = derChildren(der, node)
  if (info?.tag !== DER_SEQUENCE) return undefined
  const [algorithm, digestNode] = derChildren(der, info)
  const hash = algorithm && MAC_HASHES.get(derOid(der, derChildren(der, algorithm)[0]) ?? '')
  const [digest, salt] = [octets(der, digestNode), octets(der, saltNode)]
  const iterations = iterationsNode ? integer(der, iterationsNode) : 1
  if (hash === undefined || !digest || !salt || !iterations || iterations > MOST_ITERATIONS) return undefined
  return { hash, digest, salt, iterations }
}

function costOf({ iterations }: Mac): number {
  return iterations / ITERATIONS_PER_TRY
}

function macFits({ hash, digest, salt, iterations }: Mac, content: Uint8Array, passphrase: string): boolean {
  return bmpPasswords(passphrase).some((password) => {
    const key = pkcs12Key(hash, password, salt, iterations, 3, digest.length)
    return createHmac(hash, key).update(content).digest().equals(digest)
  })
}

interface Safe {
  readonly keys: readonly KeyRead[]
  /** How what was met first is encrypted; undefined where nothing is. */
  readonly protection: string | undefined
  /** Whether anything opened with the passphrase. */
  readonly decrypted: boolean
}

/** Everything that can be read with this passphrase; without one, what is not encrypted. */
function readSafe(content: Uint8Array, safe: DerNode, passphrase: string | undefined, tries: Tries): Safe {
  const keys: KeyRead[] = []
  let protection: string | undefined
  let decrypted = false

  function bags(der: Uint8Array): void {
    const list = derAt(der, 0)
    if (list?.tag !== DER_SEQUENCE) return
    for (const bag of derChildren(der, list).slice(0, MOST_BAGS)) read(der, bag)
  }

  function read(der: Uint8Array, bag: DerNode): void {
    const [id, explicit, attributes] = derChildren(der, bag)
    const value = explicit && derAt(der, explicit.at, explicit.end)
    if (!value) return
    const whole = der.subarray(explicit.at, value.end)
    const named = (key: KeyRead | undefined): void => {
      if (key) keys.push({ ...key, name: key.name === '' ? friendlyName(der, attributes) : key.name })
    }
    switch (derOid(der, id)) {
      case KEY_BAG:
        named(readPrivate(whole, 'pkcs12'))
        return
      case SHROUDED_BAG: {
        const info = encryptedKeyInfo(whole)
        protection ??= info?.protection.name
        const plain =
          info && passphrase !== undefined && tries.pay(info.protection.cost ?? 0)
            ? attempt(() => info.protection.decrypt(info.data, passphrase))
            : undefined
        const key = plain && readPrivate(plain, 'pkcs12')
        decrypted ||= key !== undefined
        named(key)
        return
      }
      case CERTIFICATE_BAG: {
        const [type, wrapped] = derChildren(der, value)
        const inner = wrapped && octets(der, derAt(der, wrapped.at, wrapped.end))
        if (derOid(der, type) === X509 && inner) named(attempt(() => readCertificate(inner)))
      }
    }
  }

  for (const info of derChildren(content, safe).slice(0, MOST_BAGS)) {
    const plain = contentOf(content, info, DATA)
    if (plain) {
      bags(plain)
      continue
    }
    const encrypted = encryptedContent(content, info)
    if (!encrypted) continue
    protection ??= encrypted.protection.name
    if (passphrase === undefined || !tries.pay(encrypted.protection.cost ?? 0)) continue
    const opened = attempt(() => encrypted.protection.decrypt(encrypted.data, passphrase))
    if (opened) {
      const before = keys.length
      bags(opened)
      decrypted ||= keys.length > before
    }
  }
  return { keys, protection, decrypted }
}

function encryptedContent(der: Uint8Array, info: DerNode) {
  const [id, explicit] = derChildren(der, info)
  if (derOid(der, id) !== ENCRYPTED_DATA || !explicit) return undefined
  const data = derAt(der, explicit.at, explicit.end)
  const contentInfo = data && derChildren(der, data)[1]
  const [, algorithm, content] = contentInfo ? derChildren(der, contentInfo) : []
  if (!algorithm || !content) return undefined
  const protection = protectionOf(der, algorithm)
  return protection && { protection, data: der.subarray(content.at, content.end) }
}

function friendlyName(der: Uint8Array, attributes: DerNode | undefined): string {
  if (attributes?.tag !== DER_SET) return ''
  for (const attribute of derChildren(der, attributes)) {
    const [id, values] = derChildren(der, attribute)
    if (derOid(der, id) !== FRIENDLY_NAME || values?.tag !== DER_SET) continue
    const text = derChildren(der, values)[0]
    if (text && (text.end - text.at) % 2 === 0)
      return Buffer.from(der.subarray(text.at, text.end)).swap16().toString('utf16le')
  }
  return ''
}
