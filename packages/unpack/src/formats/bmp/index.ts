import { type Bytes, Reader } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'
import { inlay } from '../inlay.ts'
import { textPlaces } from '../places.ts'

const MAGIC = 'BM'
const FILE_HEADER = 14
/** Of OS/2, and of Windows from 3 on; the longer ones of versions 2 to 5. */
const CORE = 12
const HEADERS = [40, 52, 56, 108, 124]
const DEPTHS = [1, 4, 8, 16, 24, 32]
/** Stored as they are; the others are run lengths, whose size the header tells. */
const PLAIN = [0, 3, 6]
const RUN_LENGTHS = [1, 2]
const MOST_PIXELS = 32_768
/** Rows end on a word of four bytes; some writers count two more for all of them. */
const MOST_TAIL = 3

interface Picture {
  readonly width: number
  readonly height: number
  readonly depth: number
  readonly compression: number
  /** Bytes of the pixels, as told; 0 where it is not. */
  readonly told: number
}

export const bmp = inlay(
  {
    name: 'bmp',
    title: 'BMP (pictures)',
    references: ['Microsoft, Windows GDI: Bitmap storage', 'Microsoft, [MS-WMF], section 2.2.2.3'],
    limits: ['one whose length is another one than its rows make is not recognised'],
    magic: [{ bytes: MAGIC, at: 0 }],
    candidates: (bytes: Bytes, gap: Region) => textPlaces(bytes, gap, MAGIC),
    carve: false,
  },
  (bytes, at) => {
    const header = new Reader(bytes.view(at, FILE_HEADER + CORE), 'little')
    if (header.latin1(2) !== MAGIC) return undefined
    const [size, reserved, pixels] = [header.u32(), header.u32(), header.u32()]
    if (reserved !== 0 || size > bytes.size - at) return undefined
    const picture = pictureOf(bytes, at + FILE_HEADER)
    const needed = picture && pixelBytes(picture)
    if (needed === undefined || pixels < FILE_HEADER + CORE) return undefined
    const tail = size - pixels - needed
    return tail >= 0 && tail <= MOST_TAIL ? at + size : undefined
  },
)

function pictureOf(bytes: Bytes, at: number): Picture | undefined {
  const length = new Reader(bytes.view(at, 4), 'little').u32()
  if (length !== CORE && !HEADERS.includes(length)) return undefined
  const reader = new Reader(bytes.view(at, length), 'little', 4)
  const [width, height] =
    length === CORE ? [reader.u16(), reader.u16()] : [reader.i32(), Math.abs(reader.i32())]
  const [planes, depth] = [reader.u16(), reader.u16()]
  const [compression, told] = length === CORE ? [0, 0] : [reader.u32(), reader.u32()]
  if (planes !== 1 || !DEPTHS.includes(depth)) return undefined
  if (width < 1 || height < 1 || width > MOST_PIXELS || height > MOST_PIXELS) return undefined
  return { width, height, depth, compression, told }
}

function pixelBytes({ width, height, depth, compression, told }: Picture): number | undefined {
  if (PLAIN.includes(compression)) return Math.ceil((width * depth) / 32) * 4 * height
  return RUN_LENGTHS.includes(compression) && told > 0 ? told : undefined
}
