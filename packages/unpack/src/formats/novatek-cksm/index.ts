import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { novatekSum } from '../novatek-sum.ts'
import { MAGIC, type NovatekCksm, parseNovatekCksm } from './parse.ts'

export const novatekCksm: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'novatek-cksm',
  title: 'Novatek checksum header (cameras)',
  references: ['Novatek SDK, nvtpack.h', 'viofo-fw documentation, "CKSM container"'],
  limits: [],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const header = parseNovatekCksm(bytes, at)
    return header && { start: at, end: Math.min(at + wholeOf(header), bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function wholeOf({ offset, length, padding }: NovatekCksm): number {
  return offset + length + padding
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const header = parseNovatekCksm(bytes, start) as NovatekCksm
  const whole = wholeOf(header)
  if (start + whole <= bytes.size && novatekSum(bytes, start, whole) !== 0)
    problem('checksum', 'the checksum of the whole differs')
  yield announced(bytes, 'content', { at: start + header.offset, length: header.length }, problem)
}
