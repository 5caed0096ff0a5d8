import { createHash } from 'node:crypto'
import { BytesError } from '../bytes.ts'
import { Reader } from '../reader.ts'
import { CURVES, type CurveName } from '../signatures/curves.ts'
import { ecSpki, ed25519Spki, type PublicKey, readPublicKey, rsaSpki } from '../signatures/public-key.ts'
import { mpi, packetsOf } from './packets.ts'

export interface OpenpgpKey {
  /** Hex. */
  readonly fingerprint: string
  /** 16 digits of it, as signatures name keys. */
  readonly id: string
  readonly key: PublicKey
}

const PUBLIC_KEY = 6
const PUBLIC_SUBKEY = 14
const MOST_KEYS = 256

/** Curves by their object identifiers, hex; RFC 9580, section 9.2. */
const CURVE_OIDS: Readonly<Record<string, CurveName>> = {
  '2a8648ce3d030107': 'P-256',
  '2b81040022': 'P-384',
  '2b81040023': 'P-521',
  '2b2403030208010107': 'brainpoolP256r1',
  '2b240303020801010b': 'brainpoolP384r1',
  '2b240303020801010d': 'brainpoolP512r1',
}
const ED25519_OID = '2b06010401da470f01'

/**
 * The keys of a binary key ring that can verify signatures: RSA, ECDSA, Ed25519. That a subkey is bound to its primary key
 * is not looked at: whoever put the ring there trusts all of it. RFC 9580, section 5.5.2.
 */
export function readOpenpgpKeys(bytes: Uint8Array): readonly OpenpgpKey[] {
  return packetsOf(bytes)
    .filter(({ tag }) => tag === PUBLIC_KEY || tag === PUBLIC_SUBKEY)
    .slice(0, MOST_KEYS)
    .flatMap(({ body }) => keyIn(body) ?? [])
}

function keyIn(body: Uint8Array): OpenpgpKey | undefined {
  try {
    const reader = new Reader(body, 'big')
    const version = reader.u8()
    reader.take(4)
    const algorithm = reader.u8()
    if (version !== 4 && version !== 6) return undefined
    if (version === 6) reader.take(4)
    const spki = spkiOf(algorithm, reader)
    const key = spki && readPublicKey(spki)
    if (!key) return undefined
    const fingerprint = fingerprintOf(version, body)
    return { fingerprint, id: version === 4 ? fingerprint.slice(-16) : fingerprint.slice(0, 16), key }
  } catch (error) {
    if (error instanceof BytesError) return undefined
    throw error
  }
}

/** RFC 9580, section 5.5.4. */
function fingerprintOf(version: 4 | 6, body: Uint8Array): string {
  const header = Buffer.alloc(version === 4 ? 3 : 5)
  header[0] = version === 4 ? 0x99 : 0x9b
  if (version === 4) header.writeUInt16BE(body.length & 0xffff, 1)
  else header.writeUInt32BE(body.length, 1)
  return createHash(version === 4 ? 'sha1' : 'sha256')
    .update(header)
    .update(body)
    .digest('hex')
}

function spkiOf(algorithm: number, reader: Reader): Buffer | undefined {
  switch (algorithm) {
    case 1:
    case 3:
      return rsaSpki(mpi(reader), mpi(reader))
    case 19: {
      const name = CURVE_OIDS[oid(reader)]
      const point = mpi(reader)
      return name && point[0] === 4 && point.length === 1 + 2 * CURVES[name].size
        ? ecSpki(name, point.subarray(1))
        : undefined
    }
    case 22: {
      const isOne = oid(reader) === ED25519_OID
      const point = mpi(reader)
      return isOne && point[0] === 0x40 && point.length === 33 ? ed25519Spki(point.subarray(1)) : undefined
    }
    case 27:
      return ed25519Spki(reader.take(32))
    default:
      return undefined
  }
}

function oid(reader: Reader): string {
  return Buffer.from(reader.take(reader.u8())).toString('hex')
}
