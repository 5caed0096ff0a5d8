import type { Bytes } from '@messlatte/bytes'
import type { LeafFormat } from '../../contract.ts'
import { innoRegion } from '../inno/region.ts'
import { parseKernel } from '../kernel/parse.ts'
import { isZero } from '../members.ts'
import { holdsFiles } from '../pe-resources/payloads.ts'
import { peCertificates } from './certificates.ts'
import { type Pe, parsePe } from './parse.ts'

/** Of a unified kernel image: a kernel, an initramfs and more, each a section. */
const KERNEL_SECTION = '.linux'

export const pe: LeafFormat = {
  kind: 'leaf',
  name: 'pe',
  title: 'PE/COFF (EFI programs and drivers, Windows programs)',
  references: [
    'Microsoft PE format, sections 2 to 5',
    'Windows Authenticode Portable Executable Signature Format',
    'UEFI Specification 2.10, section 2.1.1',
  ],
  limits: [
    'what is appended behind the last section, such as an archive, is not part of it, nor are certificates that follow on that',
    'sections are not searched; unified kernel images are `uki`, programs with files in their resources `pe-resources`, installers of Inno Setup `inno`',
    'signatures are not checked here; nor is the checksum of the header, which linkers leave out and later changes leave behind, also in drivers that are shipped',
  ],
  magic: ['MZ\x90\0', 'MZ\0\0', 'MZx\0', 'MZP\0'].map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const image = parsePe(bytes, at)
    if (!image || image.sections.some(({ name }) => name === KERNEL_SECTION)) return undefined
    if (parseKernel(bytes, at) || holdsFiles(bytes, image) || innoRegion(bytes, at)) return undefined
    return { start: at, end: Math.min(ownEnd(bytes, image), bytes.size) }
  },

  examine(bytes, { start, end }, problem) {
    const image = parsePe(bytes, start) as Pe
    if (ownEnd(bytes, image) > end) {
      problem('truncated', `${image.end - start} bytes are announced, ${end - start} are there`)
      return
    }
    const { certificates } = image
    const entries = peCertificates(bytes, image)
    if (certificates && entries.length === 0) problem('structure', 'the table of certificates cannot be read')
  },
}

/** Behind the image, as one piece: certificates belong to it where nothing but filling lies in front of them. */
export function ownEnd(bytes: Bytes, { bodyEnd, certificates, end }: Pe): number {
  if (!certificates || bodyEnd >= bytes.size) return end
  return isZero(bytes, bodyEnd, certificates.at) ? end : bodyEnd
}
