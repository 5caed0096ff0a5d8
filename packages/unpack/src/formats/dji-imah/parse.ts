import { type Bytes, cString, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = 'IM*H'
const HEADER = 192
const CHUNK = 32
const MOST_CHUNKS = 256
/** Of RSA, in bytes. */
const SIGNATURES: ReadonlySet<number> = new Set([256, 384, 512])
/** Bit of a chunk that is not encrypted. */
const PLAIN = 1

/** dji_imah_fwsig.py: little endian. */
export interface Imah {
  readonly version: 0 | 1 | 2
  /** Four letters that tell which key; none where nothing is encrypted. */
  readonly keyName: string
  /** Vector of version 0; else the key of the contents, encrypted with the one that is told. */
  readonly scramble: Uint8Array
  readonly signature: Stored
  readonly payload: Stored
  readonly chunks: readonly ImahChunk[]
  /** Of version 2, both over words: of what is stored, and of what it is once it is deciphered. */
  readonly storedSum: number
  readonly plainSum: number
  readonly end: number
}

export interface ImahChunk extends Stored {
  /** Byte string. */
  readonly id: string
  readonly encrypted: boolean
}

/** The image at `at`; undefined where its lengths do not fit together. */
export function parseImah(bytes: Bytes, at: number): Imah | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const [version, size] = [reader.u32(), reader.u32()]
  reader.skip(4)
  const [headerSize, signatureSize, payloadSize] = [reader.u32(), reader.u32(), reader.u32()]
  reader.skip(16)
  const keyName = cString(reader.take(4))
  const scramble = Uint8Array.from(reader.take(16))
  reader.skip(44)
  const storedSum = reader.u32()
  reader.skip(40)
  const [plainSum, count] = [reader.u32(), reader.u32()]
  const end = at + headerSize + signatureSize + payloadSize
  const holds =
    (version === 0 || version === 1 || version === 2) &&
    count > 0 &&
    count <= MOST_CHUNKS &&
    headerSize === HEADER + count * CHUNK &&
    SIGNATURES.has(signatureSize) &&
    size === end - at
  if (!holds || at + headerSize + signatureSize > bytes.size) return undefined
  const payload = { at: at + headerSize + signatureSize, length: payloadSize }
  const chunks: ImahChunk[] = []
  for (let index = 0; index < count; index++) {
    const chunk = chunkAt(bytes, at + HEADER + index * CHUNK, payload, keyName)
    if (!chunk) return undefined
    if (chunk.length > 0) chunks.push(chunk)
  }
  const signature = { at: at + headerSize, length: signatureSize }
  return { version, keyName, scramble, signature, payload, chunks, storedSum, plainSum, end }
}

function chunkAt(bytes: Bytes, at: number, payload: Stored, keyName: string): ImahChunk | undefined {
  const reader = new Reader(bytes.view(at, CHUNK), 'little')
  const id = cString(reader.take(4))
  const [offset, length, attributes] = [reader.u32(), reader.u32(), reader.u32()]
  if (offset + length > payload.length || !/^[\x21-\x7e]*$/.test(id)) return undefined
  const encrypted = keyName !== '' && (attributes & PLAIN) === 0
  return { id, at: payload.at + offset, length, encrypted }
}
