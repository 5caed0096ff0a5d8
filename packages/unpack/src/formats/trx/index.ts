import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { crc32Of, inBatches, type StoredMember, showStored, whatIsThere, wrapped } from '../members.ts'
import { CRC_FROM, crcWithBinHeader, MAGIC, parseTrxHeader, type TrxHeader } from './parse.ts'

export const trx: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'trx',
  title: 'Broadcom TRX (versions 1 and 2)',
  references: ['OpenWrt, package/utils/trx/src/trx.c', 'Linux kernel, drivers/mtd/parsers/parser_trx.c'],
  limits: [],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const header = parseTrxHeader(bytes, at)
    return header && { start: at, end: Math.min(at + header.length, bytes.size) }
  },

  open: (bytes, region, problem) =>
    inBatches(membersOf(bytes, region, problem), (member) => member.content?.length ?? 0),

  read(_bytes, _region, plan, sink) {
    for (const member of plan) showStored(member, sink)
  },
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const header = parseTrxHeader(bytes, start) as TrxHeader
  const { length, crc, offsets } = header
  if (start + length > bytes.size) {
    problem('truncated', `${length} bytes are announced, ${bytes.size - start} are there`)
  } else if (
    ~crc32Of(bytes, start + CRC_FROM, length - CRC_FROM) >>> 0 !== crc &&
    crcWithBinHeader(bytes, start, header) !== crc
  ) {
    problem('checksum', 'the CRC differs')
  }
  for (const [index, offset] of offsets.entries()) {
    const path = `partition-${index}`
    const content = { at: start + offset, length: (offsets[index + 1] ?? length) - offset }
    const whole = content.at + content.length <= bytes.size
    if (!whole) problem('truncated', 'the image ends within this content', path)
    yield { meta: wrapped(path), content: whole ? content : whatIsThere(bytes, content.at) }
  }
}
