import type { Bytes, StreamEnd } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { xorStretch } from '../decipher.ts'
import { type Stored, wrapped } from '../members.ts'
import { KEY_STREAM, MAGIC_BYTES, MAGIC_PLACES, parseSenaoV2 } from './parse.ts'

export const senaoV2: ContainerFormat<null> = {
  kind: 'container',
  name: 'senao-v2',
  title: 'Later Senao and EnGenius image (magic 0x30471688, encoded with XOR)',
  references: ['FACT extractor, senao.py and its sample'],
  limits: [
    'the end is told by the shorter header only, as the public sample has it; else all up to the end is decoded',
    'images with another key than the published one are not recognised',
    'checksums are not compared: what they cover is not public',
  ],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: MAGIC_PLACES.map((at) => ({ bytes: MAGIC_BYTES, at })),
  carve: true,

  recognise(bytes, at) {
    const content = parseSenaoV2(bytes, at)
    return content && { start: at, end: Math.min(content.at + content.length, bytes.size) }
  },

  open: (bytes, { start }) => [
    { cost: (parseSenaoV2(bytes, start) as Stored).length, entries: 1, plan: null },
  ],

  read(bytes, { start, end }, _plan, sink) {
    const { at, length } = parseSenaoV2(bytes, start) as Stored
    if (at + length > end)
      sink.problem('truncated', `${length} bytes are announced, ${end - at} are there`, 'payload')
    sink.stream(wrapped('payload'), (write) => decoded(bytes, at, end, write))
  },
}

function decoded(bytes: Bytes, start: number, end: number, write: (chunk: Uint8Array) => void): StreamEnd {
  xorStretch(bytes, start, end, { key: KEY_STREAM, phase: 0 }, (chunk) => {
    write(chunk)
    return true
  })
  return { end, checksum: 'none' }
}
