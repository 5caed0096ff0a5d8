import type { ContainerFormat } from '../../contract.ts'
import { type StoredMember, storedAsIs } from '../members.ts'
import { MAGIC, parseVcdiff } from './parse.ts'

export const vcdiff: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'vcdiff',
  title: 'VCDIFF delta (xdelta3, open-vcdiff)',
  references: [
    'RFC 3284, sections 4.1 to 4.3',
    'xdelta3 3.0.11, xdelta3.h and xdelta3-decode.h (checksum, compressors)',
  ],
  limits: [
    'it is not applied: what is copied from the old file is not shown',
    'what is new is shown where it is not compressed (`xdelta3 -S none`)',
    'deltas with a table of instructions of their own are not recognised',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const delta = parseVcdiff(bytes, at)
    return delta && { start: at, end: delta.end }
  },

  ...storedAsIs((bytes, { start }, problem) => {
    const delta = parseVcdiff(bytes, start)
    if (delta?.cut) problem('truncated', 'the data ends early', delta.cut.path)
    return delta?.literals ?? []
  }),
}
