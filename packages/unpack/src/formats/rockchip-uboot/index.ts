import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, asProgram, type StoredMember, storedAsIs, wrapped } from '../members.ts'
import { rockchipCrc } from '../rockchip-rkaf/parse.ts'
import { HEADER, MAGICS, parseRockchipUboot, type RockchipUboot } from './parse.ts'

export const rockchipUboot: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'rockchip-uboot',
  title: 'Rockchip image of U-Boot or of a trusted OS (uboot.img, trust.img of 32-bit chips)',
  references: ['Rockchip (github.com/rockchip-linux/rkbin), tools/loaderimage'],
  limits: ['the hash beside the CRC is not compared', 'signatures are shown, not verified'],
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const image = parseRockchipUboot(bytes, at)
    return image && { start: at, end: Math.min(at + HEADER + image.length, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { kind, length, crc, signature } = parseRockchipUboot(bytes, start) as RockchipUboot
  const at = start + HEADER
  if (at + length <= bytes.size && rockchipCrc(bytes, at, length) !== crc)
    problem('checksum', 'the CRC differs', kind)
  if (signature)
    yield { meta: wrapped('signature'), content: { at: start + signature.at, length: signature.length } }
  yield asProgram(announced(bytes, kind, { at, length }, problem))
}
