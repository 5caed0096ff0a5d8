import { type Bytes, BytesError, latin1, type MappedBytes, mappedBytes, Reader } from '@messlatte/bytes'
import type { Region, Sink } from '../../contract.ts'
import { FormatError } from '../../contract.ts'
import { type Fork, forkAt, type Header, nodeSizeOf, piecesOf } from './volume.ts'

/** An entry of the catalog. */
export interface Entry {
  readonly id: number
  readonly parent: number
  /** Byte string in UTF-8. */
  readonly name: string
  readonly isDirectory: boolean
  /** Unix mode with its type bits; 0 where none was kept. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly mtime: number
  /** A device's number, or that of what a hard link leads to. */
  readonly special: number
  readonly isCompressed: boolean
  readonly isLink: boolean
  readonly content: Fork | undefined
}

const LEAF = 0xff
const HEADER_NODE = 512
const KIND = { folder: 1, file: 2 } as const
const COMPRESSED = 0x20
/** Between the first second of 1904 and that of 1970. */
const EPOCH = 2_082_844_800
const HARD_LINK = 'hlnkhfs+'

/** Records of the leaves of a tree, in the order of the nodes: a node that is damaged costs itself. */
export function* recordsOf(
  bytes: Bytes,
  region: Region,
  header: Header,
  fork: Fork,
  problem: Sink['problem'],
): Generator<Uint8Array> {
  const size = Math.min(fork.size, region.end - region.start)
  const tree = treeBytes(bytes, region, header, { ...fork, size }, problem)
  if (!tree || size < HEADER_NODE) return
  const nodeSize = nodeSizeOf(tree.view(0, HEADER_NODE))
  for (let at = nodeSize; at + nodeSize <= size; at += nodeSize) {
    const node = tree.view(at, nodeSize)
    if (node[8] !== LEAF) continue
    const count = new Reader(node, 'big', 10).u16()
    for (let i = 0; i < count; i++) {
      const offsetAt = nodeSize - 2 * (i + 1)
      if (offsetAt < 14 + 2) break
      const from = new Reader(node, 'big', offsetAt).u16()
      const to = new Reader(node, 'big', offsetAt - 2).u16()
      if (from < 14 || to <= from || to > nodeSize) {
        problem('structure', `a record of the tree at ${at} that does not fit`)
        break
      }
      yield node.subarray(from, to)
    }
  }
}

function treeBytes(
  bytes: Bytes,
  region: Region,
  header: Header,
  { size, extents }: Fork,
  problem: Sink['problem'],
): MappedBytes | undefined {
  const pieces = piecesOf(region, header, size, extents, (code, message) =>
    problem(code, `a tree: ${message}`),
  )
  return pieces.length === 0 ? undefined : mappedBytes(bytes, size, pieces)
}

/** An entry of the catalog; undefined for what only leads back to one. */
export function parseEntry(record: Uint8Array): Entry | undefined {
  try {
    const key = new Reader(record, 'big')
    const length = key.u16()
    const parent = key.u32()
    const name = nameOf(key.take(key.u16() * 2))
    const data = record.subarray(2 + length + (length % 2))
    const kind = new Reader(data, 'big').u16()
    if (kind !== KIND.folder && kind !== KIND.file) return undefined
    const u32 = (at: number) => new Reader(data, 'big', at).u32()
    const isDirectory = kind === KIND.folder
    return {
      id: u32(8),
      parent,
      name,
      isDirectory,
      mode: new Reader(data, 'big', 42).u16(),
      uid: u32(32),
      gid: u32(36),
      mtime: u32(16) - EPOCH,
      special: u32(44),
      isCompressed: ((data[41] as number) & COMPRESSED) !== 0,
      isLink: !isDirectory && latin1(data.subarray(48, 56)) === HARD_LINK,
      content: isDirectory ? undefined : forkAt(data, 88),
    }
  } catch (error) {
    if (error instanceof BytesError) throw new FormatError('structure', 'an entry of the catalog is cut')
    throw error
  }
}

/** In UTF-16, and with the sign between folders where Unix has its own. */
function nameOf(units: Uint8Array): string {
  const text = Buffer.from(units).swap16().toString('utf16le')
  return latin1(Buffer.from(text.replaceAll('/', ':')))
}

/** Further stretches of contents in more than eight: by the entry they belong to, from their first block on. */
export interface Overflow {
  readonly id: number
  readonly first: number
  readonly record: Uint8Array
}

/** Of contents only; undefined for those of resources. */
export function parseOverflow(record: Uint8Array): Overflow | undefined {
  if (record.length < 12 + 64) return undefined
  const reader = new Reader(record, 'big', 2)
  const fork = reader.u8()
  reader.skip(1)
  const [id, first] = [reader.u32(), reader.u32()]
  return fork === 0 ? { id, first, record: record.subarray(12) } : undefined
}
