import type { ContainerFormat } from '../../contract.ts'
import { type ImageMember, imageBatches, readImageMembers } from '../android-pages.ts'
import { type BootImage, idMatches, MAGIC, parseBootImage } from './parse.ts'

export const androidBoot: ContainerFormat<readonly ImageMember[]> = {
  kind: 'container',
  name: 'android-boot',
  title: 'Android boot image (header versions 0 to 4)',
  references: [
    'Android Open Source Project, Boot image header (source.android.com)',
    'AOSP, system/tools/mkbootimg/include/bootimg/bootimg.h',
  ],
  limits: ['a signature of Android 5 to 8 (AVB 1) behind the image is not part of it'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseBootImage(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  *open(bytes, { start }, problem) {
    const image = parseBootImage(bytes, start) as BootImage
    const { told, sections, recoveryDtboAt } = image
    const dtbo = sections.find(({ path }) => path === 'recovery_dtbo')
    if (dtbo && recoveryDtboAt !== undefined && dtbo.at - start !== recoveryDtboAt)
      problem('structure', 'the header names another place of the recovery DTBO', dtbo.path)
    const whole = sections.every(({ at, length }) => at + length <= bytes.size)
    if (whole && idMatches(bytes, image) === false) problem('checksum', 'the id is not that of the contents')
    yield* imageBatches(bytes, told, sections, problem)
  },

  read: readImageMembers,
}
