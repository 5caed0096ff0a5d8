import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { jbootSum } from '../jboot-sum.ts'
import { announced, crc32Of, type StoredMember, storedAsIs } from '../members.ts'
import { type JbootKernel, MAGICS, parseJbootKernel } from './parse.ts'

export const jbootStag: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'jboot-stag',
  title: 'D-Link JBOOT kernel and root file system (STAG, SCH2)',
  references: ['OpenWrt firmware-utils, src/mkdlinkfw.c', 'binwalk 3, src/structures/jboot.rs'],
  limits: ['a kernel that is packed with jz is shown as it is'],
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const image = parseJbootKernel(bytes, at)
    if (!image) return undefined
    const { at: from, length } = image.rootfs ?? image.kernel
    return { start: at, end: Math.min(from + length, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { kernel, crc, rootfs, checksum, tagged } = parseJbootKernel(bytes, start) as JbootKernel
  if (tagged.at + tagged.length <= bytes.size) {
    if (jbootSum(bytes, tagged.at, tagged.length) !== checksum)
      problem('checksum', 'the checksum of the tag differs')
    if (crc32Of(bytes, kernel.at, kernel.length) !== crc) problem('checksum', 'the CRC differs', 'kernel')
  }
  yield announced(bytes, 'kernel', kernel, problem)
  if (!rootfs) return
  const whole = rootfs.at + rootfs.length <= bytes.size
  if (whole && crc32Of(bytes, rootfs.at, rootfs.length) !== rootfs.crc)
    problem('checksum', 'the CRC differs', 'rootfs')
  yield announced(bytes, 'rootfs', rootfs, problem)
}
