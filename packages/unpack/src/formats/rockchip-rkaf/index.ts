import { type Bytes, Reader } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { MAGIC, PARAMETER, parseRkaf, type Rkaf, type RkafPart, rockchipCrc } from './parse.ts'

const CRC = 4

export const rockchipRkaf: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'rockchip-rkaf',
  title: 'Rockchip update image (RKAF)',
  references: ['rockchip-mkbootimg (github.com/neo-technologies/rockchip-mkbootimg), rkafp.h, afptool.c'],
  limits: ['images of over 4 GiB are not recognised'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseRkaf(bytes, at)
    return image && { start: at, end: Math.min(image.end + CRC, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { parts, end } = parseRkaf(bytes, start) as Rkaf
  if (
    end + CRC <= bytes.size &&
    rockchipCrc(bytes, start, end - start) !== new Reader(bytes.view(end, CRC), 'little').u32()
  )
    problem('checksum', 'the CRC differs')
  const taken = new Set<string>()
  for (const part of parts) {
    // An image in the image is the image itself; what is reserved has no content.
    if (part.file === 'SELF' || part.file === 'RESERVED' || taken.has(part.file)) continue
    taken.add(part.file)
    yield announced(bytes, part.file, contentOf(part), problem)
  }
}

function contentOf({ name, at, length }: RkafPart) {
  const around = PARAMETER.before + PARAMETER.behind
  const wrapped = name === 'parameter' && length >= around
  return wrapped ? { at: at + PARAMETER.before, length: length - around } : { at, length }
}
