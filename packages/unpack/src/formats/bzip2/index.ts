import { bzip2Stream, latin1 } from '@messlatte/bytes'
import type { StreamFormat } from '../../contract.ts'

const HEADER = 10

export const bzip2: StreamFormat = {
  kind: 'stream',
  name: 'bzip2',
  title: 'bzip2',
  references: ['bzip2 Format Specification (Joe Tsai, 2016), sections 2.2 and 2.4'],
  limits: ['randomised blocks of versions before 0.9.5 are not decoded'],
  // The digits of pi begin a block, those of its square root an empty content.
  magic: [
    { bytes: '1AY&SY', at: 4 },
    { bytes: '\x17rE8P\x90', at: 4 },
  ],
  carve: true,

  recognise: (bytes, at) => at + HEADER <= bytes.size && /^BZh[1-9]$/.test(latin1(bytes.view(at, 4))),

  decode: bzip2Stream,
}
