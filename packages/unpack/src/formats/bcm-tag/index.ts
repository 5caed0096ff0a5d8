import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, crc32Of, type Stored, type StoredMember, storedAsIs } from '../members.ts'
import { type BcmTag, MAGICS, parseBcmTag } from './parse.ts'

export const bcmTag: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'bcm-tag',
  title: 'Broadcom image tag (DSL gateways, bcm963xx)',
  references: [
    'OpenWrt firmware-utils, src/bcm_tag.h and src/imagetag.c',
    'Linux kernel, drivers/mtd/parsers/bcm63xxpart.c',
  ],
  limits: [
    'tags with another company’s name than Broadcom’s are recognised where the version “ver. 2.0” stands behind it',
    'the checksum of the root file system, which makers count differently, is not compared, nor that of the whole image in tags of Deutsche Telekom’s devices',
  ],
  magic: MAGICS,
  carve: true,

  recognise(bytes, at) {
    const tag = parseBcmTag(bytes, at)
    return tag && { start: at, end: Math.min(tag.image.at + tag.image.length, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

/** Tags of Deutsche Telekom's devices count certificates into the CRC that do not lie in the image (OpenWrt, spw303v.c). */
const WITH_CERTIFICATES = 'AAAAAAAA Corporatio'

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { company, image, parts, imageCrc, kernelCrc } = parseBcmTag(bytes, start) as BcmTag
  if (image.at + image.length <= bytes.size) {
    const crc = ({ at, length }: Stored) => ~crc32Of(bytes, at, length) >>> 0
    const cfe = parts.find(({ path }) => path === 'cfe')?.length ?? 0
    const kernel = parts.find(({ path }) => path === 'kernel')
    if (kernel && crc(kernel) !== kernelCrc) problem('checksum', 'the CRC differs', 'kernel')
    // It is of all, of all but the boot loader, or of the kernel: makers differ.
    const summed = [image, { at: image.at + cfe, length: image.length - cfe }, ...(kernel ? [kernel] : [])]
    if (company !== WITH_CERTIFICATES && !summed.some((stretch) => crc(stretch) === imageCrc))
      problem('checksum', 'the CRC of the image differs')
  }
  for (const part of parts) yield announced(bytes, part.path, part, problem)
}
