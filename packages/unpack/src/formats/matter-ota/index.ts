import { createHash } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, hashStretch, type StoredMember, storedAsIs } from '../members.ts'
import { hashOfType, MAGIC, type MatterOtaHeader, parseMatterOta } from './parse.ts'

export const matterOta: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'matter-ota',
  title: 'Matter OTA image',
  references: ['Matter Core Specification 1.4, section 11.21.2', 'Matter Core Specification 1.4, appendix A'],
  limits: [],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const header = parseMatterOta(bytes, at)
    return header && { start: at, end: Math.min(at + header.payloadAt + header.payloadBytes, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const header = parseMatterOta(bytes, start) as MatterOtaHeader
  const at = start + header.payloadAt
  if (at + header.payloadBytes <= bytes.size) {
    const hash = hashOfType(header.digestType)
    if (hash === undefined) problem('unsupported', `digests of type ${header.digestType} are not known`)
    else if (!digestHolds(bytes, at, header, hash)) problem('checksum', 'the digest of the payload differs')
  }
  yield announced(bytes, 'payload', { at, length: header.payloadBytes }, problem)
}

function digestHolds(
  bytes: Bytes,
  at: number,
  { payloadBytes, digest }: MatterOtaHeader,
  hash: string,
): boolean {
  const computed = hashStretch(createHash(hash), bytes, at, payloadBytes).digest()
  return digest.length > 0 && computed.subarray(0, digest.length).equals(digest)
}
