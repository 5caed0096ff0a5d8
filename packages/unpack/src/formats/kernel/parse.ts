import { type Bytes, latin1 } from '@messlatte/bytes'
import type { Stored } from '../members.ts'
import { parseZimage } from './arm.ts'
import { parseKernelElf } from './elf.ts'
import { parseFlatImage } from './flat.ts'
import { parseS390, S390_MAGIC, S390_MAGIC_AT } from './s390.ts'
import { parseBzimage } from './x86.ts'
import { parseZboot } from './zboot.ts'

export interface KernelPart extends Stored {
  readonly path: string
}

/** A Linux kernel image. Offsets are of the source. */
export interface KernelImage {
  readonly variant:
    | 'arm-zimage'
    | 'x86-bzimage'
    | 'arm64-image'
    | 'riscv-image'
    | 'efi-zboot'
    | 'mips-vmlinuz'
    | 'powerpc-zimage'
    | 's390-image'
    | 'vmlinux'
  /** Behind its last byte, as its header says. */
  readonly end: number
  /** The header counts memory that the file does not hold: bytes that are not there are none that are missing. */
  readonly endIsBound: boolean
  readonly parts: readonly KernelPart[]
  /** Where the compressed kernel begins somewhere, and where it ends, when the header does not tell it. */
  readonly search?: Stored
}

/** The kernel image at `at`; undefined for what is none. @throws FormatError, BytesError for what is none either */
export function parseKernel(bytes: Bytes, at: number): KernelImage | undefined {
  const has = (text: string, offset: number) =>
    at + offset + text.length <= bytes.size && latin1(bytes.view(at + offset, text.length)) === text
  if (has('\x7fELF', 0)) return parseKernelElf(bytes, at)
  if (has('MZ\0\0zimg', 0)) return parseZboot(bytes, at)
  if (has('ARM\x64', 56)) return parseFlatImage(bytes, at, 'arm64-image')
  if (has('RSC\x05', 56)) return parseFlatImage(bytes, at, 'riscv-image')
  if (has('HdrS', 0x202)) return parseBzimage(bytes, at)
  if (has(S390_MAGIC, S390_MAGIC_AT)) return parseS390(bytes, at)
  return parseZimage(bytes, at)
}
