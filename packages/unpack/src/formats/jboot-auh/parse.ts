import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { jbootSum } from '../jboot-sum.ts'
import type { Stored } from '../members.ts'

/** Behind four words of zeros. */
export const MAGIC = '\x42\x48'
export const MAGIC_AT = 64
export const ZEROS = 16

export const HEADER = 80
const ROM_ID = 12
const MOST_VERSION = 4

/** Header of D-Link images for the boot loader JBOOT (OpenWrt, mkdlinkfw.c), little endian. */
export interface AuhHeader {
  /** Twelve characters, which differ from device to device. */
  readonly romId: string
  /** Bytes of plain content in an encrypted block; 0 where nothing is encrypted. */
  readonly blockSize: number
  /** Of the content. */
  readonly checksum: number
  readonly version: number
  /** Whether the checksum of the header is right. */
  readonly sound: boolean
  readonly image: Stored
}

/** The header at `at`, or undefined: its name has to be printable, and many words zero. */
export function parseAuh(bytes: Bytes, at: number): AuhHeader | undefined {
  if (at + HEADER > bytes.size) return undefined
  const view = bytes.view(at, HEADER)
  const reader = new Reader(view, 'little')
  const romId = latin1(reader.take(ROM_ID))
  reader.skip(2)
  const [checksum, blockSize] = [reader.u16(), reader.u32()]
  const [zeros, one, zero] = [reader.u32() + reader.u16(), reader.u8(), reader.u8()]
  reader.skip(16)
  const length = reader.u32()
  const empty = reader.take(ZEROS).every((byte) => byte === 0)
  const magic = latin1(reader.take(MAGIC.length))
  const [version, spare] = [reader.u16(), reader.u16()]
  if (magic !== MAGIC || !empty || zeros !== 0 || one !== 1 || zero !== 0 || spare !== 0) return undefined
  if (!/^[\x20-\x7e]{12}$/.test(romId) || version === 0 || version > MOST_VERSION || length === 0)
    return undefined
  const stored = new Reader(view, 'little', HEADER - 2).u16()
  return {
    romId,
    blockSize,
    checksum,
    version,
    sound: (~jbootSum(bytes, at, HEADER - 2) & 0xffff) === stored,
    image: { at: at + HEADER, length },
  }
}
