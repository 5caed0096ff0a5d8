import { type Bytes, Reader } from '@messlatte/bytes'
import { NAMES } from './names.ts'

/** 0xaa640001, little endian. */
export const MAGIC = '\x01\x00\x64\xaa'
const HEADER = 16
const ENTRY = 40
const MAX_ENTRIES = 128
const NO_UUID = '00000000000000000000000000000000'

/** An image of the package. */
export interface FipImage {
  /** As fiptool calls it, or its UUID. */
  readonly name: string
  /** Hex, in the order of the file. */
  readonly uuid: string
  /** Bytes from the start of the package. */
  readonly at: number
  readonly length: number
}

export interface Fip {
  readonly images: readonly FipImage[]
  /** Behind the table and the last image, from the start of the package. */
  readonly end: number
}

/** The package at `at`, or undefined: its table has to end, and images have to lie behind it. TF-A, Firmware Design, "FIP layout". */
export function parseFip(bytes: Bytes, at: number): Fip | undefined {
  if (at + HEADER + ENTRY > bytes.size) return undefined
  if (new Reader(bytes.view(at, 4), 'little').latin1(4) !== MAGIC) return undefined
  const images: FipImage[] = []
  const names = new Set<string>()
  for (let index = 0; index <= MAX_ENTRIES; index++) {
    const from = at + HEADER + index * ENTRY
    if (from + ENTRY > bytes.size) return undefined
    const reader = new Reader(bytes.view(from, ENTRY), 'little')
    const uuid = Buffer.from(reader.take(16)).toString('hex')
    const [start, length] = [reader.size64(), reader.size64()]
    if (uuid === NO_UUID) {
      const table = HEADER + (index + 1) * ENTRY
      if (images.length === 0 || images.some((image) => image.at < table)) return undefined
      const last = Math.max(...images.map((image) => image.at + image.length))
      // The last entry tells where the package ends; it may be padded.
      return { images, end: start >= last && start - last < 2 ** 20 ? start : last }
    }
    if (start + length > 2 ** 40 || names.has(uuid)) return undefined
    names.add(uuid)
    images.push({ name: NAMES.get(uuid) ?? uuid, uuid, at: start, length })
  }
  return undefined
}
