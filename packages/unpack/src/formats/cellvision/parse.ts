import { type Bytes, forEachWindow, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

const HEADER = 32
/** The last words of the layout for cameras. */
const MARK = 'U\xaaARAGORN-\xf2\xd3'
const MARK_AT = 20
/** The other layout has its type, and where the kernel begins. */
const STORAGE = '\0\0\0\0\x20\0\0\0'
export const MAGICS = [
  { bytes: MARK, at: MARK_AT },
  { bytes: STORAGE, at: 0 },
] as const
/** The flash of such devices. */
const MOST = 16 * 1024 * 1024
const WINDOW = 256 * 1024

/** OpenWrt firmware-utils, mkcasfw.c: little endian. */
export interface Cellvision {
  readonly parts: readonly Part[]
  readonly end: number
}

interface Part {
  readonly path: string
  readonly content: Stored
  readonly sum: number
}

/** The image at `at`, or undefined where its lengths make no sense. */
export function parseCellvision(bytes: Bytes, at: number): Cellvision | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  const reader = new Reader(header, 'little')
  const [, kernelAt, kernel, fourth, fifth, sixth, seventh] = words(reader)
  if (kernelAt !== HEADER || kernel === 0 || kernel > MOST) return undefined
  const from = at + HEADER
  if (latin1(header.subarray(MARK_AT)) === MARK)
    return {
      parts: [{ path: 'kernel', content: { at: from, length: kernel }, sum: fifth }],
      end: from + kernel,
    }
  const fits = latin1(header.subarray(0, STORAGE.length)) === STORAGE
  if (!fits || fourth !== HEADER + kernel || fifth > MOST) return undefined
  const parts = [
    { path: 'kernel', content: { at: from, length: kernel }, sum: sixth },
    { path: 'files', content: { at: from + kernel, length: fifth }, sum: seventh },
  ].filter(({ content }) => content.length > 0)
  return { parts, end: from + kernel + fifth }
}

type Words = readonly [number, number, number, number, number, number, number]

function words(reader: Reader): Words {
  return [reader.u32(), reader.u32(), reader.u32(), reader.u32(), reader.u32(), reader.u32(), reader.u32()]
}

/** All whole words of a stretch, by exclusive or. @throws BytesError */
export function xorOf(bytes: Bytes, { at, length }: Stored): number {
  let sum = 0
  forEachWindow(bytes, at, at + (length & ~3), WINDOW, 0, (window) => {
    for (let place = 0; place < window.length; place += 4) sum ^= window.readInt32LE(place)
    return true
  })
  return sum >>> 0
}
