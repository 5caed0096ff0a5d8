import { BytesError } from '../bytes.ts'
import { Reader } from '../reader.ts'
import { CURVES } from '../signatures/curves.ts'
import type { DigestName } from '../signatures/digests.ts'
import { verifiesEcdsa } from '../signatures/ecdsa.ts'
import { verifiesPkcs1 } from '../signatures/pkcs1.ts'
import type { PublicKey } from '../signatures/public-key.ts'
import { verifiesEd25519 } from '../signatures/verify.ts'
import { mpi, newLength, packetsOf } from './packets.ts'

export interface OpenpgpSignature {
  readonly version: 4 | 6
  /** 0: of bytes, 1: of a text. */
  readonly type: number
  readonly key: 'rsa' | 'ecdsa' | 'ed25519' | 'other'
  /** Undefined for one that is not known here. */
  readonly digest: DigestName | undefined
  /** What is hashed before the message (the salt of version 6), and behind it. */
  readonly before: Uint8Array
  readonly after: Uint8Array
  /** Ids of the keys that it names, hex of 16 digits. */
  readonly issuers: readonly string[]
  /** Seconds since 1970; undefined where it is not within what is signed. */
  readonly created: number | undefined
  /** RSA: a number; otherwise r and s one behind the other, as long as the curve wants them. */
  readonly value: readonly Uint8Array[]
}

const SIGNATURE = 2
const MOST_SIGNATURES = 16
const CREATED = 2
const ISSUER = 16
const ISSUER_FINGERPRINT = 33
const KEYS: Readonly<Record<number, OpenpgpSignature['key']>> = {
  1: 'rsa',
  3: 'rsa',
  19: 'ecdsa',
  22: 'ed25519',
  27: 'ed25519',
}
/** RFC 9580, section 9.5. */
const HASHES: Readonly<Record<number, DigestName>> = {
  1: 'md5',
  2: 'sha1',
  8: 'sha256',
  9: 'sha384',
  10: 'sha512',
  11: 'sha224',
  12: 'sha3-256',
  14: 'sha3-512',
}

/** The signatures in a binary message, of versions 4 and 6; RFC 9580, section 5.2. */
export function readOpenpgpSignatures(bytes: Uint8Array): readonly OpenpgpSignature[] {
  return packetsOf(bytes)
    .filter(({ tag }) => tag === SIGNATURE)
    .slice(0, MOST_SIGNATURES)
    .flatMap(({ body }) => {
      try {
        return signatureIn(body) ?? []
      } catch (error) {
        if (error instanceof BytesError) return []
        throw error
      }
    })
}

function signatureIn(body: Uint8Array): OpenpgpSignature | undefined {
  const reader = new Reader(body, 'big')
  const version = reader.u8()
  if (version !== 4 && version !== 6) return undefined
  const [type, algorithm, hash] = [reader.u8(), reader.u8(), reader.u8()]
  const count = () => (version === 4 ? reader.u16() : reader.u32())
  const hashed = subpackets(reader.take(count()))
  const hashedEnd = body.length - reader.left
  const unhashed = subpackets(reader.take(count()))
  reader.take(2)
  const before = version === 6 ? reader.take(reader.u8()) : new Uint8Array(0)
  return {
    version,
    type,
    key: KEYS[algorithm] ?? 'other',
    digest: HASHES[hash],
    before,
    after: trailer(version, body.subarray(0, hashedEnd)),
    issuers: [...hashed, ...unhashed].flatMap(issuerIn),
    created: hashed.flatMap(({ type: kind, value }) =>
      kind === CREATED && value.length === 4 ? [new Reader(value, 'big').u32()] : [],
    )[0],
    value: numbersOf(algorithm, reader),
  }
}

/** RFC 9580, section 5.2.4. */
function trailer(version: 4 | 6, hashed: Uint8Array): Buffer {
  const end = Buffer.from([version, 0xff, 0, 0, 0, 0])
  end.writeUInt32BE(hashed.length, 2)
  return Buffer.concat([hashed, end])
}

interface Subpacket {
  readonly type: number
  readonly value: Uint8Array
}

function subpackets(bytes: Uint8Array): readonly Subpacket[] {
  const found: Subpacket[] = []
  const reader = new Reader(bytes, 'big')
  while (reader.left > 0) {
    const length = newLength(reader)
    if (length === undefined || length < 1) break
    const body = reader.take(length)
    found.push({ type: (body[0] as number) & 0x7f, value: body.subarray(1) })
  }
  return found
}

function issuerIn({ type, value }: Subpacket): readonly string[] {
  const hex = Buffer.from(value).toString('hex')
  if (type === ISSUER && value.length === 8) return [hex]
  if (type !== ISSUER_FINGERPRINT) return []
  return value[0] === 4 ? [hex.slice(-16)] : value[0] === 6 ? [hex.slice(2, 18)] : []
}

function numbersOf(algorithm: number, reader: Reader): readonly Uint8Array[] {
  switch (algorithm) {
    case 1:
    case 3:
      return [mpi(reader)]
    case 19:
    case 22:
      return [mpi(reader), mpi(reader)]
    case 27:
      return [reader.take(64)]
    default:
      return []
  }
}

/** Whether a signature holds over a digest; undefined where the key is of another kind. */
export function openpgpHolds(
  { key: kind, digest, value }: OpenpgpSignature,
  key: PublicKey,
  hashed: Uint8Array,
): boolean | undefined {
  if (!digest) return undefined
  if (kind === 'rsa' && key.type === 'rsa')
    return verifiesPkcs1(key.key, padded(value[0], key.bits / 8), hashed, digest)
  if (kind === 'ecdsa' && key.type === 'ec') {
    const { size } = CURVES[key.curve]
    return verifiesEcdsa(key.curve, key.point, joined(value, size), hashed)
  }
  if (kind === 'ed25519' && key.type === 'ed25519')
    return verifiesEd25519(key, hashed, value.length === 1 ? (value[0] as Uint8Array) : joined(value, 32))
  return undefined
}

function joined(value: readonly Uint8Array[], size: number): Buffer {
  return Buffer.concat([padded(value[0], size), padded(value[1], size)])
}

/** Zeros in front; as it is where it is too long. */
function padded(value: Uint8Array = new Uint8Array(0), size: number): Uint8Array {
  return value.length >= size ? value : Buffer.concat([Buffer.alloc(size - value.length), value])
}
