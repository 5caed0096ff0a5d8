import { type Bytes, Reader } from '@messlatte/bytes'
import { sumOf } from '../members.ts'

/** From what the processor boots: it says so itself. Cards count in sectors. */
const SOURCES: ReadonlyMap<number, { readonly name: string; readonly unit: number }> = new Map([
  [0x4d, { name: 'I2C', unit: 1 }],
  [0x5a, { name: 'SPI', unit: 1 }],
  [0x69, { name: 'UART', unit: 1 }],
  [0x8b, { name: 'NAND', unit: 1 }],
  [0x9c, { name: 'PEX', unit: 1 }],
  [0xae, { name: 'MMC', unit: 512 }],
])
export const FIRST_BYTES: readonly number[] = [...SOURCES.keys()]
export const MAIN = 32
/** Bytes of the only extension that the first version has. */
const EXTENSION = 480
const MOST_HEADER = 256 * 1024
const MOST_IMAGE = 64 * 1024 * 1024
const MOST_EXTENSIONS = 64
const SUM = 4
const NO_PLACE = 0xffff_ffff
const KINDS: ReadonlyMap<number, string> = new Map([
  [1, 'secure'],
  [2, 'binary'],
  [3, 'registers'],
])

export interface Stretch {
  /** Bytes from the start of the image. */
  readonly at: number
  readonly length: number
}

/** U-Boot, tools/kwbimage.h: little endian. */
export interface KwbImage {
  readonly version: number
  readonly source: string
  readonly header: number
  readonly extensions: readonly (Stretch & { readonly name: string })[]
  /** The program, without the sum behind it. */
  readonly image: Stretch
  /** Behind the sum of the program. */
  readonly end: number
}

/** The image at `at`; undefined where the sum of its header does not hold, or its numbers do not fit together. */
export function parseKwbimage(bytes: Bytes, at: number): KwbImage | undefined {
  if (at + MAIN > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, MAIN), 'little')
  const source = SOURCES.get(reader.u8())
  if (!source) return undefined
  reader.skip(3)
  const blockSize = reader.u32()
  const [version, high, low] = [reader.u8(), reader.u8(), reader.u16()]
  const place = reader.u32()
  reader.skip(14)
  const [extension, sum] = [reader.u8(), reader.u8()]
  const header = version === 0 ? MAIN + (extension === 0 ? 0 : EXTENSION) : high * 0x1_0000 + low
  // Over PCI Express the program follows its header.
  const imageAt = place === NO_PLACE ? header : place * source.unit
  const fits =
    version <= 1 &&
    (version === 1 || (high === 0 && low === 0)) &&
    extension <= 1 &&
    header >= MAIN &&
    header <= MOST_HEADER &&
    blockSize > SUM &&
    blockSize % 4 === 0 &&
    blockSize <= MOST_IMAGE &&
    imageAt >= header &&
    imageAt <= MOST_IMAGE &&
    at + header <= bytes.size
  if (!fits) return undefined
  // The first version sums its first part alone.
  const total = sumOf(bytes, at, version === 0 ? MAIN : header)
  if (((total - sum) & 0xff) !== sum) return undefined
  const extensions = version === 0 || extension === 0 ? [] : extensionsOf(bytes, at, header)
  if (!extensions) return undefined
  const image = { at: imageAt, length: blockSize - SUM }
  return { version, source: source.name, header, extensions, image, end: imageAt + blockSize }
}

/** Each one says its size, and its last word whether another one follows. */
function extensionsOf(bytes: Bytes, start: number, header: number): KwbImage['extensions'] | undefined {
  const found: (Stretch & { readonly name: string })[] = []
  for (let at = MAIN; at + 8 <= header && found.length < MOST_EXTENSIONS; ) {
    const reader = new Reader(bytes.view(start + at, 4), 'little')
    const [type, high, low] = [reader.u8(), reader.u8(), reader.u16()]
    const size = high * 0x1_0000 + low
    const kind = KINDS.get(type)
    if (!kind || size < 8 || at + size > header) return undefined
    found.push({ name: `${kind}-${found.length}`, at: at + 4, length: size - 4 })
    const more = bytes.view(start + at + size - 4, 1)[0]
    if (more !== 1) return found
    at += size
  }
  return undefined
}
