import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { novatekSum } from '../novatek-sum.ts'
import { MAGIC, type NovatekPack, parseNovatekPack } from './parse.ts'

export const novatekPack: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'novatek-pack',
  title: 'Novatek firmware pack (cameras)',
  references: ['Novatek SDK, nvtpack.h', 'viofo-fw documentation, "NVTPACK_FW_HDR2"'],
  limits: ['packs of the version before (NVTPACK_FW_HDR) are not recognised'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const pack = parseNovatekPack(bytes, at)
    return pack && { start: at, end: Math.min(at + pack.size, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { size, partitions } = parseNovatekPack(bytes, start) as NovatekPack
  if (start + size > bytes.size)
    problem('truncated', `${size} bytes are announced, ${bytes.size - start} are there`)
  else if (novatekSum(bytes, start, size) !== 0) problem('checksum', 'the checksum of the whole differs')
  for (const [index, { id, offset, size: length }] of partitions.entries()) {
    const again = partitions.findIndex((it) => it.id === id) < index
    const name = again ? `partition-${id}-${index}` : `partition-${id}`
    if (start + offset < bytes.size) yield announced(bytes, name, { at: start + offset, length }, problem)
    else problem('truncated', 'it lies behind the end', name)
  }
}
