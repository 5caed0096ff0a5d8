import { createHash } from 'node:crypto'
import {
  type Bytes,
  BytesError,
  DecodeError,
  gzipStream,
  Reader,
  xzStream,
  zstdStream,
} from '@messlatte/bytes'
import type { CasyncIndex } from './facts.ts'

/** Start of an index: its length (48), and its mark. casync, caformat.h. */
const INDEX_MARK = 0x96824d9c7b129ff9n
const TABLE_MARK = 0xe75b9e112f17417dn
const SHA512_256 = 0x2000000000000000n
const HEADER = 48
const TABLE = 16
const ITEM = 40
const MOST_CHUNKS = 100_000
/** casync makes chunks of 256 KiB at most unless it is told otherwise: small files must not become much work. */
const MOST_CHUNK = 1024 * 1024

/** An index: u64 numbers, little endian; an item has where its chunk ends, and the 32 bytes of its id. */
export function parseIndex(bytes: Bytes, of: CasyncIndex['of']): CasyncIndex | undefined {
  if (bytes.size < HEADER + TABLE) return undefined
  const header = new Reader(bytes.view(0, HEADER + TABLE), 'little')
  if (header.u64() !== BigInt(HEADER) || header.u64() !== INDEX_MARK) return undefined
  const flags = header.u64()
  header.skip(24)
  if (header.u64() !== 2n ** 64n - 1n || header.u64() !== TABLE_MARK) return undefined
  const digest = (flags & SHA512_256) === 0n ? 'sha256' : 'sha512-256'
  const chunks: string[] = []
  let size = 0
  for (let at = HEADER + TABLE; at + ITEM <= bytes.size && chunks.length < MOST_CHUNKS; at += ITEM) {
    const item = new Reader(bytes.view(at, ITEM), 'little')
    const end = item.size64()
    // The table ends with an item that begins with zero.
    if (end === 0) return { of, digest, chunks, size, whole: true }
    if (end <= size || !Number.isFinite(end)) return undefined
    chunks.push(Buffer.from(item.take(32)).toString('hex'))
    size = end
  }
  return { of, digest, chunks, size, whole: false }
}

class Enough extends Error {}

/** The digests of a chunk, unpacked; undefined where it is none, or larger than chunks are. */
export function chunkDigests(bytes: Bytes): Readonly<Record<CasyncIndex['digest'], string>> | undefined {
  const hashes = { sha256: createHash('sha256'), 'sha512-256': createHash('sha512-256') }
  let size = 0
  const write = (chunk: Uint8Array) => {
    size += chunk.length
    if (size > MOST_CHUNK) throw new Enough()
    hashes.sha256.update(chunk)
    hashes['sha512-256'].update(chunk)
  }
  try {
    const decode = bytes.size < 4 ? undefined : decoderOf(bytes.view(0, 4))
    if (!decode) return undefined
    if (decode(bytes, 0, write).problem) return undefined
  } catch (error) {
    if (error instanceof Enough || error instanceof DecodeError || error instanceof BytesError)
      return undefined
    throw error
  }
  return { sha256: hashes.sha256.digest('hex'), 'sha512-256': hashes['sha512-256'].digest('hex') }
}

function decoderOf(head: Uint8Array): typeof zstdStream | typeof xzStream | typeof gzipStream | undefined {
  switch (head[0]) {
    case 0x28:
      return zstdStream
    case 0xfd:
      return xzStream
    case 0x1f:
      return gzipStream
    default:
      return undefined
  }
}
