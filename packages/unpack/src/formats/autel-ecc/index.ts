import { type Bytes, forEachWindow, type StreamEnd } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { type Stored, wrapped } from '../members.ts'
import { MAGIC, parseAutelEcc, unmask } from './parse.ts'

/** Whole blocks, so that each window begins with one. */
const WINDOW = 256 * 1024

export const autelEcc: ContainerFormat<null> = {
  kind: 'container',
  name: 'autel-ecc',
  title: 'Autel firmware (ECC: diagnostic tools; masked)',
  references: ['unblob, handlers/archive/autel/ecc.py', 'binwalk 3, src/structures/autel.rs'],
  limits: ['there is no checksum'],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const content = parseAutelEcc(bytes, at)
    return content && { start: at, end: Math.min(content.at + content.length, bytes.size) }
  },

  open: (bytes, { start }) => [
    { cost: (parseAutelEcc(bytes, start) as Stored).length, entries: 1, plan: null },
  ],

  read(bytes, { start }, _plan, sink) {
    const { at, length } = parseAutelEcc(bytes, start) as Stored
    const there = Math.min(length, bytes.size - at)
    if (there < length)
      sink.problem('truncated', `${length} bytes are announced, ${there} are there`, 'firmware')
    sink.stream(wrapped('firmware'), (write) => unmasked(bytes, at, at + there, write))
  },
}

function unmasked(bytes: Bytes, start: number, end: number, write: (chunk: Uint8Array) => void): StreamEnd {
  forEachWindow(bytes, start, end, WINDOW, 0, (window) => {
    unmask(window)
    write(window)
    return true
  })
  return { end, checksum: 'none' }
}
