import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { rc4Cipher } from '../rc4.ts'
import { isSpread } from './spread.ts'

/** The start of every header as it is stored: magic and zeros under the key that everybody has. */
export const V1_MAGIC = '\x3b\x8c\xdc\xfc\xbe\x9f\x9d\x51'
/** What Rockchip's ROMs decipher with. */
export const ROM_KEY = Uint8Array.from([
  0x7c, 0x4e, 0x03, 0x04, 0x55, 0x05, 0x09, 0x07, 0x2d, 0x2c, 0x7b, 0x38, 0x17, 0x0d, 0x17, 0x11,
])
const PLAIN_MAGIC = 0x0ff0aa55
const SECTOR = 512
const RESERVED_AT = 16
const SIZES_AT = 506
/** Sectors: what mkimage adds where it is not told what the ROM loads second. */
const ROOM = 1024

/** U-Boot, tools/rkcommon.c (`header0_info`): little endian, all of it under RC4. Bytes are counted from the header. */
export interface RockchipIdbV1 {
  /** Only every other 2 KiB count: all other numbers are those without the ones between. */
  readonly spread: boolean
  /** The first program is under RC4 too, each sector by itself. */
  readonly hidden: boolean
  /** Four characters in front of the first program, deciphered: `RK33`. */
  readonly tag: string
  readonly first: { readonly at: number; readonly length: number }
  /** Undefined where the header only leaves room for it. */
  readonly second: { readonly at: number; readonly length: number } | undefined
  /** As it lies there, in bytes from the header. */
  readonly end: number
}

/** A header whose magic, flag, sizes and zeros all agree; undefined otherwise. */
export function parseRockchipIdbV1(bytes: Bytes, at: number): RockchipIdbV1 | undefined {
  if (at + SECTOR > bytes.size || latin1(bytes.view(at, V1_MAGIC.length)) !== V1_MAGIC) return undefined
  const head = deciphered(bytes, at)
  const reader = new Reader(head, 'little')
  const [magic, zero, plain, offset] = [reader.u32(), reader.u32(), reader.u32(), reader.u16()]
  // Rockchip's own tool writes the offset twice.
  const again = reader.u16()
  if (magic !== PLAIN_MAGIC || zero !== 0 || plain > 1 || offset === 0) return undefined
  if (again !== 0 && again !== offset) return undefined
  if (head.subarray(RESERVED_AT, SIZES_AT).some((byte) => byte !== 0)) return undefined
  const sizes = new Reader(head, 'little', SIZES_AT)
  const [init, both] = [sizes.u16(), sizes.u16()]
  if (init === 0 || both < init) return undefined
  const first = { at: offset * SECTOR, length: init * SECTOR }
  const spread = isSpread(bytes, at)
  const firstAt = at + first.at * (spread ? 2 : 1)
  if (firstAt + SECTOR > bytes.size) return undefined
  const rest = both - init
  const second =
    rest === 0 || rest === ROOM ? undefined : { at: first.at + first.length, length: rest * SECTOR }
  const hidden = plain === 0
  const start = hidden ? deciphered(bytes, firstAt) : bytes.view(firstAt, 4)
  const last = second ?? first
  const end = (last.at + last.length) * (spread ? 2 : 1)
  return { spread, hidden, tag: latin1(start.subarray(0, 4)), first, second, end }
}

function deciphered(bytes: Bytes, at: number): Uint8Array {
  const sector = Uint8Array.from(bytes.view(at, SECTOR))
  rc4Cipher(ROM_KEY).decrypt(sector)
  return sector
}
