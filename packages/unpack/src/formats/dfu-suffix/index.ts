import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region } from '../../contract.ts'
import { jsonText, program, showText } from '../members.ts'
import { crcHolds, type DfuSuffix, parseDfuSuffix, SUFFIX, suffixText } from './parse.ts'

export const dfuSuffix: ContainerFormat<null> = {
  kind: 'container',
  name: 'dfu-suffix',
  title: 'Suffix of a USB DFU file',
  references: ['USB Device Class Specification for Device Firmware Upgrade 1.1, appendix B'],
  limits: ['it is known by its CRC, which is that of the whole artefact: files within larger ones differ'],
  magic: [],
  carve: false,
  candidates: suffixStarts,

  recognise(bytes, at) {
    if (parseDfuSuffix(bytes, at)) return { start: at, end: at + SUFFIX }
    return at === 0 && endsTheFile(bytes) ? { start: 0, end: bytes.size } : undefined
  },

  open: () => [{ cost: 0, entries: 1, plan: null }],

  read(bytes, { start, end }, _plan, sink) {
    const at = end - SUFFIX
    if (at > start) sink.slice(program('firmware'), start, at - start)
    showText('suffix.json', jsonText(suffixText(parseDfuSuffix(bytes, at) as DfuSuffix)), sink)
  },
}

/** At the end of the artefact, where its CRC holds: all of it belongs to the suffix then, unless something else is in front. */
function suffixStarts(bytes: Bytes, { start, end }: Region): readonly number[] {
  const at = end - SUFFIX
  if (end !== bytes.size || at < start || !endsTheFile(bytes)) return []
  return [start === 0 ? 0 : at]
}

function endsTheFile(bytes: Bytes): boolean {
  const at = bytes.size - SUFFIX
  const suffix = parseDfuSuffix(bytes, at)
  return suffix !== undefined && crcHolds(bytes, 0, at, suffix)
}
