import { createDecipheriv } from 'node:crypto'
import { type Bytes, Reader } from '@messlatte/bytes'
import type { KeyMaterial } from '../../contract.ts'
import { aesBlocks, nxpKeys } from '../nxp-keys.ts'
import { CHUNK, type Sb3 } from './parse.ts'

/** Which users a derived key is for; the file does not say it. */
const RIGHTS = [0, 1, 2, 3]
const FOR_FILE = 0x01
const FOR_BLOCK = 0x10

/** How the commands are put in clear: `key` is derived for the file, and undefined where they are. */
export interface Sb3Cipher {
  readonly key: Buffer | undefined
  readonly rights: number
}

/** How the commands of the file are read; undefined where they are encrypted and no key fits. */
export function sb3Cipher(bytes: Bytes, file: Sb3, keys: readonly KeyMaterial[]): Sb3Cipher | undefined {
  if (file.blocksAt + file.blockLength > bytes.size) return undefined
  for (const cipher of ciphersOf(file, keys)) {
    if (beginsSection(chunkAt(bytes, file, cipher, 0))) return cipher
  }
  return undefined
}

function* ciphersOf(file: Sb3, given: readonly KeyMaterial[]): Generator<Sb3Cipher> {
  yield { key: undefined, rights: 0 }
  const short = nxpKeys(given, 16)
  // spsdk takes the digits of a short key for a number of 32 bytes.
  const keys = [
    ...nxpKeys(given, 32),
    ...short.map((key) => Buffer.concat([Buffer.alloc(16), key])),
    ...short,
  ]
  for (const key of keys)
    for (const rights of RIGHTS)
      yield { key: derived(key, file.timestamp, FOR_FILE, { file, rights }), rights }
}

/** A section of type 1 with number 1, and the first command's magic behind it. */
function beginsSection(chunk: Uint8Array): boolean {
  const reader = new Reader(chunk, 'little')
  const [number, type] = [reader.u32(), reader.u32()]
  reader.skip(8)
  return number === 1 && type === 1 && reader.u32() === 0x55aaaa55
}

/**
 * The commands in block `index`, in clear.
 * @throws BytesError where it is cut off
 */
export function chunkAt(bytes: Bytes, file: Sb3, { key, rights }: Sb3Cipher, index: number): Uint8Array {
  const at = file.blocksAt + index * file.blockLength + 4 + file.hashLength
  const chunk = bytes.view(at, CHUNK)
  if (!key) return chunk.slice()
  const secret = derived(key, BigInt(index + 1), FOR_BLOCK, { file, rights })
  return createDecipheriv(`aes-${secret.length * 8}-cbc`, secret, Buffer.alloc(16))
    .setAutoPadding(false)
    .update(chunk)
}

/** NIST SP 800-108 with CMAC, as spsdk's sbfile/sb31/functions.py derives: of 16 bytes for SHA-256, else of 32. */
function derived(
  key: Uint8Array,
  number: bigint,
  purpose: number,
  { file, rights }: { readonly file: Sb3; readonly rights: number },
): Buffer {
  const length = file.hash === 'sha256' ? 16 : 32
  const message = Buffer.alloc(32)
  message.writeBigUInt64LE(number, 0)
  message.set([rights << 6, purpose, 0, length === 16 ? 0x20 : 0x21], 20)
  message.writeUInt32BE(length * 8, 24)
  const parts = Array.from({ length: length / 16 }, (_, index) => {
    message.writeUInt32BE(index + 1, 28)
    return cmacOfTwo(key, message)
  })
  return Buffer.concat(parts)
}

/** RFC 4493, of two whole blocks. */
function cmacOfTwo(key: Uint8Array, message: Uint8Array): Buffer {
  const first = aesBlocks(key, message.subarray(0, 16))
  const subkey = doubled(aesBlocks(key, Buffer.alloc(16)))
  return aesBlocks(
    key,
    first.map((byte, at) => byte ^ (message[16 + at] as number) ^ (subkey[at] as number)),
  )
}

function doubled(block: Buffer): Buffer {
  const carry = (block[0] as number) >>> 7
  return Buffer.from(
    block.map((byte, at) => ((byte << 1) | ((block[at + 1] ?? 0) >>> 7)) ^ (at === 15 && carry ? 0x87 : 0)),
  )
}
