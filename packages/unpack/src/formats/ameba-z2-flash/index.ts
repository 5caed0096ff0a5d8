import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { parseAmebaZ2 } from '../ameba-z2-image/parse.ts'
import { type Part, partsOfDisk } from '../disk-parts.ts'
import { partsAsTheyAre, type StoredMember } from '../members.ts'
import { type AmebaZ2Table, MAGIC, parseAmebaZ2Table } from './parse.ts'

export const amebaZ2Flash: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'ameba-z2-flash',
  title: 'Flash of a Realtek AmebaZ2 chip with its partition table (RTL8710C, RTL8720C)',
  references: ['ltchiptool 4.15.0 (PyPI), soc/ambz2/util/models'],
  limits: ['the hash of the table is not compared: those of devices are made with a key'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const table = parseAmebaZ2Table(bytes, at)
    if (!table) return undefined
    const end = Math.max(table.end, ...table.parts.map(({ offset, size }) => offset + size))
    return { start: at, end: Math.min(at + end, bytes.size) }
  },

  ...partsAsTheyAre(membersOf),
}

function* membersOf(bytes: Bytes, region: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { parts, end } = parseAmebaZ2Table(bytes, region.start) as AmebaZ2Table
  // Images for flashing end behind what they write.
  const behind = parts.filter(({ offset }) => region.start + offset >= bytes.size)
  const there = parts.filter((part) => !behind.includes(part)).map((part) => written(bytes, region, part))
  const reserved = behind.map(({ offset, size }) => ({ start: offset, end: offset + size }))
  yield* partsOfDisk(bytes, region, end, there, reserved, problem)
}

/** Without its erased rest, where the end of the bytes leaves that out behind a firmware that is whole. */
function written(bytes: Bytes, region: Region, part: Part): Part {
  const at = region.start + part.offset
  if (at + part.size <= bytes.size) return part
  const image = parseAmebaZ2(bytes, at)
  return image && image.end <= bytes.size ? { ...part, size: bytes.size - at } : part
}
