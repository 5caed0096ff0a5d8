import { createHash } from 'node:crypto'
import { Reader } from '@messlatte/bytes'

/** What a file system keeps of one file: Linux kernel, Documentation/filesystems/fsverity.rst, "fs-verity descriptor". */
export interface Descriptor {
  readonly algorithm: 'sha256' | 'sha512'
  /** Bytes. */
  readonly block: number
  /** Of the content, in bytes. */
  readonly size: number
  /** Hex, without padding. */
  readonly root: string
  readonly salt: string
  /** The digest of the file, as `fsverity measure` tells it; hex. */
  readonly digest: string
  /** PKCS #7, DER; empty where there is none. */
  readonly signature: Uint8Array
}

const FIXED = 256
const MOST_SALT = 32
const MOST_BLOCK = 16
const ALGORITHMS = {
  1: { name: 'sha256', size: 32, number: 1 },
  2: { name: 'sha512', size: 64, number: 2 },
} as const

/** Little endian; undefined for what no kernel takes. */
export function readDescriptor(bytes: Uint8Array): Descriptor | undefined {
  if (bytes.length < FIXED) return undefined
  const reader = new Reader(bytes, 'little')
  const [version, number, log, saltSize] = [reader.u8(), reader.u8(), reader.u8(), reader.u8()]
  const signatureSize = reader.u32()
  const size = reader.size64()
  const [root, salt] = [reader.take(64), reader.take(MOST_SALT)]
  const algorithm = ALGORITHMS[number as keyof typeof ALGORITHMS]
  if (version !== 1 || !algorithm || log < 10 || log > MOST_BLOCK || saltSize > MOST_SALT) return undefined
  if (signatureSize !== bytes.length - FIXED || !Number.isSafeInteger(size)) return undefined
  return {
    algorithm: algorithm.name,
    block: 2 ** log,
    size,
    root: Buffer.from(root.subarray(0, algorithm.size)).toString('hex'),
    salt: Buffer.from(salt.subarray(0, saltSize)).toString('hex'),
    digest: digestOf(algorithm.name, bytes),
    signature: bytes.subarray(FIXED),
  }
}

/** The digest of a descriptor without its signature, and without that signature's length. */
function digestOf(algorithm: string, bytes: Uint8Array): string {
  const bare = Buffer.from(bytes.subarray(0, FIXED))
  bare.fill(0, 4, 8)
  return createHash(algorithm).update(bare).digest('hex')
}

/** The descriptor that a file would have with the defaults of fsverity-utils: SHA-256, blocks of 4 KiB, no salt. */
export function plainDescriptor(root: string, size: number): Descriptor | undefined {
  const bytes = Buffer.alloc(FIXED)
  bytes.set([1, 1, 12])
  bytes.writeBigUInt64LE(BigInt(size), 8)
  bytes.set(Buffer.from(root, 'hex'), 16)
  return readDescriptor(bytes)
}

/** What a signature of a file is made over: a name, the number of the algorithm, the length, the digest. */
export function signedContent({ algorithm, digest }: Pick<Descriptor, 'algorithm' | 'digest'>): Buffer {
  const head = Buffer.from('FSVerity\0\0\0\0', 'latin1')
  head.writeUInt16LE(algorithm === 'sha256' ? 1 : 2, 8)
  head.writeUInt16LE(digest.length / 2, 10)
  return Buffer.concat([head, Buffer.from(digest, 'hex')])
}
