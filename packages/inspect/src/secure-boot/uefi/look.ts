import { cString } from '@messlatte/bytes'
import { type Pe, parsePe, peCertificates } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { ALGORITHMS, digestsOf, signedRanges, uncovered } from './digest.ts'
import type { EfiImageFact, EfiSignature, Role } from './facts.ts'

/** EFI programs and drivers (PE format, section "Windows Subsystem"); below them are other systems. */
const FIRST_EFI = 10
const LAST_EFI = 13
const PKCS7 = 0x0002
/** Signatures of an image, and bytes of one. */
const MOST_SIGNATURES = 16
const MOST_SIGNATURE = 64 * 1024
const MOST_SBAT = 8 * 1024
const MOST_UNCOVERED = 16

/** Unified kernel images are containers, and known by their names as files. */
const PROGRAM = /\.efi(?:\.signed)?$/i
/** What a boot loader hands to a kernel that lies beside. */
const INITRAMFS = /(?:^|\/)(?:initrd|initramfs)[^/]*$/
export const PATHS: readonly RegExp[] = [PROGRAM, INITRAMFS]

/** Map: digests, signatures and sections of one image. */
export function lookAtImage(artefact: Artefact, out: MapOut): void {
  const { bytes, type, inner } = artefact
  if (type !== 'file' && type !== 'region') return
  if (type === 'file' && INITRAMFS.test(inner)) {
    out.fact('boot.uefi.initramfs', placeOf(artefact), { isSignature: /\.(?:sig|asc)$/.test(inner) })
    return
  }
  const pe = parsePe(bytes, 0)
  if (!pe || pe.subsystem < FIRST_EFI || pe.subsystem > LAST_EFI) return
  out.fact('boot.uefi.image', placeOf(artefact), factOf(artefact, pe))
}

function factOf(artefact: Artefact, pe: Pe): EfiImageFact {
  const { bytes } = artefact
  const { size } = bytes
  const entries = peCertificates(bytes, pe)
  const ranges = pe.end <= size ? signedRanges(pe, size) : undefined
  const signatures = entries.slice(0, MOST_SIGNATURES).map(({ type, content }): EfiSignature => {
    const isRead = type === PKCS7 && content.length <= MOST_SIGNATURE
    const der = isRead ? Buffer.from(bytes.view(content.at, content.length)).toString('base64') : undefined
    return { offset: content.at, length: content.length, der, type }
  })
  // What firmware starts out of its own volume is not verified by digest.
  const wanted = signatures.length > 0 ? ALGORITHMS : isInVolume(artefact) ? [] : (['sha256'] as const)
  return {
    machine: pe.machine,
    subsystem: pe.subsystem,
    role: roleOf(artefact, pe),
    size,
    digests: ranges && wanted.length > 0 ? digestsOf(bytes, ranges, wanted) : {},
    signatures,
    damaged: ranges === undefined || (pe.certificates !== undefined && entries.length === 0),
    uncovered: ranges ? uncovered(pe, ranges, size).slice(0, MOST_UNCOVERED) : [],
    unified: unifiedSections(pe),
    sbat: sbatOf(artefact, pe),
  }
}

export function isInVolume({ root }: Pick<Artefact, 'root'>): boolean {
  return root.endsWith(':uefi-volume')
}

const UNIFIED = [
  '.linux',
  '.initrd',
  '.cmdline',
  '.dtb',
  '.osrel',
  '.uname',
  '.splash',
  '.ucode',
  '.pcrsig',
  '.pcrpkey',
]

function unifiedSections({ sections }: Pe): readonly string[] {
  if (!sections.some(({ name }) => name === '.linux')) return []
  return sections.flatMap(({ name }) => (UNIFIED.includes(name) ? [name] : []))
}

function roleOf({ format, inner, name }: Artefact, { sections, subsystem }: Pe): Role {
  const has = (section: string) => sections.some((one) => one.name === section)
  if (has('.vendor_cert')) return 'shim'
  if (has('.linux')) return 'unified-kernel'
  if (format === 'kernel') return 'kernel'
  if (subsystem > FIRST_EFI) return 'driver'
  // Of GRUB, only its modules lie in a section of their own; systemd-boot tells its version in one.
  if (has('mods') || has('.sdmagic')) return 'boot-loader'
  if (/^(?:grub|gcd|systemd-boot|boot(?:x64|ia32|aa64|arm|riscv64)\.efi)/i.test(name)) return 'boot-loader'
  return /(?:^|\/)vmlinu[xz]/.test(inner) ? 'kernel' : 'program'
}

function sbatOf({ bytes }: Artefact, { sections }: Pe): string | undefined {
  const section = sections.find(({ name }) => name === '.sbat')
  if (!section) return undefined
  const length = Math.min(section.length, section.memorySize || section.length, MOST_SBAT)
  if (section.at + length > bytes.size) return undefined
  return cString(bytes.view(section.at, length))
}
