import { crc32 } from 'node:zlib'
import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

const SECTOR = 512
export const LABEL_AT = 512
export const MAGIC = 'LABELONE'
const KIND = 'LVM2 001'
const AREA_MAGIC = ' LVM2 x[5A%r0N*>'
const SUM_START = 0xf597a6cf
const MOST_AREAS = 16
/** Of the text that describes a group. */
const MOST_TEXT = 8 * 1024 * 1024

export interface PhysicalVolume {
  /** As the text of the group writes it, without its dashes. */
  readonly id: string
  /** Bytes of the device. */
  readonly size: number
  /** Where texts that describe the group lie, behind the start. */
  readonly areas: readonly Stored[]
}

/** LVM's checksum: CRC-32 that begins with a number of its own and is not inverted at the end. */
function sum(content: Uint8Array): number {
  return ~crc32(content, ~SUM_START >>> 0) >>> 0
}

/** The label of what begins at `at` (lvm2, lib/format_text/layout.h; little endian), or undefined: its checksum has to hold. */
export function readLabel(bytes: Bytes, at: number): PhysicalVolume | undefined {
  if (at + LABEL_AT + SECTOR > bytes.size) return undefined
  const sector = bytes.view(at + LABEL_AT, SECTOR)
  const reader = new Reader(sector, 'little')
  if (reader.latin1(8) !== MAGIC || reader.u64() !== 1n || reader.u32() !== sum(sector.subarray(20)))
    return undefined
  const header = reader.u32()
  if (reader.latin1(8) !== KIND || header + 40 > SECTOR) return undefined
  const fields = new Reader(sector, 'little', header)
  const id = fields.latin1(32)
  const size = fields.size64()
  const lists = [readList(fields), readList(fields)]
  return size > 0 && Number.isFinite(size) ? { id, size, areas: lists[1] ?? [] } : undefined
}

/** Places and lengths until a place is zero. */
function readList(reader: Reader): readonly Stored[] {
  const list: Stored[] = []
  while (reader.left >= 16 && list.length < MOST_AREAS) {
    const [at, length] = [reader.size64(), reader.size64()]
    if (at === 0) break
    list.push({ at, length })
  }
  return list
}

/** The newest text of an area; undefined where there is none that is whole. A text may go on at the area's start. */
export function readText(bytes: Bytes, start: number, area: Stored): string | undefined {
  const at = start + area.at
  if (!(area.length > SECTOR && at + SECTOR <= bytes.size)) return undefined
  const sector = bytes.view(at, SECTOR)
  const reader = new Reader(sector, 'little')
  if (reader.u32() !== sum(sector.subarray(4)) || reader.latin1(16) !== AREA_MAGIC) return undefined
  reader.skip(4 + 8 + 8)
  const [from, length, told] = [reader.size64(), reader.size64(), reader.u32()]
  if (
    !(
      from >= SECTOR &&
      from < area.length &&
      length > 0 &&
      length <= Math.min(MOST_TEXT, area.length - SECTOR)
    )
  )
    return undefined
  const first = Math.min(length, area.length - from)
  if (Math.max(at + from + first, at + SECTOR + length - first) > bytes.size) return undefined
  const text = Buffer.concat([bytes.view(at + from, first), bytes.view(at + SECTOR, length - first)])
  return sum(text) === told ? latin1(text) : undefined
}
