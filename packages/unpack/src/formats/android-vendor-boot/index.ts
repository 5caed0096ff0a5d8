import { type Bytes, BytesError } from '@messlatte/bytes'
import type { ContainerFormat, Sink } from '../../contract.ts'
import { HEADER, type ImageMember, imageBatches, readImageMembers } from '../android-pages.ts'
import { type Fragment, fragmentsOf, MAGIC, parseVendorBoot, type VendorBoot } from './parse.ts'

export const androidVendorBoot: ContainerFormat<readonly ImageMember[]> = {
  kind: 'container',
  name: 'android-vendor-boot',
  title: 'Android vendor boot image (header versions 3 and 4)',
  references: [
    'Android Open Source Project, Vendor boot partitions (source.android.com)',
    'AOSP, system/tools/mkbootimg/include/bootimg/bootimg.h',
  ],
  limits: [],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseVendorBoot(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  *open(bytes, { start }, problem) {
    const image = parseVendorBoot(bytes, start) as VendorBoot
    const fragments = fragmentsAsFarAsTold(bytes, image, problem)
    const only = fragments.length === 1 && fragments[0]?.name === ''
    const told = fragments.map(({ path, name, type, boardId, length }) => ({
      path: only ? 'vendor_ramdisk' : path,
      name,
      type,
      ...(boardId && { boardId }),
      size: length,
    }))
    const sections =
      fragments.length === 0 || only
        ? image.sections
        : [...fragments, ...image.sections.filter(({ path }) => path !== 'vendor_ramdisk')]
    yield* imageBatches(bytes, { ...image.told, fragments: told }, sections, problem)
  },

  read: readImageMembers,
}

/** None where the table is cut off or cannot hold: then the ramdisk is given as a whole. */
function fragmentsAsFarAsTold(
  bytes: Bytes,
  image: VendorBoot,
  problem: Sink['problem'],
): readonly Fragment[] {
  try {
    const fragments = fragmentsOf(bytes, image)
    if (!fragments) problem('structure', 'the table of ramdisks contradicts the sizes', HEADER)
    return fragments ?? []
  } catch (error) {
    if (!(error instanceof BytesError)) throw error
    problem('truncated', 'the image ends before the table of ramdisks does', HEADER)
    return []
  }
}
