import { type EntryMeta, FormatError, type Sink } from '../../contract.ts'
import { copyStretch } from '../members.ts'
import { gathered, Pieces, showPieces, type Trouble } from '../pieces.ts'
import { type Extent, parseExtent } from './extents.ts'
import type { BtrfsFile } from './subvolumes.ts'
import { checkSums } from './sums.ts'
import { unpack } from './unpack.ts'
import { type Tell, TYPE, type Volume } from './volume.ts'

/** A file with more bytes in holes, parts of which are packed, is listed without its content. */
const MOST_HOLES = 2 ** 31

/** Shows a file: where it lies as it is, from there; else put together and unpacked. */
export function showFile(volume: Volume, file: BtrfsFile, meta: EntryMeta, sink: Sink): void {
  const { trouble, tell } = gathered()
  const { tree, inode, size, isUnsummed } = file
  const extents: Extent[] = []
  const wanted = { object: inode, type: TYPE.extent, from: 0, to: size }
  // A checksum of a node that differs was told when names were read.
  const lost: Tell = ({ code, message }) => {
    if (code !== 'checksum') trouble(code === 'loop' ? code : 'structure', message)
  }
  for (const item of volume.items(tree, lost, wanted)) {
    const extent = item.object === inode && item.type === TYPE.extent ? parseExtent(item) : undefined
    if (!extent || extent.at >= size) continue
    const last = extents.at(-1)
    const isInOrder = extent.at >= (last ? last.at + last.length : 0)
    if (isInOrder && (extent.inline || extent.at % volume.superblock.sectorSize === 0)) extents.push(extent)
    else trouble('structure', 'extents that are not in order')
  }
  const isPlain = extents.every(({ inline, compression }) => inline === undefined && compression === 0)
  const stored = extents.reduce((sum, { length }) => sum + length, 0)
  if (extents.some(({ isEncrypted }) => isEncrypted)) {
    sink.problem('unsupported', 'its content is encrypted', meta.path)
    sink.entry(meta)
  } else if (isPlain) {
    const pieces = new Pieces(volume.region, size, trouble)
    for (const extent of extents) {
      const from = placeOf(volume, extent, trouble)
      if (from !== undefined) pieces.add(extent.at, extent.length, from)
    }
    if (!isUnsummed) for (const extent of extents) checkSums(volume, sumsOf(extent), trouble)
    showPieces(meta, size, pieces.list, sink)
  } else if (size - stored > MOST_HOLES) {
    trouble('unsupported', `${size} bytes, ${stored} of them stored: it is not put together`)
    sink.entry(meta)
  } else {
    sink.file(meta, size, (out) => {
      const unpackOnce = remembering(volume)
      for (const extent of extents) {
        fill(volume, extent, unpackOnce, out.subarray(extent.at, extent.at + extent.length), trouble)
        if (!isUnsummed && !extent.inline) checkSums(volume, sumsOf(extent), trouble)
      }
    })
  }
  tell(sink, meta.path)
}

/** Sums are over what is stored: of what is packed, all of it. */
function sumsOf({ disk, diskLength, skip, length, compression }: Extent): {
  readonly logical: number
  readonly length: number
} {
  return compression === 0 ? { logical: disk + skip, length } : { logical: disk, length: diskLength }
}

function placeOf(volume: Volume, extent: Extent, trouble: Trouble): number | undefined {
  try {
    return volume.placeOf(extent.disk + extent.skip, extent.length)
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    trouble(error.code, `${error.message}; that part is shown as zeros`)
    return undefined
  }
}

type Unpack = (extent: Extent) => Uint8Array

/** What was changed in the middle names the rest of its old extent twice, one behind the other. */
function remembering(volume: Volume): Unpack {
  let last: { readonly disk: number; readonly content: Uint8Array } | undefined
  return ({ inline, disk, diskLength, unpacked, compression }) => {
    if (!inline && last?.disk === disk) return last.content
    if (diskLength > MOST_PACKED) throw new FormatError('structure', `${diskLength} bytes packed at once`)
    const input = inline ?? new Uint8Array(diskLength)
    if (!inline) volume.bytes.copy(volume.placeOf(disk, diskLength), input)
    const content = unpack(compression, input, unpacked, volume.superblock.sectorSize)
    if (!inline) last = { disk, content }
    return content
  }
}

/** Packed extents are of at most so many bytes. */
const MOST_PACKED = 256 * 1024

/** @throws FormatError, BytesError, DecodeError */
function fill(volume: Volume, extent: Extent, unpackOnce: Unpack, out: Uint8Array, trouble: Trouble): void {
  const { inline, skip, compression } = extent
  if (compression !== 0) out.set(unpackOnce(extent).subarray(skip, skip + out.length))
  else if (inline) out.set(inline.subarray(0, out.length))
  else copyPlain(volume, extent, out, trouble)
}

function copyPlain(volume: Volume, extent: Extent, out: Uint8Array, trouble: Trouble): void {
  const from = placeOf(volume, extent, trouble)
  if (from === undefined) return
  const there = Math.max(0, Math.min(out.length, volume.region.end - from))
  if (there < out.length) trouble('truncated', 'the image ends within it; the rest is shown as zeros')
  copyStretch(volume.bytes, from, out.subarray(0, there))
}
