import { crc32 } from 'node:zlib'
import { type Bytes, cString, Reader } from '@messlatte/bytes'

export const MAGIC = 'RBL\0'
export const HEADER_BYTES = 96
/** Bytes of flash that these chips have at most. */
const MOST = 16 * 1024 * 1024

export const ENCRYPTIONS = ['none', 'xor', 'aes-256'] as const
export const COMPRESSIONS = ['none', 'gzip', 'quicklz', 'fastlz'] as const

/** RT-Thread's OTA container, as Beken's SDK has it: little endian. Facts: ltchiptool, LibreTiny documentation. */
export interface RblHeader {
  readonly encryption: (typeof ENCRYPTIONS)[number]
  readonly compression: (typeof COMPRESSIONS)[number]
  /** Seconds since 1970. */
  readonly time: number
  /** Byte strings. */
  readonly name: string
  readonly version: string
  readonly serial: string
  /** CRC-32 of what follows. */
  readonly crc: number
  /** FNV-1a, 32 bits, of what it is when unpacked. */
  readonly hash: number
  /** Bytes, unpacked and as they follow. */
  readonly rawBytes: number
  readonly packedBytes: number
}

/** The header at `at`, or undefined: its own CRC has to hold. */
export function parseRbl(bytes: Bytes, at: number): RblHeader | undefined {
  if (at + HEADER_BYTES > bytes.size) return undefined
  const view = bytes.view(at, HEADER_BYTES)
  const reader = new Reader(view, 'little')
  if (reader.latin1(4) !== MAGIC) return undefined
  const [encryption, compression] = [ENCRYPTIONS[reader.u8()], COMPRESSIONS[reader.u8()]]
  reader.skip(2)
  const time = reader.u32()
  const [name, version, serial] = [16, 24, 24].map((length) => cString(reader.take(length)))
  const [crc, hash, rawBytes, packedBytes] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  if (!encryption || !compression || packedBytes > MOST || rawBytes > MOST) return undefined
  if (crc32(view.subarray(0, HEADER_BYTES - 4)) !== reader.u32()) return undefined
  return {
    encryption,
    compression,
    time,
    name: name as string,
    version: version as string,
    serial: serial as string,
    crc,
    hash,
    rawBytes,
    packedBytes,
  }
}
