import type { ContainerFormat } from '../../contract.ts'
import { announced, asProgram, type Stored, type StoredMember, storedAsIs } from '../members.ts'
import { MAGIC, parseGrainMedia } from './parse.ts'

export const grainMedia: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'grain-media',
  title: 'Grain Media kernel image (GM8126 and other camera chips)',
  references: ['FACT extractor, gm8126.py and its sample'],
  limits: ['checksums are not compared: whether there are some is not public'],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const content = parseGrainMedia(bytes, at)
    return content && { start: at, end: Math.min(content.at + content.length, bytes.size) }
  },

  ...storedAsIs((bytes, { start }, problem) => [
    asProgram(announced(bytes, 'kernel', parseGrainMedia(bytes, start) as Stored, problem)),
  ]),
}
