import { type Bytes, latin1, MAX_VIEW, Reader, zlibBlock } from '@messlatte/bytes'

/** Of big-endian devices, and of little-endian ones. */
export const MAGICS = ['SC', 'CS'] as const
const HEADER = 16
const END = 4
const MOST_ENTRIES = 100_000

export interface CsmanEntry {
  readonly key: number
  readonly value: Uint8Array
}

export interface Csman {
  readonly entries: readonly CsmanEntry[]
  readonly end: number
}

/** The entries of what begins at `at`, or undefined: they have to fill it up to a zero. @throws DecodeError */
export function parseCsman(bytes: Bytes, at: number): Csman | undefined {
  if (at + HEADER > bytes.size) return undefined
  const view = bytes.view(at, HEADER)
  const magic = latin1(view.subarray(0, 2))
  if (magic !== 'SC' && magic !== 'CS') return undefined
  const endian = magic === 'SC' ? 'big' : 'little'
  const header = new Reader(view, endian, 4)
  const stored = header.u32()
  header.skip(4)
  const size = header.u32()
  if (stored < END || stored > MAX_VIEW || size < END || size > MAX_VIEW || at + HEADER + stored > bytes.size)
    return undefined
  const content = bytes.view(at + HEADER, stored)
  const plain = stored === size ? content : unpacked(content, size)
  const entries = plain && entriesOf(new Reader(plain, endian))
  return entries && entries.length > 0 ? { entries, end: at + HEADER + stored } : undefined
}

function unpacked(content: Uint8Array, size: number): Uint8Array | undefined {
  const plain = new Uint8Array(size)
  return content[0] === 0x78 && zlibBlock(content, plain) === size ? plain : undefined
}

/** A number, a length and a value each; a zero ends them. */
function entriesOf(reader: Reader): readonly CsmanEntry[] | undefined {
  const entries: CsmanEntry[] = []
  while (reader.left > END && entries.length < MOST_ENTRIES) {
    if (reader.left < END + 2) return undefined
    const [key, length] = [reader.u32(), reader.u16()]
    if (length > reader.left) return undefined
    entries.push({ key, value: reader.take(length) })
  }
  return reader.left === END && reader.u32() === 0 ? entries : undefined
}
