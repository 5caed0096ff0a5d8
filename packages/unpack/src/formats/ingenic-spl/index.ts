import type { ContainerFormat } from '../../contract.ts'
import { announced, asProgram, type StoredMember, storedAsIs, wrapped } from '../members.ts'
import { CODE_AT, crc7, type IngenicSpl, MAGIC, parseIngenicSpl, SIGNATURE } from './parse.ts'

export const ingenicSpl: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'ingenic-spl',
  title: 'First boot stage of Ingenic chips (T10 to T41, X series) in SPI flash',
  references: [
    'U-Boot of Ingenic (github.com/gtxaspec/u-boot-ingenic), arch/mips/cpu/xburst/t31/start.S',
    'U-Boot of Ingenic, tools/ingenic-tools/spi_checksum.c and spl_params_fixer.c',
  ],
  limits: [
    'what is in the room for a signature is shown, not verified; beside it the CRC-7 is not compared: makers’ stages do not keep to it',
    'stages for cards (MSPL) and for parallel NAND flash are not recognised: no length stands in them',
    'what follows it (U-Boot, an environment) is found by what it is: no table says where it lies',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const spl = parseIngenicSpl(bytes, at)
    return spl && { start: at, end: Math.min(at + spl.length, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { crc, length, signed } = parseIngenicSpl(bytes, start) as IngenicSpl
    const code = { at: start + CODE_AT, length: length - CODE_AT }
    if (signed) yield { meta: wrapped('signature'), content: { ...SIGNATURE, at: start + SIGNATURE.at } }
    else if (start + length <= bytes.size && crc7(bytes, code.at, code.length) !== crc)
      problem('checksum', 'the CRC-7 differs', 'spl')
    yield asProgram(announced(bytes, 'spl', code, problem))
  }),
}
