import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import type { ContainerFormat, Region } from '../../contract.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'

/** With its version, of which cameras have 1.1, and the sample of FACT's extractor 1.2. */
const MAGICS = ['\x01', '\x02'].map((minor) => `BNEG\x01\0\0\0${minor}\0\0\0`)
const SIZES_AT = 12
const HEADER = 20

export const instarBneg: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'instar-bneg',
  title: 'Instar BNEG (cameras)',
  references: ['unblob, handlers/archive/instar/bneg.py', 'FACT extractor, bneg.py'],
  limits: ['there is no checksum: an image that is cut off is not recognised'],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    if (at + HEADER > bytes.size || !MAGICS.includes(latin1(bytes.view(at, SIZES_AT)))) return undefined
    const length = partsOf(bytes, at).reduce((sum, part) => sum + part, 0)
    const end = at + HEADER + length
    return length > 0 && end <= bytes.size ? { start: at, end } : undefined
  },

  ...storedAsIs(function* (bytes, { start }: Region, problem) {
    let at = start + HEADER
    for (const [index, length] of partsOf(bytes, start).entries()) {
      if (length > 0) yield announced(bytes, `partition-${index + 1}`, { at, length }, problem)
      at += length
    }
  }),
}

/** Bytes of both partitions, little endian. */
function partsOf(bytes: Bytes, start: number): readonly number[] {
  const reader = new Reader(bytes.view(start, HEADER), 'little', SIZES_AT)
  return [reader.u32(), reader.u32()]
}
