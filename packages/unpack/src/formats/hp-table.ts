import { type Bytes, Reader } from '@messlatte/bytes'
import type { ContainerFormat } from '../contract.ts'
import { announced, type Stored, type StoredMember, storedAsIs } from './members.ts'

const MOST_ENTRIES = 10_000

export interface Named extends Stored {
  /** Byte string. */
  readonly path: string
}

/** How one of HP's packages is laid out; sizes in bytes. */
export interface HpLayout {
  readonly magic: string
  readonly header: number
  readonly entry: number
  /** Reads one entry; offsets are from the start of the package. */
  member(reader: Reader, index: number): Named
}

/** The table of contents of what begins at `start` (little endian), or undefined: it has to be there, and lead behind the header. */
export function readTable(bytes: Bytes, start: number, layout: HpLayout): readonly Named[] | undefined {
  if (start + layout.header > bytes.size) return undefined
  const header = new Reader(bytes.view(start, 20), 'little')
  if (header.latin1(layout.magic.length) !== layout.magic) return undefined
  const at = header.u32()
  header.skip(4)
  const count = header.u32()
  if (at < 32 || count === 0 || count > MOST_ENTRIES || start + at + count * layout.entry > bytes.size)
    return undefined
  const reader = new Reader(bytes.view(start + at, count * layout.entry), 'little')
  const members = Array.from({ length: count }, (_, index) => layout.member(reader, index))
  if (!members.every((member) => isNamed(member) && member.at >= layout.header)) return undefined
  return members.map((member) => ({ ...member, at: start + member.at }))
}

function isNamed({ path, length }: Named): boolean {
  return /^[\x20-\x2e\x30-\x7e]+$/.test(path) && length <= Number.MAX_SAFE_INTEGER
}

/** What both packages have in common as formats. */
export function hpPackage(
  layout: HpLayout,
): Pick<ContainerFormat<readonly StoredMember[]>, 'magic' | 'carve' | 'recognise' | 'open' | 'read'> {
  return {
    magic: [{ bytes: layout.magic, at: 0 }],
    carve: true,
    recognise(bytes, at) {
      const table = readTable(bytes, at, layout)
      const end = table?.reduce((last, member) => Math.max(last, member.at + member.length), at)
      return end === undefined ? undefined : { start: at, end: Math.min(end, bytes.size) }
    },
    ...storedAsIs(function* (bytes, { start }, problem) {
      for (const member of readTable(bytes, start, layout) ?? [])
        yield announced(bytes, member.path, member, problem)
    }),
  }
}
