import type { ContainerFormat } from '../../contract.ts'
import { announced, distinctPaths, type StoredMember, storedAsIs } from '../members.ts'
import { MAGICS, type MaxlinearPart, parseMaxlinearUimage } from './parse.ts'

export const maxlinearUimage: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'maxlinear-uimage',
  title: 'Intel and MaxLinear unified image (cable gateways with Puma chips, versions 2 and 3)',
  references: ['FACT extractor, maxlinear_uimage.py and its sample'],
  limits: [
    'checksums and digests are not compared: what they cover is not public',
    'the signature in front of it is not part of it',
  ],
  recognisedOnly:
    'no tool that writes it could be run here, and no image that may be passed on: made by a script',
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const last = parseMaxlinearUimage(bytes, at)?.at(-1)
    return last && { start: at, end: Math.min(last.at + last.length, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const pathOf = distinctPaths()
    const parts = parseMaxlinearUimage(bytes, start) as readonly MaxlinearPart[]
    for (const [place, part] of parts.entries())
      yield announced(bytes, pathOf(part.name, place), part, problem)
  }),
}
