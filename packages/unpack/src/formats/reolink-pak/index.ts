import { crc32 } from 'node:zlib'
import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, crc32Of, type StoredMember, storedAsIs } from '../members.ts'
import { MAGICS, parseReolinkPak, type ReolinkPak } from './parse.ts'

export const reolinkPak: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'reolink-pak',
  title: 'Reolink and Swann firmware pack (cameras)',
  references: ['pakler (github.com/vmallet/pakler), pakler/structure.py and pakler/__init__.py'],
  limits: [
    'packs of the newer form (PAKS) are not recognised',
    'where the sections belong in the flash is not told',
  ],
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const pak = parseReolinkPak(bytes, at)
    return pak && { start: at, end: Math.min(pak.end, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const pak = parseReolinkPak(bytes, start) as ReolinkPak
  if (pak.end <= bytes.size && !crcFits(bytes, pak)) problem('checksum', 'the CRC-32 differs')
  for (const [index, { name, at, length }] of pak.sections.entries()) {
    const path = `${String(index).padStart(2, '0')}${name === '' ? '' : `_${name}`}.bin`
    if (length > 0) yield announced(bytes, path, { at, length }, problem)
  }
}

const BEHIND_CONTENTS = Buffer.from([2, 0, 0, 0])

/** Of the contents, a constant, and the table; it begins with zero, and the final inversion is left out. */
function crcFits(bytes: Bytes, { crc, sections, table, end }: ReolinkPak): boolean {
  const from = (sections[0] as { at: number }).at
  if (from > end) return false
  const contents = crc32Of(bytes, from, end - from, 0xffffffff)
  return ~crc32Of(bytes, table.at, table.length, crc32(BEHIND_CONTENTS, contents)) >>> 0 === crc
}
