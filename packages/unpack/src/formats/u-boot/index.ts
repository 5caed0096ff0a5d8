import { type Bytes, latin1 } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { program, type StoredMember, storedAsIs, wrapped } from '../members.ts'
import { findUBoot, type Processor, type UBoot } from './find.ts'
import { ARM, RISCV64, X86 } from './processors.ts'

const PROCESSORS = [ARM, RISCV64, X86]
const TREE = 'u-boot.dtb'

export const uBoot: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'u-boot',
  title: 'U-Boot for 32-bit ARM, RISC-V and x86, as it is loaded, with its device tree',
  references: [
    'U-Boot, arch/arm/lib/vectors.S and arch/arm/cpu/u-boot.lds',
    'U-Boot, arch/riscv/cpu/start.S and u-boot.lds',
    'U-Boot, arch/x86/cpu/start.S and u-boot.lds',
  ],
  limits: [
    'found by the relocations with which it ends: an SPL, which does not move itself, has none, nor do versions before 2011',
    'of RISC-V that with 64 bits, of x86 that with 32; other processors have no start of their own by which it is known',
  ],
  magic: PROCESSORS.flatMap(({ start, starts }) => starts.map((at) => ({ bytes: start, at }))),
  carve: true,

  recognise(bytes, at) {
    const found = find(bytes, at)
    return found && { start: at, end: found.end }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { codeEnd, end, cut } = find(bytes, start) as UBoot
    if (cut) problem('truncated', 'the device tree is cut off', TREE)
    yield { meta: program('u-boot-nodtb.bin'), content: { at: start, length: codeEnd - start } }
    if (end > codeEnd) yield { meta: wrapped(TREE), content: { at: codeEnd, length: end - codeEnd } }
  }),
}

function find(bytes: Bytes, at: number): UBoot | undefined {
  for (const processor of PROCESSORS) {
    const found = startsAt(bytes, at, processor) ? findUBoot(bytes, at, processor) : undefined
    if (found) return found
  }
  return undefined
}

function startsAt(bytes: Bytes, at: number, { start, starts, before }: Processor): boolean {
  const holds = (place: number, text: string) => place >= 0 && latin1(bytes.view(place, text.length)) === text
  if (before !== undefined && holds(at - before.length, before)) return false
  return starts.some((from) => holds(at + from, start))
}
