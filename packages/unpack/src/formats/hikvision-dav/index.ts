import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, distinctPaths, type StoredMember, storedAsIs, sumOf } from '../members.ts'
import { type HikvisionDav, MAGIC, parseHikvisionDav } from './parse.ts'

export const hikvisionDav: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'hikvision-dav',
  title: 'Hikvision and EZVIZ firmware pack (digicap.dav)',
  references: [
    'hiktools (github.com/MatrixEditor/hiktools), hiktools/fmod/digicap.py',
    'Akagi201/akcode, upgrade_file.h (`FIRMWARE_HEADER`)',
  ],
  limits: [
    'newer packs, whose header is encrypted with other keys, are not recognised',
    'files that are encrypted within the pack are shown as they are',
  ],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const pack = parseHikvisionDav(bytes, at)
    return pack && { start: at, end: Math.min(pack.end, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { sumFits, files } = parseHikvisionDav(bytes, start) as HikvisionDav
  if (!sumFits) problem('checksum', 'the sum of the header differs')
  const pathOf = distinctPaths()
  for (const [index, { name, at, length, sum }] of files.entries()) {
    const path = pathOf(name, index)
    if (at + length <= bytes.size && sumOf(bytes, at, length) !== sum)
      problem('checksum', 'the sum of its bytes differs', path)
    yield announced(bytes, path, { at, length }, problem)
  }
}
