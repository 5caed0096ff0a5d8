import { crc32 } from 'node:zlib'
import { type Bytes, latin1, Reader, sliceBytes } from '@messlatte/bytes'
import { cbcBytes } from '../cbc.ts'
import type { Password, Rar4Keys } from './keys.ts'

export const MAGIC = 'Rar!\x1a\x07\0'
const MOST_BLOCKS = 1_000_000
export const BLOCK = { main: 0x73, file: 0x74, service: 0x7a, end: 0x7b } as const
const LEAST = 7
/** Of a file's header: its data are longer than 32 bits tell. */
const LARGE = 0x100
const HAS_DATA = 0x8000
/** Of the main header. */
const [VOLUME, ENCRYPTED] = [0x01, 0x80]

/** What all headers begin with, little endian: CRC-16, type, flags, size. */
export interface Rar4Block {
  readonly type: number
  readonly flags: number
  /** At what is particular to its type. */
  readonly fields: Reader
  /** Of its data. */
  readonly at: number
  /** Bytes of its data. */
  readonly size: number
  /** Behind its data. */
  readonly end: number
}

/** The header at `at`; undefined where its CRC, the lower half of a CRC-32, does not hold. */
export function blockAt(bytes: Bytes, at: number): Rar4Block | undefined {
  if (at + LEAST > bytes.size) return undefined
  const introduction = new Reader(bytes.view(at, LEAST), 'little')
  const crc = introduction.u16()
  const [type, flags, size] = [introduction.u8(), introduction.u16(), introduction.u16()]
  if (size < LEAST || at + size > bytes.size) return undefined
  const header = bytes.view(at, size)
  if ((crc32(header.subarray(2)) & 0xffff) !== crc) return undefined
  const data = dataOf(header, type, flags)
  if (data === undefined) return undefined
  return {
    type,
    flags,
    fields: new Reader(header, 'little', LEAST),
    at: at + size,
    size: data,
    end: at + size + data,
  }
}

function dataOf(header: Uint8Array, type: number, flags: number): number | undefined {
  const isFile = type === BLOCK.file || type === BLOCK.service
  if (!isFile && (flags & HAS_DATA) === 0) return 0
  if (header.length < LEAST + 4) return undefined
  const low = new Reader(header, 'little', LEAST).u32()
  if (!isFile || (flags & LARGE) === 0) return low
  return header.length < HIGH_SIZE + 4
    ? undefined
    : low + (new Reader(header, 'little', HIGH_SIZE).u32() % 2 ** 20) * 2 ** 32
}

/** Where the upper half of the size of a file's data stands, in bytes. */
const HIGH_SIZE = 32

export function isRar4(bytes: Bytes, at: number): boolean {
  return at + MAGIC.length <= bytes.size && latin1(bytes.view(at, MAGIC.length)) === MAGIC
}

/** Bytes. */
const SALT = 8
const AES_BLOCK = 16

/** The salt of a header stands before it; behind it is filled up to whole blocks of AES, and the data come then. */
function encryptedBlockAt(
  bytes: Bytes,
  at: number,
  keys: Rar4Keys,
  password: Password,
): Rar4Block | undefined {
  const start = at + SALT
  if (start + AES_BLOCK > bytes.size) return undefined
  const cipher = keys.cipherFor(password, bytes.view(at, SALT))
  const rest = sliceBytes(bytes, start, bytes.size - start)
  const block = cipher && blockAt(cbcBytes(rest, cipher, rest.size), 0)
  if (!block) return undefined
  const dataAt = start + Math.ceil(block.at / AES_BLOCK) * AES_BLOCK
  return { ...block, at: dataAt, end: dataAt + block.size }
}

/** From the main header on to the mark of the end. Volumes that follow each other directly are gone through one after the other; encrypted headers are read with the passwords that were handed in. */
export function* blocksOf(bytes: Bytes, start: number, keys?: Rar4Keys): Generator<Rar4Block> {
  let at = start + MAGIC.length
  let isFirst = true
  let isVolume = false
  let password: Password | undefined
  for (let count = 0; count < MOST_BLOCKS; count++) {
    const block = keys && password ? encryptedBlockAt(bytes, at, keys, password) : blockAt(bytes, at)
    if (!block || isFirst !== (block.type === BLOCK.main)) return
    yield block
    if (isEncrypted(block)) {
      password = keys?.passwords.find((one) => encryptedBlockAt(bytes, block.end, keys, one))
      if (!password) return
    }
    if (block.type === BLOCK.main) isVolume = (block.flags & VOLUME) !== 0
    at = block.end
    // Old archivers write no mark of the end.
    isFirst = block.type === BLOCK.end || (isVolume && isRar4(bytes, at))
    if (!isFirst) continue
    if (!isVolume || !isRar4(bytes, at)) return
    at += MAGIC.length
    password = undefined
  }
}

export function isEncrypted({ type, flags }: Rar4Block): boolean {
  return type === BLOCK.main && (flags & ENCRYPTED) !== 0
}
