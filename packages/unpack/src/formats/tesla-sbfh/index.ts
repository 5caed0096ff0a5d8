import type { ContainerFormat } from '../../contract.ts'
import { announced, asProgram, crc32Of, distinctPaths, type StoredMember, storedAsIs } from '../members.ts'
import { MAGIC, parseTeslaSbfh, type TeslaSbfh } from './parse.ts'

/** The library inverts what it is given, so that this makes it begin with zero. */
const FROM_ZERO = 0xffffffff

export const teslaSbfh: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'tesla-sbfh',
  title: 'Tesla Wall Connector firmware (SBFH, with segments for Marvell’s chips)',
  references: ['unblob, handlers/archive/tesla/sbfh.py'],
  limits: ['signatures, if there are some, are not shown: where they stand is not public'],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const firmware = parseTeslaSbfh(bytes, at)
    return firmware && { start: at, end: Math.min(firmware.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const pathOf = distinctPaths()
    for (const [place, segment] of (parseTeslaSbfh(bytes, start) as TeslaSbfh).segments.entries()) {
      const { at, length, address, crc } = segment
      const path = pathOf(`segment-${address.toString(16).padStart(8, '0')}`, place)
      if (at + length <= bytes.size && ~crc32Of(bytes, at, length, FROM_ZERO) >>> 0 !== crc)
        problem('checksum', 'the CRC-32 differs', path)
      yield asProgram(announced(bytes, path, segment, problem))
    }
  }),
}
