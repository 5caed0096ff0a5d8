import { createPublicKey, type KeyObject } from 'node:crypto'
import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { attempt } from '../attempt.ts'
import { dsaPublicKey, isPowerOf } from '../dsa.ts'
import { identityOf, isPointOf, isProduct } from '../identity.ts'
import { type KeyRead, named } from '../read-key.ts'
import { ecPublicKey, ed25519PublicKey, rsaPublicKey } from '../ssh-wire.ts'
import { ed25519Seed, x25519Public, x25519Scalar } from './seeds.ts'
import { base64, textAt } from './text.ts'

// Secret keys of OpenPGP (RFC 4880, section 5.5.3; RFC 9580 for the newer curves), armored and as packets. The public half
// is always in the clear.

const BEGIN = '-----BEGIN PGP PRIVATE KEY BLOCK-----'

const MOST_ARMOR = 64 * 1024
const MOST_BINARY = 256 * 1024
const MOST_PACKETS = 200
const SECRET_KEY = 5
const SECRET_SUBKEY = 7
const USER_ID = 13
/** GnuPG's own way to say that the secret half lies elsewhere: a key derivation that is none. */
const GNU_DUMMY = 101

const ED25519_OID = '2b06010401da470f01'
const X25519_OID = '2b060104019755010501'
const CURVES: Readonly<
  Record<string, { readonly ssh: string; readonly openssl: string; readonly bytes: number }>
> = {
  '2a8648ce3d030107': { ssh: 'nistp256', openssl: 'prime256v1', bytes: 32 },
  '2b81040022': { ssh: 'nistp384', openssl: 'secp384r1', bytes: 48 },
  '2b81040023': { ssh: 'nistp521', openssl: 'secp521r1', bytes: 66 },
}

export interface PgpKeys {
  readonly keys: readonly KeyRead[]
  readonly length: number
}

/** An armored block whose first dash stands here. */
export function readPgpArmor(bytes: Bytes, offset: number): PgpKeys | undefined {
  const text = textAt(bytes, offset, MOST_ARMOR)
  const end = text.indexOf('-----END PGP PRIVATE KEY BLOCK-----')
  if (!text.startsWith(BEGIN) || end < 0) return undefined
  const body = text.slice(BEGIN.length, end).replace(/\r/g, '')
  const blank = body.indexOf('\n\n')
  if (blank < 0) return undefined
  const lines = body
    .slice(blank)
    .split('\n')
    .filter((line) => line !== '' && !/^=[A-Za-z0-9+/]{4}$/.test(line))
  const data = base64(lines.join(''))
  const keys = data && readPackets(data)
  return keys && keys.length > 0 ? { keys, length: end + 35 } : undefined
}

/** A file that is a row of packets from its first byte to its last. */
export function readPgpFile(bytes: Bytes): PgpKeys | undefined {
  const { size } = bytes
  const [first = 0] = size > 0 ? bytes.view(0, 1) : []
  const tag = first & 0x40 ? first & 0x3f : (first >> 2) & 0xf
  if (!(first & 0x80) || tag !== SECRET_KEY || size > MOST_BINARY) return undefined
  const keys = readPackets(bytes.view(0, size))
  return keys && keys.length > 0 ? { keys, length: size } : undefined
}

/** Undefined where the packets do not end where the bytes end. */
function readPackets(data: Uint8Array): readonly KeyRead[] | undefined {
  const reader = new Reader(data, 'big')
  const found: KeyRead[] = []
  let unnamed = 0
  for (let i = 0; i < MOST_PACKETS && reader.left > 0; i++) {
    const packet = packetAt(reader)
    if (!packet) return undefined
    if (packet.tag === SECRET_KEY || packet.tag === SECRET_SUBKEY) {
      const key = attempt(() => secretKey(packet.body))
      if (key) found.push(key)
    } else if (packet.tag === USER_ID) {
      const name = named(latin1(packet.body))
      for (; unnamed < found.length; unnamed++) found[unnamed] = { ...(found[unnamed] as KeyRead), name }
    }
  }
  return reader.left === 0 ? found : undefined
}

function packetAt(reader: Reader): { readonly tag: number; readonly body: Uint8Array } | undefined {
  const first = reader.u8()
  if (!(first & 0x80)) return undefined
  if (first & 0x40) {
    const tag = first & 0x3f
    const length = newLength(reader)
    return length === undefined || length > reader.left ? undefined : { tag, body: reader.take(length) }
  }
  const kind = first & 3
  if (kind === 3) return undefined
  const length = kind === 0 ? reader.u8() : kind === 1 ? reader.u16() : reader.u32()
  return length > reader.left ? undefined : { tag: (first >> 2) & 0xf, body: reader.take(length) }
}

