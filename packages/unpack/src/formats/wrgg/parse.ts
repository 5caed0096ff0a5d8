import { type Bytes, cString, type Endian, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

/** Behind a signature of 32 bytes, twice. Of WRGG, the magic is little endian whatever the other numbers are. */
export const MAGIC_AT = 32
export const MAGICS = { wrgg: '\x21\x03\x08\x20', wrgLittle: '\x20\x02\x04\x20', wrgBig: '\x20\x04\x02\x20' }

/** Bytes of the header: of WRG (2004), and of WRGG (2008), which has versions. */
const WRG = 96
const WRGG = 160

/** Image header of D-Link devices by Alpha Networks (OpenWrt, mkwrgimg.c and mkwrggimg.c). */
export interface WrgHeader {
  readonly kind: 'wrg' | 'wrgg'
  /** Byte strings; those of WRGG only are undefined in WRG. */
  readonly signature: string
  readonly version: string | undefined
  readonly model: string | undefined
  readonly build: string | undefined
  /** Where it goes to, such as `/dev/mtdblock/1`. */
  readonly device: string
  /** MD5 of the offset, the device and the image, in hex. */
  readonly md5: string
  /** What the MD5 covers before the image: the offset and the device. */
  readonly salt: Stored
  readonly image: Stored
}

/** The header at `at`, or undefined for what is none. */
export function parseWrgHeader(bytes: Bytes, at: number): WrgHeader | undefined {
  if (at + WRG > bytes.size) return undefined
  const magic = Buffer.from(bytes.view(at + MAGIC_AT, 8)).toString('latin1')
  if (magic === MAGICS.wrgLittle.repeat(2)) return parseAs(bytes, at, 'wrg', 'little')
  if (magic === MAGICS.wrgBig.repeat(2)) return parseAs(bytes, at, 'wrg', 'big')
  if (magic !== MAGICS.wrgg.repeat(2) || at + WRGG > bytes.size) return undefined
  // Its byte order is not told: the one whose size is there wins, or else the smaller size.
  const both = [parseAs(bytes, at, 'wrgg', 'little'), parseAs(bytes, at, 'wrgg', 'big')]
  return both
    .filter((header) => header !== undefined)
    .sort((one, other) => one.image.length - other.image.length)[0]
}

function parseAs(bytes: Bytes, at: number, kind: 'wrg' | 'wrgg', endian: Endian): WrgHeader | undefined {
  const header = kind === 'wrg' ? WRG : WRGG
  const reader = new Reader(bytes.view(at, header), endian)
  const signature = cString(reader.take(32))
  reader.skip(8)
  const [version, model] = kind === 'wrg' ? [] : [cString(reader.take(16)), cString(reader.take(16))]
  if (kind === 'wrgg') reader.skip(16)
  const build = kind === 'wrg' ? undefined : cString(reader.take(16))
  const length = reader.u32()
  const salt = { at: at + reader.at, length: 36 }
  reader.skip(4)
  const device = cString(reader.take(32))
  const md5 = Buffer.from(reader.take(16)).toString('hex')
  if (length === 0 || !/^[\x20-\x7e]+$/.test(signature) || !/^[\x20-\x7e]*$/.test(device)) return undefined
  return { kind, signature, version, model, build, device, md5, salt, image: { at: at + header, length } }
}
