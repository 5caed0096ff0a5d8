import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { copyStretch } from '../members.ts'
import type { Trailer } from './trailer.ts'

export type ChunkKind = 'zero' | 'stored' | 'adc' | 'zlib' | 'bzip2' | 'lzfse' | 'xz'

/** A stretch of the disk. */
export interface Chunk {
  readonly kind: ChunkKind
  /** Sectors of 512 bytes. */
  readonly sector: number
  readonly sectors: number
  /** Where it lies in the source. */
  readonly at: number
  /** Bytes. */
  readonly length: number
}

const KINDS: ReadonlyMap<number, ChunkKind> = new Map([
  [0, 'zero'],
  [1, 'stored'],
  [2, 'zero'],
  [0x8000_0004, 'adc'],
  [0x8000_0005, 'zlib'],
  [0x8000_0006, 'bzip2'],
  [0x8000_0007, 'lzfse'],
  [0x8000_0008, 'xz'],
])
const [COMMENT, LAST] = [0x7fff_fffe, 0xffff_ffff]
const MAGIC = 'mish'
const [HEAD, ENTRY] = [204, 40]
const MOST_CHUNKS = 4_000_000

/** All chunks, in the order of the disk. @throws FormatError, BytesError */
export function chunksOf(bytes: Bytes, { list, fork }: Trailer): readonly Chunk[] {
  const text = new Uint8Array(list.length)
  copyStretch(bytes, list.at, text)
  const chunks: Chunk[] = []
  for (const table of tablesIn(latin1(text))) {
    const reader = new Reader(table, 'big')
    if (reader.latin1(4) !== MAGIC) throw new FormatError('structure', 'a table without its magic')
    reader.skip(4)
    const first = reader.size64()
    reader.skip(8)
    const from = fork.at + reader.size64()
    reader.at = HEAD - 4
    for (let count = reader.u32(); count > 0 && reader.left >= ENTRY; count--) {
      const kind = reader.u32()
      reader.skip(4)
      const [sector, sectors, at, length] = [
        reader.size64(),
        reader.size64(),
        reader.size64(),
        reader.size64(),
      ]
      if (kind === LAST) break
      const known = KINDS.get(kind)
      if (kind === COMMENT || sectors === 0) continue
      if (!known) throw new FormatError('unsupported', `chunks of a kind 0x${kind.toString(16)}`)
      if (chunks.length >= MOST_CHUNKS) throw new FormatError('unsupported', `over ${MOST_CHUNKS} chunks`)
      chunks.push({ kind: known, sector: first + sector, sectors, at: from + at, length })
    }
  }
  return chunks.sort((a, b) => a.sector - b.sector)
}

/** What stands in base 64 in the list `blkx` of the property list. */
function* tablesIn(text: string): Generator<Buffer> {
  const start = text.indexOf('<key>blkx</key>')
  const end = text.indexOf('</array>', start)
  if (start < 0 || end < 0) throw new FormatError('structure', 'no list of tables')
  for (let at = start; ; ) {
    const from = text.indexOf('<data>', at)
    const to = text.indexOf('</data>', from)
    if (from < 0 || to < 0 || to > end) return
    yield Buffer.from(text.slice(from + 6, to), 'base64')
    at = to
  }
}
