import type { ContainerFormat } from '../../contract.ts'
import { announced, crc32Of, type StoredMember, storedAsIs } from '../members.ts'
import { type EconetTrx, MAGIC, parseEconetTrx } from './parse.ts'

export const econetTrx: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'econet-trx',
  title:
    'EcoNet image (tclinux.bin: DSL and fibre gateways with chips of TrendChip, EcoNet and Airoha; DrayTek)',
  references: [
    'Asus, GPL sources of the DSL-N55U and others (github.com/smx-smx/asuswrt-rt), tools/trx/trx.h and trx.c',
    'FACT extractor, draytek_vigor_167.py',
  ],
  limits: [
    'headers in little endian are not recognised',
    'what the MD5 behind images of DrayTek covers is not public: it is not compared',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseEconetTrx(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { body, crc, parts } = parseEconetTrx(bytes, start) as EconetTrx
    const whole = body.at + body.length <= bytes.size
    if (whole && ~crc32Of(bytes, body.at, body.length) >>> 0 !== crc)
      problem('checksum', 'the CRC-32 differs')
    for (const { name, at, length } of parts) yield announced(bytes, name, { at, length }, problem)
  }),
}
