import { lz4Block, lzo1x, Reader, zstdBlock } from '@messlatte/bytes'
import { type EntryMeta, FormatError, type Sink } from '../../contract.ts'
import { gathered, Pieces, showPieces, type Trouble } from '../pieces.ts'
import { ADVICE, type Compression, INLINE, type Inode, readInode } from './inode.ts'
import { HOLE, KEPT, PACKED, tablesOf } from './map.ts'
import { f2fsSum } from './sum.ts'
import { BLOCK } from './superblock.ts'
import { inlineContent } from './tree.ts'
import type { Volume } from './volume.ts'

/** In front of what is compressed: its length and, where the inode says so, its checksum. */
const HEADER = 24
/** Compressed files with more bytes in holes are listed without their content. */
const MOST_HOLES = 2 ** 31

/** Shows a file: where it lies as it is, from there; else unpacked, cluster by cluster. */
export function showFile(volume: Volume, number: number, meta: EntryMeta, sink: Sink): void {
  const { trouble, tell } = gathered()
  const inode = readInode(volume, number)
  if ((inode.advice & ADVICE.encrypted) !== 0) {
    sink.problem('unsupported', 'its content is encrypted', meta.path)
    sink.entry(meta)
  } else if ((inode.inline & INLINE.data) !== 0) {
    const content = inlineContent(inode)
    sink.file(meta, content.length, (out) => out.set(content))
  } else if (inode.compression) showCompressed(volume, inode, inode.compression, meta, sink, trouble)
  else {
    const pieces = new Pieces(volume.region, inode.size, trouble)
    for (const { first, addresses } of tablesOf(volume, inode, trouble)) {
      for (const [index, address] of addresses.entries()) {
        if (address === HOLE || address === KEPT) continue
        const from = placeOf(volume, address, trouble)
        if (from !== undefined) pieces.add((first + index) * BLOCK, BLOCK, from)
      }
    }
    showPieces(meta, inode.size, pieces.list, sink)
  }
  tell(sink, meta.path)
}

function showCompressed(
  volume: Volume,
  inode: Inode,
  compression: Compression,
  meta: EntryMeta,
  sink: Sink,
  trouble: Trouble,
): void {
  const { size } = inode
  let stored = 0
  for (const { addresses } of tablesOf(volume, inode, trouble))
    stored += addresses.filter((address) => address !== HOLE).length * BLOCK
  if (size - stored > MOST_HOLES) {
    trouble('unsupported', `${size} bytes, ${stored} of them stored: it is not put together`)
    sink.entry(meta)
    return
  }
  sink.file(meta, size, (out) => {
    for (const { first, addresses } of tablesOf(volume, inode, trouble)) {
      for (let at = 0; at < addresses.length; at += compression.cluster) {
        const cluster = addresses.slice(at, at + compression.cluster)
        const part = out.subarray((first + at) * BLOCK, (first + at + compression.cluster) * BLOCK)
        if (cluster[0] === PACKED) unpack(volume, cluster.slice(1), compression, part)
        else copyBlocks(volume, cluster, part, trouble)
      }
    }
  })
}

function copyBlocks(volume: Volume, addresses: readonly number[], out: Uint8Array, trouble: Trouble): void {
  for (const [index, address] of addresses.entries()) {
    if (address === HOLE || address === KEPT) continue
    const from = placeOf(volume, address, trouble)
    if (from === undefined) continue
    if (from + BLOCK > volume.region.end) {
      trouble('truncated', 'the image ends within it; the rest is shown as zeros')
      continue
    }
    volume.bytes.copy(from, out.subarray(index * BLOCK, (index + 1) * BLOCK))
  }
}

/** @throws FormatError, BytesError, DecodeError */
function unpack(
  volume: Volume,
  addresses: readonly number[],
  { algorithm, cluster, hasChecksums }: Compression,
  out: Uint8Array,
): void {
  const blocks = addresses.filter((address) => address !== HOLE && address !== KEPT)
  const packed = Buffer.concat(blocks.map((address) => volume.block(address)))
  const reader = new Reader(packed, 'little')
  const [length, sum] = [reader.u32(), reader.u32()]
  if (HEADER + length > packed.length)
    throw new FormatError('structure', `${length} compressed bytes in ${packed.length}`)
  const input = packed.subarray(HEADER, HEADER + length)
  if (hasChecksums && f2fsSum(input) !== sum)
    throw new FormatError('checksum', 'the checksum of what is compressed differs')
  const plain = new Uint8Array(cluster * BLOCK)
  switch (algorithm) {
    case 0:
      lzo1x(input, plain)
      break
    case 1:
      lz4Block(input, plain)
      break
    case 2:
      zstdBlock(input, plain)
      break
    default:
      throw new FormatError('unsupported', `compressed in a way with the number ${algorithm}`)
  }
  out.set(plain.subarray(0, out.length))
}

function placeOf(volume: Volume, address: number, trouble: Trouble): number | undefined {
  try {
    return volume.placeOf(address)
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    trouble(error.code, error.message)
    return undefined
  }
}
