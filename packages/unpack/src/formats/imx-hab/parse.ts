import { type Bytes, Reader } from '@messlatte/bytes'

/** Tag and length of an image vector table; the version of HAB follows. */
const HEADER = '\xd1\x00\x20'
export const MAGICS = ['\x40', '\x41', '\x42', '\x43'].map((version) => HEADER + version)
export const IVT_SIZE = 32
const BOOT_DATA_SIZE = 12
const DCD = 0xd2
const CSF = 0xd4
/** Bytes: in front of the table images may have a partition table, or settings of the flash. */
const MAX_BEFORE = 0x10000
const MAX_LENGTH = 0x20000000
/** Bytes: boot data stands right behind the table, or close to it. */
const MAX_TO_BOOT_DATA = 0x1000

/** Bytes from the image vector table. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** NXP, HAB version 4 API reference, "Image Vector Table" and "Boot Data". Addresses and sizes are little endian. */
export interface HabImage {
  /** `4.0` to `4.3`. */
  readonly version: string
  /** Where the table is loaded to: addresses minus this are bytes from the table. */
  readonly self: number
  readonly entry: number
  readonly bootData: Stretch
  readonly plugin: boolean
  readonly dcd: Stretch | undefined
  /** Where the table says that commands stand. */
  readonly csfAt: number | undefined
  /** The commands, where there are some. */
  readonly csf: Stretch | undefined
  /** As boot data has it, or the end of the bytes. */
  readonly end: number
}

/** The image at whose vector table `at` points, or undefined. */
export function parseHab(bytes: Bytes, at: number): HabImage | undefined {
  if (at + IVT_SIZE + BOOT_DATA_SIZE > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, IVT_SIZE), 'little')
  if (!MAGICS.includes(reader.latin1(4))) return undefined
  const [entry, zero, dcd, bootData, self, csf, last] = Array.from({ length: 7 }, () => reader.u32())
  if (entry === undefined || dcd === undefined || bootData === undefined || csf === undefined)
    return undefined
  if (zero !== 0 || last !== 0 || !self || bootData < self + IVT_SIZE) return undefined
  const bootAt = bootData - self
  if (bootAt > MAX_TO_BOOT_DATA || at + bootAt + BOOT_DATA_SIZE > bytes.size) return undefined
  const boot = new Reader(bytes.view(at + bootAt, BOOT_DATA_SIZE), 'little')
  const [start, length, plugin] = [boot.u32(), boot.u32(), boot.u32()]
  const end = start + length - self
  if (start > self || self - start > MAX_BEFORE || length > MAX_LENGTH || plugin > 1) return undefined
  if (end < bootAt + BOOT_DATA_SIZE || entry < start || entry >= start + length) return undefined
  const inside = (address: number) => address > self && address - self < end
  if ((dcd !== 0 && !inside(dcd)) || (csf !== 0 && !inside(csf))) return undefined
  const data = dcd === 0 ? undefined : headed(bytes, at, dcd - self, end, DCD)
  if (dcd !== 0 && !data && at + dcd - self + 4 <= bytes.size) return undefined
  return {
    version: `4.${(bytes.view(at + 3, 1)[0] as number) - 0x40}`,
    self,
    entry,
    bootData: { from: bootAt, to: bootAt + BOOT_DATA_SIZE },
    plugin: plugin === 1,
    dcd: data,
    csfAt: csf === 0 ? undefined : csf - self,
    csf: csf === 0 ? undefined : headed(bytes, at, csf - self, end, CSF),
    end,
  }
}

/** A structure with tag, length (big endian) and version, where one stands. */
function headed(bytes: Bytes, at: number, from: number, end: number, tag: number): Stretch | undefined {
  if (at + from + 4 > bytes.size) return undefined
  const reader = new Reader(bytes.view(at + from, 4), 'big')
  const [found, length, version] = [reader.u8(), reader.u16(), reader.u8()]
  if (found !== tag || length < 4 || from + length > end || version < 0x40 || version > 0x45) return undefined
  return { from, to: from + length }
}
