import { type Bytes, type Endian, Reader } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'
import { type CpioHeader, readName } from './parse.ts'

const BYTES = 26
const MAGIC = 0o070707
/** The magic in either byte order. */
export const BINARY = ['\xc7\x71', '\x71\xc7']

/** The byte order of the old binary header at `at` (cpio(5): "Old Binary Format"), or undefined. */
export function binaryEndian(bytes: Bytes, at: number): Endian | undefined {
  if (at + BYTES > bytes.size) return undefined
  const view = bytes.view(at, 2)
  if (new Reader(view, 'little').u16() === MAGIC) return 'little'
  return new Reader(view, 'big').u16() === MAGIC ? 'big' : undefined
}

/** Words of 16 bits; of numbers of two words the upper one comes first in either byte order. */
export function parseBinary(bytes: Bytes, at: number, endian: Endian): CpioHeader | undefined {
  const reader = new Reader(bytes.view(at, BYTES), endian, 2)
  const long = () => reader.u16() * 0x1_0000 + reader.u16()
  const [hold, inode, mode, uid, gid, links, device] = Array.from({ length: 7 }, () => reader.u16()) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const [mtime, nameSize, size] = [long(), reader.u16(), long()]
  const name = readName(bytes, at + BYTES, nameSize)
  if (name === undefined) return undefined
  const contentAt = at + BYTES + nameSize + (nameSize % 2)
  return {
    variant: 'bin',
    name,
    mode,
    uid,
    gid,
    links,
    mtime,
    inode: `${hold}:${inode}`,
    device: { major: device >>> 8, minor: device & 0xff },
    sum: undefined,
    size,
    contentAt,
    end: contentAt + size + (size % 2),
  }
}

/** Two bytes are no magic to search for: these archives are sought where a stretch begins. */
export function* seekBinary(bytes: Bytes, { start }: Region): Generator<number> {
  if (binaryEndian(bytes, start)) yield start
}
