import type { ContainerFormat } from '../../contract.ts'
import { program, type StoredMember, storedAsIs, wrapped } from '../members.ts'
import { findUBoot, STARTS, type UBoot } from './find.ts'

const TREE = 'u-boot.dtb'

export const uBootArm64: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'u-boot-arm64',
  title: 'U-Boot for 64-bit ARM, as it is loaded, with its device tree',
  references: ['U-Boot, arch/arm/cpu/armv8/start.S', 'U-Boot, arch/arm/include/asm/arch-sunxi/boot0.h'],
  limits: [
    'found with the starts of plain U-Boot, of its SPL, and of those for Allwinner; boards may have others, and those with the header of a kernel are told as one',
    'found where its device tree follows, or where it ends a file or content: nothing else speaks for its length',
  ],
  magic: STARTS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const found = findUBoot(bytes, at)
    return found && { start: at, end: found.end }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { codeEnd, end, cut } = findUBoot(bytes, start) as UBoot
    if (cut) problem('truncated', 'the device tree is cut off', TREE)
    yield { meta: program('u-boot-nodtb.bin'), content: { at: start, length: codeEnd - start } }
    if (end > codeEnd) yield { meta: wrapped(TREE), content: { at: codeEnd, length: end - codeEnd } }
  }),
}
