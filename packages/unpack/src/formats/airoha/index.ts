import { createHash } from 'node:crypto'
import { type Bytes, lzmaAloneStream, sliceBytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, hashStretch, jsonText, showStored, showText, wrapped } from '../members.ts'
import { type AirohaHeader, MAGIC_AT, MAGICS, parseAiroha, sectionsOf } from './parse.ts'

export const airoha: ContainerFormat<null> = {
  kind: 'container',
  name: 'airoha',
  title: 'Airoha Bluetooth firmware (earphones)',
  references: [
    'unblob, handlers/archive/airoha.py',
    'airoha-firmware-parser (github.com/ramikg/airoha-firmware-parser)',
  ],
  limits: [
    'firmware that is encrypted, with keys of the makers, is shown as it is',
    'sections are told, not laid out in memory',
    'signatures are not verified',
  ],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: MAGICS.map((bytes) => ({ bytes, at: MAGIC_AT })),
  carve: true,

  recognise(bytes, at) {
    const header = parseAiroha(bytes, at)
    return header && { start: at, end: Math.min(header.firmware.at + header.firmware.length, bytes.size) }
  },

  open: (_bytes, { start, end }) => [{ cost: end - start, entries: 2, plan: null }],

  read(bytes, { start, end }, _plan, sink) {
    const { compression, firmware, digest } = parseAiroha(bytes, start) as AirohaHeader
    const whole = firmware.at + firmware.length <= end
    if (whole && !digestFits(bytes, { start, end }, digest)) sink.problem('checksum', 'the SHA-256 differs')
    showText('sections.json', jsonText(sectionsOf(bytes, start)), sink)
    if (compression === 'lzma' && whole) showUnpacked(bytes, firmware.at, firmware.length, sink)
    else {
      if (compression === 'encrypted') sink.problem('unsupported', 'it is encrypted', 'firmware')
      showStored(announced(bytes, 'firmware', firmware, sink.problem), sink)
    }
  },
}

function showUnpacked(bytes: Bytes, at: number, length: number, sink: Sink): void {
  sink.stream(wrapped('firmware'), (write) => {
    const result = lzmaAloneStream(sliceBytes(bytes, at, length), 0, write)
    return { ...result, end: at + result.end }
  })
}

/** It is of all behind it; the file may go on behind the firmware, which nobody tells. */
function digestFits(bytes: Bytes, { start, end }: Region, digest: string): boolean {
  return [end, bytes.size].some(
    (last) =>
      hashStretch(createHash('sha256'), bytes, start + 32, last - start - 32).digest('hex') === digest,
  )
}
