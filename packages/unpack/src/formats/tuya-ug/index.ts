import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs, sumOf } from '../members.ts'
import { HEADER_BYTES, MAGIC, parseUg, type UgHeader } from './parse.ts'

export const tuyaUg: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'tuya-ug',
  title: 'Tuya UG (update package)',
  references: ['ltchiptool, "UG image"'],
  limits: [],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const header = parseUg(bytes, at)
    return header && { start: at, end: Math.min(at + HEADER_BYTES + header.length, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { length, sum } = parseUg(bytes, start) as UgHeader
  const at = start + HEADER_BYTES
  if (at + length <= bytes.size && sumOf(bytes, at, length) !== sum)
    problem('checksum', 'the sum of its bytes differs')
  yield announced(bytes, 'package', { at, length }, problem)
}
