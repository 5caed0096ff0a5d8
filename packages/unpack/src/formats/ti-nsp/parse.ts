import { type Bytes, cString, latin1, Reader } from '@messlatte/bytes'
import { cksumEnd, crc32HighOf } from '../cksum.ts'
import { distinctPaths, type Stored } from '../members.ts'

/** 0x4d544443 in little endian. */
export const MAGIC = 'CDTM'
const HEAD = 48
const SECTION = 40
const MOST_SECTIONS = 32
/** Bytes of a mark and of a checksum of the whole image, which update files have behind it. */
export const TAIL = 8
const TAIL_MARK = 0xc453de23
const MOST = 64 * 1024 * 1024
const NAME = /^[\x21-\x7e]+$/

/** OpenWrt firmware-utils, mktitanimg.h: little endian, offsets from the start of the header. */
export interface TiNsp {
  readonly sections: readonly NspSection[]
  /** Checksum behind the image; undefined where there is none. */
  readonly whole: number | undefined
  readonly end: number
}

interface NspSection {
  readonly path: string
  readonly content: Stored
  readonly sum: number
}

/** The image at `at`, or undefined where its sections do not fit it. */
export function parseTiNsp(bytes: Bytes, at: number): TiNsp | undefined {
  if (at + HEAD > bytes.size) return undefined
  const head = new Reader(bytes.view(at, HEAD), 'little')
  if (latin1(head.take(4)) !== MAGIC) return undefined
  head.skip(12)
  const headerSize = head.u32()
  head.skip(12)
  const [size, , sectionsInfo] = [head.u32(), head.u32(), head.u32()]
  if (headerSize <= HEAD || headerSize > size || size > MOST || at + headerSize > bytes.size) return undefined
  const header = new Reader(bytes.view(at, headerSize), 'little', sectionsInfo)
  const [count, step, from] = [header.u32(), header.u32(), header.u32()]
  if (count === 0 || count > MOST_SECTIONS || step !== SECTION) return undefined
  const pathOf = distinctPaths()
  const sections: NspSection[] = []
  for (let index = 0; index < count; index++) {
    header.at = from + index * SECTION
    const [offset, , length, , sum] = [header.u32(), header.u32(), header.u32(), header.u32(), header.u32()]
    header.skip(4)
    const name = cString(header.take(16))
    if (
      !NAME.test(name) ||
      name.includes('/') ||
      offset < headerSize ||
      length === 0 ||
      offset + length > size
    )
      return undefined
    sections.push({ path: pathOf(name, index), content: { at: at + offset, length }, sum })
  }
  const whole = tailAt(bytes, at + size)
  return { sections, whole, end: at + size + (whole === undefined ? 0 : TAIL) }
}

function tailAt(bytes: Bytes, at: number): number | undefined {
  if (at + TAIL > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, TAIL), 'little')
  const [mark, sum] = [reader.u32(), reader.u32()]
  return mark === TAIL_MARK ? sum : undefined
}

/** @throws BytesError */
export function cksumOf(bytes: Bytes, { at, length }: Stored): number {
  return cksumEnd(crc32HighOf(bytes, at, length, 0), length)
}
