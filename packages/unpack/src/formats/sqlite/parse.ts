import { type Bytes, latin1, Reader } from '@messlatte/bytes'

/** What the first 100 bytes tell. */
export interface SqliteHeader {
  /** Bytes. */
  readonly pageSize: number
  /** Bytes of a page without what extensions keep at its end. */
  readonly usable: number
  readonly encoding: 'utf-8' | 'utf-16be' | 'utf-16le'
  /** Newer contents may lie in a file beside it (`-wal`). */
  readonly wal: boolean
  /** Pages, as the header says; 0 where an old writer has left it behind. */
  readonly pages: number
}

export const MAGIC = 'SQLite format 3\0'
const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be'] as const

/** Database File Format, section 1.3; all fields big-endian. */
export function parseSqliteHeader(bytes: Bytes, at: number): SqliteHeader | undefined {
  if (at + 100 > bytes.size) return undefined
  const raw = bytes.view(at, 100)
  if (latin1(raw.subarray(0, 16)) !== MAGIC) return undefined
  const reader = new Reader(raw, 'big')
  reader.skip(16)
  const size = reader.u16()
  const pageSize = size === 1 ? 65_536 : size
  const [write, read, reserved] = [reader.u8(), reader.u8(), reader.u8()]
  const fractions = [reader.u8(), reader.u8(), reader.u8()]
  const [changes, pages] = [reader.u32(), reader.u32()]
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0 || pageSize - reserved < 480) return undefined
  if (write < 1 || write > 2 || read < 1 || read > 2 || fractions.join() !== '64,32,32') return undefined
  const encoding = ENCODINGS[wordAt(raw, 56) - 1] ?? 'utf-8'
  const valid = wordAt(raw, 92) === changes
  return { pageSize, usable: pageSize - reserved, encoding, wal: read === 2, pages: valid ? pages : 0 }
}

function wordAt(raw: Uint8Array, at: number): number {
  return new DataView(raw.buffer, raw.byteOffset, raw.byteLength).getUint32(at)
}
