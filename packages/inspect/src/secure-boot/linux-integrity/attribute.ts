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
const MOST_SIGNATURE = 1024
/** First byte: a signature of the content (IMA) or of all metadata (EVM), one of metadata that can be moved, one of a tree. */
const [SIGNATURE, PORTABLE, VERITY] = [3, 5, 6] as const

type Over = Extract<IntegrityValue, { readonly type: 'signature' }>['over']

/** The value of `security.ima` or `security.evm`; its first byte says what it is. */
export function readAttribute(value: Uint8Array, attribute: 'ima' | 'evm'): IntegrityValue {
  switch (value[0]) {
    case 1:
      return hash('sha1', value.subarray(1))
    case 4: {
      const algorithm = ALGORITHMS[value[1] ?? 0]
      return algorithm === undefined ? { type: 'other' } : hash(algorithm, value.subarray(2))
    }
    case 2:
      return { type: 'hmac' }
    case SIGNATURE:
      return signature(value, attribute === 'ima' ? 'content' : 'inode')
    case PORTABLE:
      return attribute === 'evm' ? signature(value, 'metadata') : { type: 'other' }
    case VERITY:
      return attribute === 'ima' ? signature(value, 'verity') : { type: 'other' }
    default:
      return { type: value.length === 0 ? 'broken' : 'other' }
  }
}

function hash(algorithm: string, value: Uint8Array): IntegrityValue {
  if (value.length !== DIGEST_SIZES[algorithm]) return { type: 'broken' }
  return { type: 'hash', algorithm, hash: Buffer.from(value).toString('hex') }
}

function signature(value: Uint8Array, over: Over): IntegrityValue {
  if (value.length < HEADER) return { type: 'broken' }
  const reader = new Reader(value, 'big', 1)
  const [version, number] = [reader.u8(), reader.u8()]
  // Of the tree there is the third version only; what EVM covers has no third one.
  const isVersion = over === 'verity' ? version === 3 : version === 2 || (version === 3 && over === 'content')
  if (!isVersion) return { type: 'other' }
  const keyId = Buffer.from(reader.take(4)).toString('hex')
  const length = reader.u16()
  const algorithm = ALGORITHMS[number]
  if (length === 0 || length > MOST_SIGNATURE || reader.left !== length) return { type: 'broken' }
  if (algorithm === undefined) return { type: 'other' }
  return {
    type: 'signature',
    version: version === 3 ? 3 : 2,
    over,
    algorithm,
    keyId,
    signature: Buffer.from(reader.take(length)).toString('base64'),
  }
}

/** What a signature of version 3 is made over: the kind of digest, the number of its algorithm, the digest. Linux kernel, security/integrity/ima/ima_appraise.c, ima_file_id. */
export function fileId(over: 'content' | 'verity', algorithm: string, digest: string): Buffer {
  const head = [over === 'verity' ? VERITY : SIGNATURE, ALGORITHMS.indexOf(algorithm)]
  return Buffer.concat([Buffer.from(head), Buffer.from(digest, 'hex')])
}
