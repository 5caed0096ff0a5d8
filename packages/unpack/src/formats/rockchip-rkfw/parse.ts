import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

const HEADER = 0x66
export const MAGIC = 'RKFW\x66\0'
/** Behind the image: an MD5 in hexadecimal digits. */
const DIGITS = 32

/** Rockchip's ROM image, little endian (rockchip-mkbootimg, rkrom.h): a loader and an update image. */
export interface Rkfw {
  readonly loader: Stored
  readonly image: Stored
  /** Undefined where none stands there. */
  readonly md5: string | undefined
  /** Behind the image, and behind the digest. */
  readonly summed: number
  readonly end: number
}

/** The image at `at`, or undefined: loader and image have to follow the header. */
export function parseRkfw(bytes: Bytes, at: number): Rkfw | undefined {
  if (at + HEADER > bytes.size) return undefined
  const view = bytes.view(at, HEADER)
  if (latin1(view.subarray(0, MAGIC.length)) !== MAGIC) return undefined
  const reader = new Reader(view, 'little', 0x19)
  const [loaderAt, loaderLength, imageAt, imageLength] = [
    reader.u32(),
    reader.u32(),
    reader.u32(),
    reader.u32(),
  ]
  if (loaderAt < HEADER || imageAt < loaderAt + loaderLength || imageLength === 0) return undefined
  const summed = at + imageAt + imageLength
  const digits = summed + DIGITS <= bytes.size ? latin1(bytes.view(summed, DIGITS)) : ''
  const md5 = /^[0-9a-f]{32}$/i.test(digits) ? digits.toLowerCase() : undefined
  return {
    loader: { at: at + loaderAt, length: loaderLength },
    image: { at: at + imageAt, length: imageLength },
    md5,
    summed,
    end: md5 === undefined ? summed : summed + DIGITS,
  }
}
