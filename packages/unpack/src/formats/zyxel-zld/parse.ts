import { createHash } from 'node:crypto'
import { type Bytes, type Endian, Reader } from '@messlatte/bytes'
import { hashStretch, type Stored } from '../members.ts'

/** 0xdeadbeaf, in both byte orders. */
export const MAGICS = ['\xde\xad\xbe\xaf', '\xaf\xbe\xad\xde']
export const MAGIC_AT = 4
const HEADER = 104
const FILE_HEADER = 272
const MODELS = 5
const MOST_FILES = 32
const LENGTH_AT = 24
/** In front of the kernel: versions and checksums, which the sum of all leaves out. */
const KERNEL_HEADER = 512
const KINDS = ['', 'bm', 'kernel', 'core', 'db', 'conf', 'wtp'] as const
const KERNEL = 'kernel'

/** OpenWrt firmware-utils, mkzyxelzldfw.c, in the byte order of its mark. */
export interface ZyxelZld {
  readonly sum: number
  readonly files: readonly ZldFile[]
  readonly end: number
}

interface ZldFile {
  readonly kind: string
  readonly content: Stored
}

/** The image at `at`, or undefined where its files do not fill it. */
export function parseZyxelZld(bytes: Bytes, at: number): ZyxelZld | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  const endian: Endian = header[MAGIC_AT] === 0xde ? 'big' : 'little'
  const reader = new Reader(header, endian)
  const [sum, , , count, models] = [reader.u32(), reader.u32(), reader.u16(), reader.u16(), reader.u16()]
  reader.at = LENGTH_AT
  const [length, filesAt] = [reader.u32(), reader.u16()]
  if (models !== MODELS || count === 0 || count > MOST_FILES || filesAt !== HEADER + count * FILE_HEADER)
    return undefined
  if (at + filesAt > bytes.size) return undefined
  const files: ZldFile[] = []
  let place = at + filesAt
  for (let index = 0; index < count; index++) {
    const entry = new Reader(bytes.view(at + HEADER + index * FILE_HEADER, FILE_HEADER), endian)
    const [kind, , size] = [entry.u16(), entry.u16(), entry.u32()]
    const name = KINDS[kind]
    if (!name) return undefined
    files.push({ kind: name, content: { at: place, length: size } })
    place += size
  }
  return place === at + length ? { sum, files, end: place } : undefined
}

/** The words of an MD5, added up: of all but the sum itself and the header of the kernel. @throws BytesError */
export function sumOfZld(bytes: Bytes, start: number, { files, end }: ZyxelZld): number {
  const hash = createHash('md5')
  const kernel = files.find(({ kind }) => kind === KERNEL)?.content.at ?? end
  const from = start + 4
  hashStretch(hash, bytes, from, kernel - from)
  const behind = Math.min(end, kernel + KERNEL_HEADER)
  hash.update(new Uint8Array(behind - kernel))
  const digest = hashStretch(hash, bytes, behind, end - behind).digest()
  const sum = [0, 4, 8, 12].reduce((before, at) => (before + digest.readUInt32BE(at)) >>> 0, 0)
  return sum === 0 ? 1 : sum
}
