import { lzo1x, memoryBytes, Reader, zlibBlock, zstdStream } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'

/** Linux packs no more at once, in bytes. */
const MOST_UNPACKED = 128 * 1024

/** Unpacks an extent (Linux, fs/btrfs/{zlib,lzo,zstd}.c). @throws FormatError, DecodeError, BytesError */
export function unpack(
  compression: number,
  input: Uint8Array,
  unpacked: number,
  sectorSize: number,
): Uint8Array {
  if (unpacked > MOST_UNPACKED) throw new FormatError('structure', `${unpacked} bytes packed at once`)
  const out = new Uint8Array(unpacked)
  switch (compression) {
    case 1:
      zlibBlock(input, out)
      return out
    case 2:
      lzoSegments(input, out, sectorSize)
      return out
    case 3:
      zstdFrame(input, out)
      return out
    default:
      throw new FormatError('unsupported', `packed in a way with the number ${compression}`)
  }
}

/** Segments that become a sector each, behind their lengths; a length does not go over the border of a sector. */
function lzoSegments(input: Uint8Array, out: Uint8Array, sectorSize: number): void {
  const end = new Reader(input, 'little').u32()
  if (end > input.length) throw new FormatError('structure', `${end} packed bytes in ${input.length}`)
  for (let at = 4, done = 0; at + 4 <= end && done < out.length; ) {
    const left = sectorSize - (at % sectorSize)
    if (left < 4) at += left
    const length = new Reader(input, 'little', at).u32()
    if (at + 4 + length > end) throw new FormatError('structure', 'a packed segment that does not fit')
    done += lzo1x(input.subarray(at + 4, at + 4 + length), out.subarray(done, done + sectorSize))
    at += 4 + length
  }
}

/** The frame ends before its last sector does. */
function zstdFrame(input: Uint8Array, out: Uint8Array): void {
  let done = 0
  const { problem } = zstdStream(memoryBytes(input), 0, (chunk) => {
    out.set(chunk.subarray(0, out.length - done), done)
    done = Math.min(out.length, done + chunk.length)
  })
  if (problem && done < out.length) throw new FormatError('structure', problem.message)
}
