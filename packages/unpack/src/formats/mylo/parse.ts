import { crc32 } from 'node:zlib'
import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { crc32Of, type Stored } from '../members.ts'

export const MAGIC = '\0MYL'
const HEADER = 40
const CRC_AT = 4
const DESCRIPTOR = 16
const MOST_BLOCKS = 64
const [LAST, USED] = [0, 1] as const
const MOST = 64 * 1024 * 1024

/** OpenWrt firmware-utils, myloader.h: little endian. */
export interface Mylo {
  readonly crc: number
  readonly blocks: readonly MyloBlock[]
  readonly end: number
}

interface MyloBlock {
  /** In flash. */
  readonly address: number
  readonly content: Stored
}

/** The image at `at`, or undefined where its descriptors make no sense. */
export function parseMylo(bytes: Bytes, at: number): Mylo | undefined {
  if (at + HEADER + DESCRIPTOR > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  if (latin1(header.subarray(0, MAGIC.length)) !== MAGIC) return undefined
  const crc = new Reader(header, 'little', CRC_AT).u32()
  const found: { readonly address: number; readonly length: number }[] = []
  let place = at + HEADER
  for (;;) {
    if (found.length > MOST_BLOCKS || place + DESCRIPTOR > bytes.size) return undefined
    const reader = new Reader(bytes.view(place, DESCRIPTOR), 'little')
    const [type, address, length, room] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
    place += DESCRIPTOR
    if (type === LAST) break
    if (type !== USED || length > room || room > MOST) return undefined
    // A block without data is erased.
    if (length > 0) found.push({ address, length })
  }
  const blocks = found.map(({ address, length }): MyloBlock => {
    const content = { at: place, length }
    place += length
    return { address, content }
  })
  return blocks.length > 0 ? { crc, blocks, end: place } : undefined
}

/** Of all, with zeros in the place of the CRC. @throws BytesError */
export function crcOfMylo(bytes: Bytes, start: number, end: number): number {
  const behind = start + CRC_AT + 4
  const before = crc32(new Uint8Array(4), crc32Of(bytes, start, CRC_AT))
  return crc32Of(bytes, behind, end - behind, before)
}
