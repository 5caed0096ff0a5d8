import { type Bytes, DecodeError, latin1, Reader } from '@messlatte/bytes'
import type { StreamFormat } from '../../contract.ts'

const MAGIC = '\x1bDSK1.0'
const HEADER = 24
const SIZE_AT = 12
/** Bytes of text that are decoded at once. */
const CHUNK = 256 * 1024
const LINE_ENDS = /[\r\n]+/g
const ALPHABET = /^[A-Za-z0-9+/]*={0,2}$/

/** Bytes of the text behind the header. */
function sizeAt(bytes: Bytes, at: number): number | undefined {
  if (at + HEADER + 4 > bytes.size) return undefined
  const head = bytes.view(at, HEADER)
  const size = new Reader(head, 'little', SIZE_AT).u32()
  const unused = head.subarray(SIZE_AT + 4).every((byte) => byte === 0)
  const start = latin1(bytes.view(at + HEADER, Math.min(64, bytes.size - at - HEADER)))
  return latin1(head.subarray(0, MAGIC.length)) === MAGIC &&
    size >= 4 &&
    unused &&
    ALPHABET.test(start.slice(0, size).replace(LINE_ENDS, ''))
    ? size
    : undefined
}

export const xeroxDsk: StreamFormat = {
  kind: 'stream',
  name: 'xerox-dsk',
  title: 'Xerox DSK 1.0 (firmware of printers in Base64)',
  references: ['fact_extractor, plugins/unpacking/xerox/internal/dsk_container.py'],
  limits: ['there is no checksum', 'what is unpacked has a layout that is not described, and is searched'],
  recognisedOnly:
    'no tool that writes it is public: made by a script; tried on the two samples in the tests of fact_extractor',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise: (bytes, at) => sizeAt(bytes, at) !== undefined,

  decode(bytes, at, write) {
    const size = sizeAt(bytes, at)
    if (size === undefined) throw new DecodeError('corrupt', 'DSK: no header')
    const start = at + HEADER
    const there = Math.min(start + size, bytes.size)
    let rest = ''
    for (let place = start; place < there; place += CHUNK) {
      const text = rest + latin1(bytes.view(place, Math.min(CHUNK, there - place))).replace(LINE_ENDS, '')
      const whole = text.length - (text.length % 4)
      const last = place + CHUNK >= there
      // Padding ends the text, and stands nowhere else.
      const holds = ALPHABET.test(text) && (last || !text.endsWith('='))
      if (!holds)
        return { end: place, checksum: 'none', problem: { code: 'corrupt', message: 'DSK: no Base64' } }
      write(Buffer.from(last ? text : text.slice(0, whole), 'base64'))
      rest = text.slice(whole)
    }
    return there === start + size
      ? { end: there, checksum: 'none' }
      : { end: there, checksum: 'none', problem: { code: 'truncated', message: 'DSK: the text breaks off' } }
  },
}
