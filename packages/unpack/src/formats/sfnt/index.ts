import { type Bytes, Reader } from '@messlatte/bytes'
import { inlay } from '../inlay.ts'
import { isZero } from '../members.ts'

const TRUE_TYPE = '\0\x01\0\0'
const POST_SCRIPT = 'OTTO'
const COLLECTION = 'ttcf'
/** The directory is sorted: one of these is the first table of a font, and a better magic than four common bytes. */
const FIRST_TABLES = [
  'BASE',
  'CBDT',
  'CFF ',
  'CFF2',
  'COLR',
  'DSIG',
  'EBDT',
  'FFTM',
  'Feat',
  'GDEF',
  'GPOS',
  'GSUB',
  'HVAR',
  'LTSH',
  'OS/2',
  'VDMX',
]
const HEADER = 12
const ENTRY = 16
const MOST_TABLES = 128
const MOST_FONTS = 256
/** Of the table `head`, at its byte 12. */
const HEAD_MAGIC = 0x5f0f_3cf5

export const sfnt = inlay(
  {
    name: 'sfnt',
    title: 'TrueType and OpenType (fonts)',
    references: ['ISO/IEC 14496-22 (OpenType), "Organization of an OpenType font"'],
    limits: [
      'found in other bytes where its first table is one of the usual ones',
      'bitmap fonts without `head` are not recognised',
    ],
    magic: [
      ...[POST_SCRIPT, COLLECTION].map((bytes) => ({ bytes, at: 0 })),
      ...[...FIRST_TABLES, 'avar', 'cmap', 'cvt '].map((bytes) => ({ bytes, at: HEADER })),
    ],
    carve: true,
  },
  (bytes, at) => {
    const kind = new Reader(bytes.view(at, 4), 'big').latin1(4)
    const end = kind === COLLECTION ? collectionEnd(bytes, at) : fontEnd(bytes, at, at)
    return end === undefined ? undefined : padded(bytes, at, end)
  },
)

/** Behind the last table and the directory; places of tables count from `base` on. */
function fontEnd(bytes: Bytes, at: number, base: number): number | undefined {
  const header = new Reader(bytes.view(at, HEADER), 'big')
  const kind = header.latin1(4)
  const [count, range, selector, shift] = [header.u16(), header.u16(), header.u16(), header.u16()]
  if (kind !== TRUE_TYPE && kind !== POST_SCRIPT && kind !== 'true') return undefined
  if (count < 1 || count > MOST_TABLES) return undefined
  // Three numbers for a binary search, which follow from the first one.
  const power = Math.floor(Math.log2(count))
  if (range !== 16 * 2 ** power || selector !== power || shift !== 16 * count - range) return undefined
  const directory = new Reader(bytes.view(at + HEADER, ENTRY * count), 'big')
  let end = at + HEADER + ENTRY * count
  let isHeaded = false
  for (let index = 0; index < count; index++) {
    const tag = directory.latin1(4)
    directory.skip(4)
    const [offset, length] = [directory.u32(), directory.u32()]
    if (!/^[ -~]{4}$/.test(tag) || offset < HEADER) return undefined
    end = Math.max(end, base + offset + length)
    if (tag === 'head') isHeaded = new Reader(bytes.view(base + offset + 12, 4), 'big').u32() === HEAD_MAGIC
  }
  return isHeaded ? end : undefined
}

/** Several fonts, which may share tables; a signature of all of them may lie behind. */
function collectionEnd(bytes: Bytes, at: number): number | undefined {
  const header = new Reader(bytes.view(at + 4, 8), 'big')
  const [version, count] = [header.u32() / 0x1_0000, header.u32()]
  if ((version !== 1 && version !== 2) || count < 1 || count > MOST_FONTS) return undefined
  const table = new Reader(bytes.view(at + HEADER, 4 * count + (version === 2 ? HEADER : 0)), 'big')
  let last = 0
  for (let index = 0; index < count; index++) {
    const end = fontEnd(bytes, at + table.u32(), at)
    if (end === undefined) return undefined
    last = Math.max(last, end)
  }
  if (version === 1 || table.latin1(4) !== 'DSIG') return last
  const length = table.u32()
  return Math.max(last, at + table.u32() + length)
}

/** Tables are filled up with zeros, the last one mostly, too. */
function padded(bytes: Bytes, at: number, end: number): number {
  const whole = at + Math.ceil((end - at) / 4) * 4
  return whole <= bytes.size && isZero(bytes, end, whole) ? whole : end
}