/** Partial lengths are for messages; keys have none. */
function newLength(reader: Reader): number | undefined {
  const first = reader.u8()
  if (first < 192) return first
  if (first < 224) return ((first - 192) << 8) + reader.u8() + 192
  return first === 255 ? reader.u32() : undefined
}

function secretKey(body: Uint8Array): KeyRead | undefined {
  const reader = new Reader(body, 'big')
  const version = reader.u8()
  if (version !== 4) return undefined
  reader.skip(4)
  const algorithm = reader.u8()
  const half = publicHalf(reader, algorithm)
  const identity = half && identityOf(half.key)
  if (!identity) return undefined
  const about = { identity, container: 'pgp', name: '' } as const
  const usage = reader.u8()
  if (usage !== 0) {
    const name = protectionName(reader, usage)
    return name === undefined
      ? undefined
      : { half: 'encrypted', ...about, protection: { name, tried: 0, of: 0 } }
  }
  return half.belongs(reader) ? { half: 'private', ...about } : undefined
}

function protectionName(reader: Reader, usage: number): string | undefined {
  if (usage < 253) return `cipher ${usage}`
  reader.u8()
  const s2k = usage === 253 ? reader.u8() && reader.u8() : reader.u8()
  return s2k === GNU_DUMMY ? undefined : `OpenPGP S2K ${s2k}`
}

interface PublicHalf {
  readonly key: KeyObject
  /** Whether the secret numbers that follow are those of this public half. */
  readonly belongs: (reader: Reader) => boolean
}

function publicHalf(reader: Reader, algorithm: number): PublicHalf | undefined {
  switch (algorithm) {
    case 1:
    case 2:
    case 3: {
      const [n, e] = [mpi(reader), mpi(reader)]
      return {
        key: rsaPublicKey(n, e),
        belongs(secret) {
          mpi(secret)
          return isProduct(n, mpi(secret), mpi(secret))
        },
      }
    }
    case 17: {
      const [p, q, g, y] = [mpi(reader), mpi(reader), mpi(reader), mpi(reader)]
      return { key: dsaPublicKey(p, q, g, y), belongs: (secret) => isPowerOf(g, mpi(secret), p, y) }
    }
    case 18:
    case 19:
    case 22:
      return curveHalf(reader, algorithm === 18)
    case 25: {
      const point = reader.take(32)
      return {
        key: x25519Public(point),
        belongs: (secret) => equals(x25519Scalar(secret.take(32)), x25519Public(point)),
      }
    }
    case 27: {
      const point = reader.take(32)
      return {
        key: ed25519PublicKey(point),
        belongs: (secret) => equals(ed25519Seed(secret.take(32)), ed25519PublicKey(point)),
      }
    }
    default:
      return undefined
  }
}

function curveHalf(reader: Reader, agreement: boolean): PublicHalf | undefined {
  const oid = Buffer.from(reader.take(reader.u8())).toString('hex')
  const point = mpiBytes(reader)
  if (agreement) reader.skip(reader.u8())
  if (oid === ED25519_OID || oid === X25519_OID) {
    if (point.length !== 33 || point[0] !== 0x40) return undefined
    const raw = point.subarray(1)
    const key = oid === ED25519_OID ? ed25519PublicKey(raw) : x25519Public(raw)
    return {
      key,
      belongs(secret) {
        const number = padded(mpiBytes(secret), 32)
        // The scalar of X25519 is written as a number, so the wrong way round.
        return (
          number !== undefined &&
          equals(oid === ED25519_OID ? ed25519Seed(number) : x25519Scalar(Buffer.from(number).reverse()), key)
        )
      },
    }
  }
  const curve = CURVES[oid]
  const key = curve && ecPublicKey(curve.ssh, point)
  if (!curve || !key) return undefined
  return {
    key,
    belongs(secret) {
      const scalar = padded(mpiBytes(secret), curve.bytes)
      return scalar !== undefined && isPointOf(curve.openssl, scalar, point)
    },
  }
}

function equals(secret: KeyObject, open: KeyObject): boolean {
  return createPublicKey(secret).equals(open)
}

/** Leading zeros of a number are left out. */
function padded(bytes: Uint8Array, length: number): Buffer | undefined {
  return bytes.length > length ? undefined : Buffer.concat([Buffer.alloc(length - bytes.length), bytes])
}

function mpiBytes(reader: Reader): Uint8Array {
  return reader.take((reader.u16() + 7) >> 3)
}

function mpi(reader: Reader): bigint {
  return BigInt(`0x0${Buffer.from(mpiBytes(reader)).toString('hex')}`)
}
