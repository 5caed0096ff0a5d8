import { Reader } from '@messlatte/bytes'
import type { IntegrityValue } from './facts.ts'

/** Linux kernel, include/uapi/linux/hash_info.h, by its number; those that are computed here. */
const ALGORITHMS: readonly (string | undefined)[] = [
  undefined,
  'md5',
  'sha1',
  undefined,
  'sha256',
  'sha384',
  'sha512',
  'sha224',
]
const DIGEST_SIZES: Readonly<Record<string, number>> = {
  md5: 16,
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
}
/** security/integrity/integrity.h: type, version, algorithm, key id and length (both big endian). */
const HEADER = 9
const VERSION = 2
const MOST_SIGNATURE = 1024

/** The value of `security.ima` or `security.evm`; its first byte says what it is. */
export function readAttribute(value: Uint8Array): IntegrityValue {
  switch (value[0]) {
    case 1:
      return hash('sha1', value.subarray(1))
    case 4: {
      const algorithm = ALGORITHMS[value[1] ?? 0]
      return algorithm === undefined ? { type: 'other' } : hash(algorithm, value.subarray(2))
    }
    case 2:
      return { type: 'hmac' }
    case 3:
      return signature(value)
    case 5:
      return { type: 'portable' }
    case 6:
      return { type: 'verity' }
    default:
      return { type: value.length === 0 ? 'broken' : 'other' }
  }
}

function hash(algorithm: string, value: Uint8Array): IntegrityValue {
  if (value.length !== DIGEST_SIZES[algorithm]) return { type: 'broken' }
  return { type: 'hash', algorithm, hash: Buffer.from(value).toString('hex') }
}

function signature(value: Uint8Array): IntegrityValue {
  if (value.length < HEADER) return { type: 'broken' }
  const reader = new Reader(value, 'big', 1)
  const [version, number] = [reader.u8(), reader.u8()]
  if (version !== VERSION) return { type: 'other' }
  const keyId = Buffer.from(reader.take(4)).toString('hex')
  const length = reader.u16()
  const algorithm = ALGORITHMS[number]
  if (length === 0 || length > MOST_SIGNATURE || reader.left !== length) return { type: 'broken' }
  if (algorithm === undefined) return { type: 'other' }
  return {
    type: 'signature',
    algorithm,
    keyId,
    signature: Buffer.from(reader.take(length)).toString('base64'),
  }
}
