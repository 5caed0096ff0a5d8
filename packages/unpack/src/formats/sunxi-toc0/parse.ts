import { type Bytes, Reader } from '@messlatte/bytes'

export const MAGIC = 'TOC0.GLH'
const HEADER = 48
const ITEM = 32
const MAX_ITEMS = 16
const MAX_LENGTH = 16 * 1024 * 1024
const NUMBER = 0x89119800
const NAMES: ReadonlyMap<number, string> = new Map([
  [0x010101, 'certificate'],
  [0x010202, 'firmware'],
  [0x010303, 'key'],
])

export interface Toc0Item {
  readonly name: string
  /** Bytes from the start. */
  readonly at: number
  readonly length: number
}

/** U-Boot, tools/sunxi_toc0.c and include/sunxi_image.h: little endian. */
export interface SunxiToc0 {
  readonly checksum: number
  /** Bytes, all included. */
  readonly length: number
  readonly items: readonly Toc0Item[]
}

export function parseSunxiToc0(bytes: Bytes, at: number): SunxiToc0 | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (reader.latin1(8) !== MAGIC || reader.u32() !== NUMBER) return undefined
  const checksum = reader.u32()
  reader.skip(8)
  const [count, length] = [reader.u32(), reader.u32()]
  const table = HEADER + count * ITEM
  if (count < 1 || count > MAX_ITEMS || length < table || length > MAX_LENGTH || length % 4 !== 0)
    return undefined
  if (at + table > bytes.size) return undefined
  const items: Toc0Item[] = []
  for (let index = 0; index < count; index++) {
    const item = new Reader(bytes.view(at + HEADER + index * ITEM, ITEM), 'little')
    const [id, offset, size] = [item.u32(), item.u32(), item.u32()]
    if (offset < table || offset + size > length) return undefined
    const name = NAMES.get(id) ?? `item-0x${id.toString(16)}`
    if (items.some((one) => one.name === name)) return undefined
    items.push({ name, at: offset, length: size })
  }
  return { checksum, length, items }
}
