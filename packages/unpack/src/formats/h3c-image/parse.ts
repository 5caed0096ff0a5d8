import { type Bytes, Reader } from '@messlatte/bytes'
import { crcCcitt } from '../crc-ccitt.ts'
import type { Stored } from '../members.ts'

/** The version. */
export const MAGIC = '\0\0\0\x01\0\0\0'
const HEADER = 6180
/** What the CRC of the header covers. */
const SUMMED = 6176
const TABLE_AT = 32
const MOST_FILES = 128
const ENTRY = 24
const FILE_HEADER = 340
const FILE_LENGTH_AT = 328
const MOST = 512 * 1024 * 1024

/** OpenWrt firmware-utils, mkh3cimg.c: big endian. */
export interface H3cImage {
  readonly files: readonly H3cFile[]
  readonly end: number
}

interface H3cFile {
  readonly content: Stored
  readonly crc: number
}

/** The image at `at`, or undefined: without the CRC of its header it is none. */
export function parseH3cImage(bytes: Bytes, at: number): H3cImage | undefined {
  if (at + HEADER + FILE_HEADER > bytes.size) return undefined
  const counted = new Reader(bytes.view(at, 8), 'big', 4).u32()
  if (counted === 0 || counted > MOST_FILES) return undefined
  const header = bytes.view(at, HEADER)
  if (crcCcitt(header.subarray(0, SUMMED), 0) !== new Reader(header, 'big', SUMMED).u32()) return undefined
  const files: H3cFile[] = []
  let end = at + HEADER
  for (let index = 0; index < counted; index++) {
    const entry = new Reader(header, 'big', TABLE_AT + index * ENTRY + 4)
    const [offset, length, crc] = [entry.u32(), entry.u32(), entry.u32()]
    if (offset < HEADER || length <= FILE_HEADER || length > MOST) return undefined
    const content = contentOf(bytes, at + offset, length)
    files.push({ content, crc })
    end = Math.max(end, content.at + content.length)
  }
  return { files, end }
}

/** Behind the file's own header, which tells the length again. */
function contentOf(bytes: Bytes, at: number, length: number): Stored {
  const rest = length - FILE_HEADER
  if (at + FILE_HEADER > bytes.size) return { at: at + FILE_HEADER, length: rest }
  const told = new Reader(bytes.view(at, FILE_HEADER), 'big', FILE_LENGTH_AT).u32()
  return { at: at + FILE_HEADER, length: told > 0 && told <= rest ? told : rest }
}
