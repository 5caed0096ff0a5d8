import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { announced, distinctPaths, type StoredMember, storedAsIs, wordSum } from '../members.ts'
import { MAGIC, parseSunxiImage, type SunxiImage, type SunxiItem } from './parse.ts'

export const sunxiImage: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'sunxi-image',
  title: 'Allwinner firmware image (IMAGEWTY: PhoenixSuit, LiveSuit)',
  references: [
    'OpenixCard (github.com/YuzukiTsuru/OpenixCard), src/OpenixIMG',
    'U-Boot of Allwinner (github.com/orangepi-xunlong/u-boot-orangepi), sprite/sprite_verify.c (`add_sum`) and sprite/sprite_card.c',
  ],
  limits: [
    'images that are encrypted with RC6 and Twofish as a whole are not recognised',
    'sums of parts that are sparse images are not compared: they are of what is unpacked',
  ],
  recognisedOnly:
    'no tool that writes it could be run here, and no image that may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseSunxiImage(bytes, at)
    return image && { start: at, end: Math.min(at + image.size, bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { size, items } = parseSunxiImage(bytes, start) as SunxiImage
  if (start + size > bytes.size)
    problem('truncated', `${size} bytes are announced, ${bytes.size - start} are there`)
  const byPath = new Map(items.map((item) => [item.path, item]))
  const pathOf = distinctPaths()
  for (const [index, item] of items.entries()) {
    const path = pathOf(item.path, index)
    const sum = SUM_MARKS.map((mark) => byPath.get(item.path.replace(/[^/]*$/, `${mark}$&`))).find((it) => it)
    if (sum && differs(bytes, item, sum)) problem('checksum', 'the sum of its words differs', path)
    yield announced(bytes, path, item, problem)
  }
}

/** What packers put before a name to call its sum: newer ones Vboot.fex, older ones vboot.fex. */
const SUM_MARKS = ['V', 'v'] as const
const SPARSE = '\x3a\xff\x26\xed'

/** What is called like another item with a mark before it holds the sum of its words, if it is as long as a word. */
function differs(bytes: Bytes, item: SunxiItem, sum: SunxiItem): boolean {
  if (sum.length !== 4 || item.length < 4) return false
  if ([item, sum].some(({ at, length }) => at + length > bytes.size)) return false
  if (latin1(bytes.view(item.at, 4)) === SPARSE) return false
  return wordSum(bytes, item.at, item.length) !== new Reader(bytes.view(sum.at, 4), 'little').u32()
}
