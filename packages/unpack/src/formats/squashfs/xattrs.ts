import { type Bytes, Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { type Metadata, tableEntry } from './metadata.ts'

const PREFIXES = ['user.', 'trusted.', 'security.']
const OUT_OF_LINE = 0x100
const MAX_VALUE = 65_536
/** Bytes of the values of one set, and of all: values may be those of other sets, too. */
const [MAX_SET, MAX_TOGETHER] = [1024 * 1024, 64 * 1024 * 1024]

/** Reads the attribute sets of a file system; a set is named by its index. */
export function xattrReader(
  bytes: Bytes,
  start: number,
  metadata: Metadata,
  table: number,
): (index: number) => Readonly<Record<string, string>> {
  const header = new Reader(bytes.view(start + table, 16), metadata.endian)
  const values = header.size64()
  const count = header.u32()
  const known = new Map<number, Readonly<Record<string, string>>>()
  let together = 0

  function readSet(index: number): Readonly<Record<string, string>> {
    if (index >= count) throw new FormatError('structure', `attribute set ${index} of ${count}`)
    const entry = tableEntry(bytes, start, metadata, table + 16, index, 16)
    const cursor = metadata.cursor(values, ...reference(entry.u64()))
    const pairs = entry.u32()
    if (pairs > 65_536) throw new FormatError('structure', `${pairs} attributes are not believed`)
    const set: Record<string, string> = {}
    let size = 0
    for (let i = 0; i < pairs; i++) {
      const head = cursor.reader(4)
      const type = head.u16()
      const length = head.u16()
      const prefix = PREFIXES[type & ~OUT_OF_LINE] ?? ''
      const name = prefix + cursor.reader(length).latin1(length)
      const within = takeValue(cursor)
      const value =
        type & OUT_OF_LINE
          ? takeValue(metadata.cursor(values, ...reference(new Reader(within, metadata.endian).u64())))
          : within
      size += name.length + value.length
      together += name.length + value.length
      if (size > MAX_SET || together > MAX_TOGETHER)
        throw new FormatError('structure', 'attributes that are too long together; they are left out')
      set[name] = Buffer.from(value).toString('hex')
    }
    return set
  }

  return (index) => {
    const set = known.get(index) ?? readSet(index)
    known.set(index, set)
    return set
  }
}

function takeValue(cursor: { reader(length: number): Reader; take(length: number): Uint8Array }): Uint8Array {
  const size = cursor.reader(4).u32()
  if (size > MAX_VALUE) throw new FormatError('structure', `an attribute of ${size} bytes is not believed`)
  return cursor.take(size)
}

function reference(value: bigint): [number, number] {
  return [Number(value >> 16n), Number(value & 0xffffn)]
}
