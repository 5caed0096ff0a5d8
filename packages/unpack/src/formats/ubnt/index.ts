import { type Bytes, Reader } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, crc32Of, type StoredMember, storedAsIs } from '../members.ts'
import { MAGICS, parseUbnt, type UbntImage, type UbntPart } from './parse.ts'

export const ubnt: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'ubnt',
  title: 'Ubiquiti image',
  references: ['OpenWrt firmware-utils, src/fw.h and src/mkfwimage.c'],
  limits: ['signatures are shown, not verified', 'sections of other kinds than parts end the image'],
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const image = parseUbnt(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { parts, seal } = parseUbnt(bytes, start) as UbntImage
  const taken = new Map<string, number>()
  for (const part of parts) {
    const path = uniquePath(part, taken)
    if (differs(bytes, part.summed)) problem('checksum', 'the CRC differs', path)
    yield announced(bytes, path, part.content, problem)
  }
  if (!seal) problem('truncated', 'the image has no end')
  else if (seal.kind === 'signature')
    yield announced(bytes, 'signature', { at: seal.at + 4, length: seal.length - 8 }, problem)
  else if (differs(bytes, { at: start, length: seal.at - start }, seal.at + 4))
    problem('checksum', 'the CRC of the image differs')
}

/** Whether the CRC that stands behind a stretch is another one; false where either is cut off. */
function differs(bytes: Bytes, { at, length }: UbntPart['summed'], crcAt = at + length): boolean {
  if (crcAt + 4 > bytes.size) return false
  return crc32Of(bytes, at, length) !== new Reader(bytes.view(crcAt, 4), 'big').u32()
}

function uniquePath({ name }: UbntPart, taken: Map<string, number>): string {
  const plain = name.replaceAll('/', '_') || 'part'
  const count = taken.get(plain) ?? 0
  taken.set(plain, count + 1)
  return count === 0 ? plain : `${plain}-${count}`
}
