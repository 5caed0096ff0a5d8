import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, asProgram, program, type StoredMember, storedAsIs, whatIsThere } from '../members.ts'
import { type KernelImage, parseKernel } from './parse.ts'
import { findPayload } from './payload.ts'
import { S390_MAGIC, S390_MAGIC_AT } from './s390.ts'

/** Whose images may hold something else, or a kernel that is not compressed. */
const MAY_HOLD_NONE: readonly KernelImage['variant'][] = ['x86-bzimage', 's390-image']

export const kernel: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'kernel',
  title: 'Linux kernel image (zImage, bzImage, Image, EFI zboot, vmlinuz, vmlinux)',
  references: [
    'Linux kernel, arch/arm/boot/compressed/head.S and vmlinux.lds.S',
    'Linux kernel, Documentation/arch/x86/boot.rst',
    'Linux kernel, Documentation/arch/arm64/booting.rst',
    'Linux kernel, Documentation/arch/riscv/boot-image-header.rst',
    'Linux kernel, drivers/firmware/efi/libstub/zboot-header.S',
    'Linux kernel, arch/mips/boot/compressed/ld.script',
    'Linux kernel, arch/powerpc/boot/wrapper',
    'Linux kernel, arch/s390/boot/head.S and vmlinux.lds.S',
    'Microsoft PE/COFF specification, sections 3 and 4',
  ],
  limits: [
    'flat MIPS and PowerPC images have no header: what is compressed in them is found all the same, as a region of its own',
    'arm64 images before Linux 3.17 do not tell their size and are not recognised',
    'of ELF files those are kernels whose sections say so',
  ],
  magic: [
    { bytes: '\x18\x28\x6f\x01', at: 36 },
    { bytes: '\x01\x6f\x28\x18', at: 36 },
    { bytes: 'HdrS', at: 0x202 },
    { bytes: 'ARM\x64', at: 56 },
    { bytes: 'RSC\x05', at: 56 },
    { bytes: 'MZ\0\0zimg', at: 0 },
    { bytes: '\x7fELF', at: 0 },
    { bytes: S390_MAGIC, at: S390_MAGIC_AT },
  ],
  carve: true,

  recognise(bytes, at) {
    const image = parseKernel(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const image = parseKernel(bytes, start) as KernelImage
  const { search, end, endIsBound, variant } = image
  if (end > bytes.size && !endIsBound)
    problem('truncated', `${end - start} bytes are announced, ${bytes.size - start} are there`)
  if (search) {
    const payload = findPayload(bytes, search)
    if (!payload && !MAY_HOLD_NONE.includes(variant)) problem('structure', 'no compressed kernel is in it')
    yield asProgram(announced(bytes, payload ? 'payload' : 'body', payload ?? search, problem))
  }
  for (const { path, ...part } of image.parts) {
    if (endIsBound && part.at + part.length > bytes.size)
      yield { meta: program(path), content: whatIsThere(bytes, part.at) }
    else yield asProgram(announced(bytes, path, part, problem))
  }
}
