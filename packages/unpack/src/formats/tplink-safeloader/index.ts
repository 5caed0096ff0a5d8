import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { MAGIC, md5Holds, parseSafeloader, type Safeloader, TABLE_PLACES } from './parse.ts'

export const tplinkSafeloader: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'tplink-safeloader',
  title: 'TP-Link safeloader image (fwup-ptn)',
  references: ['OpenWrt firmware-utils, src/tplink-safeloader.c'],
  limits: ['signatures are shown, not verified', 'the MD5 is compared with the salt of most devices only'],
  magic: TABLE_PLACES.map((at) => ({ bytes: MAGIC, at })),
  carve: true,

  recognise(bytes, at) {
    const image = parseSafeloader(bytes, at)
    return image && { start: at, end: Math.min(at + image.length, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const image = parseSafeloader(bytes, start) as Safeloader
  if (start + image.length > bytes.size)
    problem('truncated', `${image.length} bytes are announced, ${bytes.size - start} are there`)
  else if (!md5Holds(bytes, start, image)) problem('checksum', 'the MD5 differs')
  for (const { name, at, length } of image.partitions) yield announced(bytes, name, { at, length }, problem)
}
