import { lzmaRaw, lzo1x, zlibBlock } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'

/** Numbers in inode nodes that say how their data is stored. */
export const STORED = { none: 0, zero: 1, rtime: 2, copy: 4, zlib: 6, lzo: 7, lzma: 8 } as const

/** Decompresses the data of one node into `output`, which is as long as the node says. @throws DecodeError, FormatError */
export function decompress(compression: number, data: Uint8Array, output: Uint8Array): void {
  const written = run(compression, data, output)
  if (written !== output.length)
    throw new FormatError('structure', `a node holds ${written} bytes instead of ${output.length}`)
}

function run(compression: number, data: Uint8Array, output: Uint8Array): number {
  switch (compression) {
    case STORED.zero:
      output.fill(0)
      return output.length
    case STORED.none:
    case STORED.copy:
      output.set(data.subarray(0, output.length))
      return Math.min(data.length, output.length)
    case STORED.rtime:
      return rtime(data, output)
    case STORED.zlib:
      return zlibBlock(data, output)
    case STORED.lzo:
      return lzo1x(data, output)
    case STORED.lzma:
      // OpenWrt stores neither header nor end mark, and has one set of properties.
      return lzmaRaw(data, output, { lc: 0, lp: 0, pb: 0 })
    default:
      throw new FormatError('unsupported', `compression ${compression}`)
  }
}

/** Each byte is followed by how many of those come again that stood behind its last occurrence. */
export function rtime(data: Uint8Array, output: Uint8Array): number {
  const behind = new Uint32Array(256)
  let written = 0
  for (let at = 0; at + 1 < data.length && written < output.length; at += 2) {
    const value = data[at] as number
    output[written++] = value
    let from = behind[value] as number
    behind[value] = written
    for (let left = data[at + 1] as number; left > 0 && written < output.length; left--)
      output[written++] = output[from++] as number
  }
  return written
}
