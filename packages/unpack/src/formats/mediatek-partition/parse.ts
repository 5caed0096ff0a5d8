import { type Bytes, latin1, Reader } from '@messlatte/bytes'

/** Bytes of a header. */
const HEADER = 512
export const MAGIC = '\x88\x16\x88\x58'
const SECOND_MAGIC = 0x58891689
const FIELDS = 56
/** Where parts begin. */
const ALIGNMENT = 16
const MAX_PARTS = 8

/** One part: its name, and where its content lies. */
export interface MediatekPart {
  readonly name: string
  readonly at: number
  /** Bytes. */
  readonly size: number
}

/**
 * The image at `at`, and the certificates behind it; undefined where there is none. U-Boot, tools/mtk_image.h (`lk_hdr`):
 * magic, size, name of 32 bytes, and ones up to 512; headers of newer boot loaders have a second magic and their own size
 * there. Little endian.
 */
export function parseMediatekPartition(bytes: Bytes, at: number): readonly MediatekPart[] | undefined {
  const image = partAt(bytes, at)
  if (!image || image.name.startsWith('cert')) return undefined
  const parts = [image]
  for (let next = endOf(image); parts.length < MAX_PARTS; next = endOf(parts.at(-1) as MediatekPart)) {
    const part = partAt(bytes, next)
    if (!part?.name.startsWith('cert')) break
    parts.push(part)
  }
  return parts
}

function endOf({ at, size }: MediatekPart): number {
  return at + Math.ceil(size / ALIGNMENT) * ALIGNMENT
}

function partAt(bytes: Bytes, at: number): MediatekPart | undefined {
  if (at + HEADER > bytes.size) return undefined
  const head = bytes.view(at, HEADER)
  const reader = new Reader(head, 'little')
  if (latin1(reader.take(4)) !== MAGIC) return undefined
  const size = reader.u32()
  const name = /^([\w-]{1,31})\0+$/.exec(latin1(reader.take(32)))?.[1]
  reader.skip(8)
  const extended = reader.u32() === SECOND_MAGIC && reader.u32() === HEADER
  const filled = head.subarray(FIELDS).every((byte) => byte === 0xff)
  return name !== undefined && size > 0 && (extended || filled) ? { name, at: at + HEADER, size } : undefined
}
