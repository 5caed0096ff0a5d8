import type { ContainerFormat } from '../../contract.ts'
import { announced, asProgram, type StoredMember, storedAsIs } from '../members.ts'
import { HEADER, MAGIC_AT, MAGICS, parseSigmastarIpl, type SigmastarIpl, sumDiffers } from './parse.ts'

export const sigmastarIpl: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'sigmastar-ipl',
  title: 'Boot stages of SigmaStar and MStar chips (IPL, IPL_CUST)',
  references: [
    'U-Boot of linux-chenxing, arch/arm/include/asm/arch-mstar/boot0.h',
    'OpenIPC (github.com/OpenIPC/u-boot-sigmastar), ipl and make_boot_spinor.sh',
  ],
  limits: [
    'sums of stages for later chips (SSC377, SSC378), which count something else, are not compared',
    'signatures behind a stage are not part of it',
  ],
  recognisedOnly:
    'no tool that writes the sum is public, and the makers’ stages may not be passed on: made by a script',
  magic: MAGICS.map((bytes) => ({ bytes, at: MAGIC_AT })),
  carve: true,

  recognise(bytes, at) {
    const ipl = parseSigmastarIpl(bytes, at)
    return ipl && { start: at, end: Math.min(at + ipl.length, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const ipl = parseSigmastarIpl(bytes, start) as SigmastarIpl
    if (start + ipl.length <= bytes.size && sumDiffers(bytes, start, ipl))
      problem('checksum', 'the sum of its words differs', ipl.stage)
    const code = { at: start + HEADER, length: ipl.length - HEADER }
    yield asProgram(announced(bytes, ipl.stage, code, problem))
  }),
}
