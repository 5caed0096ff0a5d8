import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { MAGICS, parseXiaomi, type XiaomiImage, xiaomiCrcHolds } from './parse.ts'

export const xiaomiHdr: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'xiaomi-hdr',
  title: 'Xiaomi update image (HDR1, HDR2)',
  references: ['OpenWrt firmware-utils, src/xiaomifw.c', 'unblob, handlers/archive/xiaomi/hdr.py'],
  limits: ['the signature is shown, not verified'],
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const image = parseXiaomi(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const image = parseXiaomi(bytes, start) as XiaomiImage
  if (image.end > bytes.size)
    problem('truncated', `${image.end - start} bytes are announced, ${bytes.size - start} are there`)
  else if (!xiaomiCrcHolds(bytes, start, image)) problem('checksum', 'the CRC differs')
  for (const { name, at, length } of image.sections) yield announced(bytes, name, { at, length }, problem)
  if (image.signature.length > 0) yield announced(bytes, 'signature', image.signature, problem)
}
