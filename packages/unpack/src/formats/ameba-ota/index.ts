import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs, sumOf } from '../members.ts'
import { MAGIC, MAGIC_AT, parseAmebaOta } from './parse.ts'

export const amebaOta: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'ameba-ota',
  title: 'Realtek Ameba OTA file (Z, D)',
  references: ['Realtek Ameba SDKs, "OTA firmware format"'],
  limits: [
    'files of AmebaZ2 have another layout and are ameba-z2-image; those of AmebaPro are not recognised',
  ],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const last = parseAmebaOta(bytes, at)?.at(-1)
    return last && { start: at, end: Math.min(at + last.offset + last.length, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  for (const [index, { signature, sum, length, offset }] of (parseAmebaOta(bytes, start) ?? []).entries()) {
    const name = `${signature.toLowerCase()}-${index}`
    const at = start + offset
    if (at + length <= bytes.size && sumOf(bytes, at, length) !== sum)
      problem('checksum', 'the sum of its bytes differs', name)
    if (at < bytes.size) yield announced(bytes, name, { at, length }, problem)
    else problem('truncated', 'it lies behind the end', name)
  }
}
