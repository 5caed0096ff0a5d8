import { type Bytes, Reader } from '@messlatte/bytes'
import { inlay } from '../inlay.ts'

const MAGICS = { little: '\xde\x12\x04\x95', big: '\x95\x04\x12\xde' } as const
const HEADER = 28
const MOST_STRINGS = 1_000_000

export const gettextMo = inlay(
  {
    name: 'gettext-mo',
    title: 'Message catalogues of gettext',
    references: ['GNU gettext manual, "The Format of GNU MO Files"'],
    limits: ['strings that depend on the machine (minor revision 1) are taken without their segments'],
    magic: Object.values(MAGICS).map((bytes) => ({ bytes, at: 0 })),
    carve: true,
  },
  (bytes, at) => {
    const magic = new Reader(bytes.view(at, 4), 'little').latin1(4)
    const header = new Reader(bytes.view(at, HEADER), magic === MAGICS.little ? 'little' : 'big', 4)
    const revision = header.u32()
    const count = header.u32()
    const tables = [header.u32(), header.u32()]
    const hash = { size: header.u32(), at: header.u32() }
    if (count < 1 || count > MOST_STRINGS || (revision & 0xffff) > 1 || revision >>> 16 > 1) return undefined
    let end = hash.size > 0 ? hash.at + 4 * hash.size : 0
    for (const table of tables) {
      const strings = table < HEADER ? undefined : stringsEnd(bytes, at, table, count, header.endian)
      if (strings === undefined) return undefined
      end = Math.max(end, strings)
    }
    return at + end
  },
)

/** Behind the last string of a table, each with its NUL; relative to the file. */
function stringsEnd(
  bytes: Bytes,
  start: number,
  table: number,
  count: number,
  endian: 'little' | 'big',
): number | undefined {
  const entries = new Reader(bytes.view(start + table, 8 * count), endian)
  let end = 0
  for (let index = 0; index < count; index++) {
    const [length, at] = [entries.u32(), entries.u32()]
    if (at < HEADER || bytes.view(start + at + length, 1)[0] !== 0) return undefined
    end = Math.max(end, at + length + 1)
  }
  return end
}
