import { type Bytes, forEachWindow, latin1, Reader } from '@messlatte/bytes'

/** What the ROM looks for, in front of what the flash is (0xaa for NOR, 0 for NAND). */
export const MAGIC = '\x06\x05\x04\x03\x02\x55\xaa\x55'
const HEADER = 16
/** What the ROM needs lies in front of it, the code behind. */
export const CODE_AT = 2048
const MOST = 1024 * 1024
/** Room for what secure boot verifies; all zeros or all ones where it is not used. */
export const SIGNATURE = { at: 512, length: 1536 } as const
const INFO_AT = 0x100
const INFO = 'INGE'
const STEP = 256 * 1024

/** U-Boot of Ingenic, arch/mips/cpu/xburst/t31/start.S and tools/ingenic-tools/spi_checksum.c: little endian. */
export interface IngenicSpl {
  readonly flash: 'nor' | 'nand'
  /** CRC-7 of all behind the first 2048 bytes. */
  readonly crc: number
  /** Bytes, with what lies in front of the code. */
  readonly length: number
  /** Whether there is something in the room for a signature. */
  readonly signed: boolean
  /** Whether there is a block of settings for the clocks. */
  readonly clocks: boolean
}

export function parseIngenicSpl(bytes: Bytes, at: number): IngenicSpl | undefined {
  if (at + CODE_AT > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const [kind, crc] = [reader.u8(), reader.u8()]
  reader.skip(2)
  const length = reader.u32()
  if ((kind !== 0xaa && kind !== 0) || crc > 0x7f || length <= CODE_AT || length > MOST) return undefined
  const clocks = latin1(bytes.view(at + INFO_AT, INFO.length)) === INFO
  const room = bytes.view(at + SIGNATURE.at, SIGNATURE.length)
  const signed = room.some((byte) => byte !== 0 && byte !== 0xff)
  return { flash: kind === 0xaa ? 'nor' : 'nand', crc, length, signed, clocks }
}

/** CRC-7 as of MMC (x^7 + x^3 + 1, starting with 0), most significant bit first. @throws BytesError */
export function crc7(bytes: Bytes, at: number, length: number): number {
  let crc = 0
  forEachWindow(bytes, at, at + length, STEP, 0, (window) => {
    for (const byte of window) crc = CRC7[((crc << 1) ^ byte) & 0xff] as number
    return true
  })
  return crc
}

const CRC7 = Uint8Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc ^ 0x89) << 1) & 0xff : (crc << 1) & 0xff
  return crc >> 1
})
