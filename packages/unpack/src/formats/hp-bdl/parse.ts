import { type Bytes, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = 'ibdl\x01\0\x01\0'
const HEADER = 1321
const ENTRY = 16
const MOST_ENTRIES = 10_000

export interface Named extends Stored {
  /** Byte string. */
  readonly path: string
}

/** The table of contents of what begins at `start` (little endian), or undefined: it has to be there, and lead behind the header. */
export function readTable(bytes: Bytes, start: number): readonly Named[] | undefined {
  if (start + HEADER > bytes.size) return undefined
  const header = new Reader(bytes.view(start, 20), 'little')
  if (header.latin1(MAGIC.length) !== MAGIC) return undefined
  const at = header.u32()
  header.skip(4)
  const count = header.u32()
  if (at < 32 || count === 0 || count > MOST_ENTRIES || start + at + count * ENTRY > bytes.size)
    return undefined
  const reader = new Reader(bytes.view(start + at, count * ENTRY), 'little')
  const members: Named[] = []
  for (let index = 0; index < count; index++) {
    const [offset, length] = [reader.size64(), reader.size64()]
    members.push({ path: `ipkg-${index}`, at: start + offset, length })
  }
  return members.every((member) => isNamed(member) && member.at >= start + HEADER) ? members : undefined
}

function isNamed({ path, length }: Named): boolean {
  return /^[\x20-\x2e\x30-\x7e]+$/.test(path) && length <= Number.MAX_SAFE_INTEGER
}
