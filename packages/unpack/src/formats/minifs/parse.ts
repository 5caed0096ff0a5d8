import { type Bytes, latin1, MAX_VIEW, Reader } from '@messlatte/bytes'

/** Behind the name, zeros and a 3: a version, as far as is known. */
export const MAGIC = `MINIFS${'\0'.repeat(10)}\0\0\0\x03`
const HEADER = 32
const FILE = 20
const CHUNK = 12
const MOST_FILES = 0x10000
/** Bytes of a chunk: several files in one LZMA stream. */
const MOST_CHUNK = MAX_VIEW

export interface MinifsFile {
  /** Byte string. */
  readonly path: string
  readonly chunk: number
  /** Within what its chunk unpacks to. */
  readonly offset: number
  readonly length: number
}

export interface MinifsChunk {
  readonly at: number
  /** Bytes, packed and unpacked. */
  readonly packed: number
  readonly length: number
}

export interface Minifs {
  readonly files: readonly MinifsFile[]
  readonly chunks: readonly MinifsChunk[]
  readonly end: number
}

/** The tables at `start` (big endian), or undefined: all of them have to hold. */
export function parseMinifs(bytes: Bytes, start: number): Minifs | undefined {
  if (start + HEADER > bytes.size || latin1(bytes.view(start, MAGIC.length)) !== MAGIC) return undefined
  const header = new Reader(bytes.view(start, HEADER), 'big', MAGIC.length)
  const count = header.u32()
  header.skip(4)
  const nameLength = header.u32()
  const filesAt = start + HEADER + nameLength
  const chunksAt = filesAt + count * FILE
  if (count === 0 || count > MOST_FILES || nameLength === 0 || nameLength > MAX_VIEW || chunksAt > bytes.size)
    return undefined
  const names = bytes.view(start + HEADER, nameLength)
  const files = readFiles(new Reader(bytes.view(filesAt, count * FILE), 'big'), names, count)
  const most = files?.reduce((last, { chunk }) => Math.max(last, chunk), 0) ?? 0
  if (!files || most >= MOST_FILES || chunksAt + (most + 1) * CHUNK > bytes.size) return undefined
  const chunks = readChunks(
    new Reader(bytes.view(chunksAt, (most + 1) * CHUNK), 'big'),
    chunksAt + (most + 1) * CHUNK,
  )
  if (!chunks || files.some(({ chunk, offset, length }) => offset + length > (chunks[chunk]?.length ?? 0)))
    return undefined
  return { files, chunks, end: chunks.reduce((end, { at, packed }) => Math.max(end, at + packed), 0) }
}

function readFiles(reader: Reader, names: Uint8Array, count: number): readonly MinifsFile[] | undefined {
  const files: MinifsFile[] = []
  for (let i = 0; i < count; i++) {
    const [folder, name] = [textAt(names, reader.u32()), textAt(names, reader.u32())]
    if (folder === undefined || name === undefined || name === '') return undefined
    const path = [...folder.split('/'), name].filter((part) => part !== '').join('/')
    files.push({ path, chunk: reader.u32(), offset: reader.u32(), length: reader.u32() })
  }
  return files
}

const MOST_TEXT = 1024

function textAt(names: Uint8Array, at: number): string | undefined {
  if (at >= names.length) return undefined
  const view = names.subarray(at, at + MOST_TEXT)
  const end = view.indexOf(0)
  return end < 0 ? undefined : latin1(view.subarray(0, end))
}

function readChunks(reader: Reader, dataAt: number): readonly MinifsChunk[] | undefined {
  const chunks: MinifsChunk[] = []
  while (reader.left > 0) {
    const [offset, packed, length] = [reader.u32(), reader.u32(), reader.u32()]
    if (packed === 0 || packed > MOST_CHUNK || length > MOST_CHUNK) return undefined
    chunks.push({ at: dataAt + offset, packed, length })
  }
  return chunks
}
