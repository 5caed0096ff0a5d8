import type { LeafFormat } from '../../contract.ts'
import { readVolumes } from '../iso9660/volume.ts'
import { parseKernelElf } from '../kernel/elf.ts'
import { parseUpx } from '../upx/parse.ts'
import { sizeOfElf, sizeWhereCut } from './parse.ts'

export const elf: LeafFormat = {
  kind: 'leaf',
  name: 'elf',
  title: 'ELF (executables, libraries, kernel modules)',
  references: [
    'System V ABI, edition 4.1, chapters 4 and 5',
    'Linux, elf(5)',
    'AppImage specification, "Image format", types 1 and 2',
  ],
  limits: [
    'of programs of Qualcomm without sections it is not told that they are cut off: their segments may be files of their own (.mdt, .b00)',
    'what is appended behind the last section is not part of it (signatures of kernel modules are module-signature)',
  ],
  magic: [{ bytes: '\x7fELF', at: 0 }],
  carve: true,

  recognise(bytes, at) {
    if (parseKernelElf(bytes, at) || parseUpx(bytes, at)) return undefined
    // An AppImage of type 1 is a disc image whose free first blocks hold the program.
    if (readVolumes(bytes, at)) return undefined
    return { start: at, end: Math.min(at + sizeOfElf(bytes, at), bytes.size) }
  },

  examine(bytes, { start }, problem) {
    const size = sizeWhereCut(bytes, start)
    if (size !== undefined)
      problem('truncated', `${size} bytes are announced, ${bytes.size - start} are there`)
  },
}
