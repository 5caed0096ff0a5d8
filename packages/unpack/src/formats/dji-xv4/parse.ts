import { type Bytes, cString, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = 'xV4\x12'
const HEADER = 64
const ENTRY = 52
const SUM = 2
const SUM_START = 0x3692
const MOST_ENTRIES = 1000

export interface DjiModule extends Stored {
  /** Kind and model of what it is for, as DJI's users write them: `m0306`. */
  readonly target: string
  readonly version: string
  /** 0 for plain, 1 for the published key; others are not known. */
  readonly encryption: number
  /** Bytes once it is decrypted. */
  readonly size: number
  /** MD5, in hex: of what is stored, and of what is decrypted. */
  readonly storedMd5: string
  readonly md5: string
}

/** DJI's firmware container, little endian (dji-firmware-tools, dji_xv4_fwcon.py). */
export interface DjiContainer {
  readonly manufacturer: string
  readonly model: string
  readonly modules: readonly DjiModule[]
  readonly end: number
}

/** The container at `at`, or undefined: without the checksum of its table it is none. */
export function parseXv4(bytes: Bytes, at: number): DjiContainer | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = new Reader(bytes.view(at, HEADER), 'little')
  if (header.latin1(4) !== MAGIC) return undefined
  header.skip(2)
  const size = header.u16()
  header.skip(4)
  const [manufacturer, model, count] = [cString(header.take(16)), cString(header.take(16)), header.u16()]
  const summed = HEADER + count * ENTRY
  if (count === 0 || count > MOST_ENTRIES || size !== summed + SUM || at + size > bytes.size) return undefined
  const view = bytes.view(at, size)
  if (crc16(view.subarray(0, summed)) !== new Reader(view, 'little', summed).u16()) return undefined
  const modules = Array.from({ length: count }, (_, index) =>
    moduleAt(view, HEADER + index * ENTRY, at),
  ).filter(({ length }) => length > 0)
  const end = modules.reduce((last, module) => Math.max(last, module.at + module.length), at + size)
  return modules.every((module) => module.at >= at + size) ? { manufacturer, model, modules, end } : undefined
}

function moduleAt(view: Uint8Array, at: number, start: number): DjiModule {
  const reader = new Reader(view, 'little', at)
  const [target, coding] = [reader.u8(), reader.u8()]
  reader.skip(2)
  const [build, minor, major] = [reader.u16(), reader.u8(), reader.u8()]
  const [offset, length, size] = [reader.u32(), reader.u32(), reader.u32()]
  const two = (value: number, digits = 2) => String(value).padStart(digits, '0')
  return {
    target: `m${two(target & 31)}${two(target >>> 5)}`,
    version: `${two(major)}.${two(minor)}.${two(build, 4)}`,
    encryption: coding >>> 4,
    at: start + offset,
    length,
    size,
    storedMd5: hex(reader.take(16)),
    md5: hex(reader.take(16)),
  }
}

function hex(view: Uint8Array): string {
  return Buffer.from(latin1(view), 'latin1').toString('hex')
}

/** CRC-16 (polynomial 0x1021, reflected) that begins with a number of DJI's own. */
function crc16(view: Uint8Array): number {
  let sum = SUM_START
  for (const byte of view) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0x8408 : sum >>> 1
  }
  return sum
}
