import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region } from '../../contract.ts'
import { announced, distinctPaths, partsAsTheyAre, type StoredMember } from '../members.ts'
import { type Pe, parsePe } from '../pe/parse.ts'

const KERNEL_SECTION = '.linux'
/** UAPI Group Specifications, UKI: what sections may hold beside the program that starts the kernel. */
const SECTIONS = new Set([
  KERNEL_SECTION,
  '.osrel',
  '.cmdline',
  '.initrd',
  '.ucode',
  '.splash',
  '.dtb',
  '.dtbauto',
  '.hwids',
  '.efifw',
  '.uname',
  '.sbat',
  '.pcrsig',
  '.pcrpkey',
  '.profile',
])

export const uki: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'uki',
  title: 'Unified kernel image (UKI)',
  references: [
    'UAPI Group Specifications, "Unified Kernel Image (UKI)"',
    'Microsoft PE format, sections 3 to 5',
  ],
  limits: [
    'the program that starts the kernel, and signatures, are not shown: checks read them where they lie',
  ],
  magic: ['MZ\x90\0', 'MZ\0\0', 'MZx\0'].map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const image = parseUki(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...partsAsTheyAre(function* (bytes: Bytes, { start }: Region, problem) {
    const { sections } = parseUki(bytes, start) as Pe
    const distinct = distinctPaths()
    for (const [index, { name, at, length, memorySize }] of sections.entries()) {
      if (!SECTIONS.has(name)) continue
      // In the file, sections are filled up; in memory they have the size of what they hold.
      const content = { at, length: Math.min(length, memorySize) }
      yield announced(bytes, distinct(name, index), content, problem)
    }
  }),
}

function parseUki(bytes: Bytes, at: number): Pe | undefined {
  const image = parsePe(bytes, at)
  return image?.sections.some(({ name, length }) => name === KERNEL_SECTION && length > 0) ? image : undefined
}
