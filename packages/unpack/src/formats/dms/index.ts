import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { copyStretch, wrapped } from '../members.ts'
import { reorder, reordered, WORD } from '../swapped/order.ts'

/** As they stand in the file: put right, the header begins with two bytes, `MG` and `<10>`. */
const MAGIC = '0><1'
const MAGIC_AT = 4
const TEXT = 'MG<10>'
const HEADER = 16
const CHUNK = 256 * 1024

export const dms: ContainerFormat<null> = {
  kind: 'container',
  name: 'dms',
  title: 'DMS image (MG<10>; its words have their halves the wrong way round)',
  references: ['binwalk 3, src/structures/dms.rs and src/extractors/swapped.rs'],
  limits: [
    'what else the header tells is not public: it is put right with all else, and shown with it',
    'there is no checksum',
  ],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const length = lengthAt(bytes, at)
    return length === undefined ? undefined : { start: at, end: Math.min(at + length, bytes.size) }
  },

  *open(bytes, { start, end }, problem) {
    if (start + (lengthAt(bytes, start) ?? 0) > bytes.size)
      problem('truncated', 'the image ends early', CONTENT)
    yield { cost: end - start, entries: 1, plan: null }
  },

  read(bytes, { start, end }, _plan, sink) {
    sink.stream(wrapped(CONTENT), (write) => {
      const whole = end - ((end - start) % WORD)
      for (let at = start; at < whole; at += CHUNK) {
        const chunk = new Uint8Array(Math.min(CHUNK, whole - at))
        copyStretch(bytes, at, chunk)
        reorder(chunk, chunk, 'swap-halves')
        write(chunk)
      }
      return { end, checksum: 'none' }
    })
  },
}

const CONTENT = 'image'

/** Bytes of the image with its header; undefined where none begins. */
function lengthAt(bytes: Bytes, at: number): number | undefined {
  if (at < 0 || at + HEADER > bytes.size) return undefined
  const header = reordered(bytes, at, 'swap-halves').view(0, HEADER)
  if (latin1(header.subarray(2, 2 + TEXT.length)) !== TEXT) return undefined
  const length = new Reader(header, 'big', HEADER - 4).u32()
  return length > HEADER && length % WORD === 0 ? length : undefined
}
