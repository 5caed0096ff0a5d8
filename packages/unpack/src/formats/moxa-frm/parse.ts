import { type Bytes, cString, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = '*FRM\0\0\0\x01'
const HEADER = 0x40
const ENTRY = 16
const FILE_HEADER = 88
const FILE_ENTRY = 64
const FILE_NAME = 48
const MOST_SECTIONS = 16
const MOST_FILES = 10_000
const FIRMWARE = 1
const FILES = 2

/** unblob, handlers/archive/moxa/frm.py: little endian. */
export interface MoxaFrm {
  /** Bytes of the whole. */
  readonly size: number
  readonly sections: readonly MoxaSection[]
}

export interface MoxaSection extends Stored {
  readonly kind: 'firmware' | 'files'
}

export interface MoxaFile extends Stored {
  readonly name: string
}

/** The container at `at`, or undefined: its sections follow the header one behind the other, and fill it. */
export function parseMoxaFrm(bytes: Bytes, at: number): MoxaFrm | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const [size, headerBytes, count] = [reader.u32(), reader.u16(), reader.u16()]
  if (count === 0 || count > MOST_SECTIONS || headerBytes !== HEADER + count * ENTRY) return undefined
  if (size <= headerBytes || at + headerBytes > bytes.size) return undefined
  const table = new Reader(bytes.view(at + HEADER, count * ENTRY), 'little')
  const sections: MoxaSection[] = []
  let filled = headerBytes
  for (let index = 0; index < count; index++) {
    const [type, offset, length] = [table.u32(), table.u32(), table.u32()]
    table.skip(4)
    if ((type !== FIRMWARE && type !== FILES) || offset < headerBytes || offset + length > size)
      return undefined
    filled += length
    sections.push({ kind: type === FIRMWARE ? 'firmware' : 'files', at: at + offset, length })
  }
  return filled === size ? { size, sections } : undefined
}

/** The files of a section, or undefined where its table makes no sense. */
export function filesOf(bytes: Bytes, section: Stored): readonly MoxaFile[] | undefined {
  const end = Math.min(section.at + section.length, bytes.size)
  if (section.at + FILE_HEADER > end) return undefined
  const header = new Reader(bytes.view(section.at, FILE_HEADER), 'little', 48)
  const [offset, length, entry, count] = [header.u32(), header.u32(), header.u16(), header.u16()]
  header.skip(6)
  const files = count === 0 ? header.u16() : count
  if (entry !== FILE_ENTRY || files > MOST_FILES || (count !== 0 && length !== files * FILE_ENTRY))
    return undefined
  if (section.at + offset + files * FILE_ENTRY > end) return undefined
  const table = bytes.view(section.at + offset, files * FILE_ENTRY)
  const found: MoxaFile[] = []
  for (let place = 0; place < table.length; place += FILE_ENTRY) {
    const reader = new Reader(table, 'little', place)
    const name = cString(reader.take(FILE_NAME))
    reader.skip(8)
    const [bytesOf, from] = [reader.u32(), reader.u32()]
    if (name === '') continue
    if (from + bytesOf > section.length || !/^[\x20-\x7e]+$/.test(name)) return undefined
    found.push({ name, at: section.at + from, length: bytesOf })
  }
  return found
}
