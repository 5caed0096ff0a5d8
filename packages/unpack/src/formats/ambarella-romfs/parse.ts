import { type Bytes, consistsOf, cString, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = '\x8a\x32\xfc\x66'
export const MAGIC_AT = 4
/** How much filler behind the magic has to be there, in bytes. */
export const FILLER = 16
const HEADER = 2048
const ENTRY = 128
const ENTRY_MAGIC = 0x2387ab76
const MOST_FILES = 16_384

export interface RomfsFile extends Stored {
  /** Byte string. */
  readonly name: string
}

/** The files of what begins at `at` (little endian), or undefined: each entry needs its magic and a name. */
export function parseRomfs(bytes: Bytes, at: number): readonly RomfsFile[] | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  const count = new Reader(header, 'little').u32()
  if (latin1(header.subarray(MAGIC_AT, 8)) !== MAGIC || count === 0 || count > MOST_FILES) return undefined
  if (!header.subarray(8).every((byte) => byte === 0xff) || at + HEADER + count * ENTRY > bytes.size)
    return undefined
  const files: RomfsFile[] = []
  const reader = new Reader(bytes.view(at + HEADER, count * ENTRY), 'little')
  for (let index = 0; index < count; index++) {
    const name = cString(reader.take(116))
    const [offset, length, magic] = [reader.u32(), reader.u32(), reader.u32()]
    if (magic !== ENTRY_MAGIC || offset < HEADER + count * ENTRY || !/^[\x20-\x7e]+$/.test(name))
      return undefined
    files.push({ name, at: at + offset, length })
  }
  return files
}

/** Files begin at whole blocks; behind each there is some filler, a whole block if need be. */
export function endOf(bytes: Bytes, start: number, files: readonly RomfsFile[]): number {
  const last = files.reduce((end, { at, length }) => Math.max(end, at + length), start)
  const filled = start + (Math.floor((last - start) / HEADER) + 1) * HEADER
  if (filled > bytes.size) return Math.min(last, bytes.size)
  return consistsOf(bytes.view(last, filled - last), 0xff) ? filled : last
}
