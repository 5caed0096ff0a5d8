import { type Bytes, type Extent, Reader } from '@messlatte/bytes'
import { type ContainerFormat, FormatError } from '../../contract.ts'
import { crc32Of, wrapped } from '../members.ts'
import { MAGIC, type Partclone, parsePartclone } from './parse.ts'

const CONTENT = 'contents'
/** More pieces than a device has that was used for years. */
const MOST_EXTENTS = 2_000_000

export const partclone: ContainerFormat<null> = {
  kind: 'container',
  name: 'partclone',
  title: 'Image of a file system by partclone (Clonezilla), version 2',
  references: ['partclone 0.3.23, IMAGE_FORMATS.md', 'partclone 0.3.23, src/partclone.h and src/checksum.h'],
  limits: [
    'images of version 1, of big-endian machines, and of devices with over 134 million blocks are not recognised',
    'checksums other than CRC-32 (xxHash) are not compared',
    'blocks that were not in use are zero',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parsePartclone(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  *open(bytes, { start }, problem) {
    const image = parsePartclone(bytes, start) as Partclone
    if (!image.bitmapHolds) problem('checksum', 'the CRC of the bitmap differs', CONTENT)
    if (image.end > bytes.size) problem('truncated', 'the image ends within its blocks', CONTENT)
    const wrong = wrongSums(bytes, image)
    if (wrong > 0) problem('checksum', `${wrong} checksums of blocks differ`, CONTENT)
    yield { cost: image.end - image.at, entries: 1, plan: null }
  },

  read(bytes, { start }, _plan, sink) {
    const image = parsePartclone(bytes, start) as Partclone
    const extents = extentsOf(image, bytes.size)
    sink.mapped(wrapped(CONTENT), image.size, extents)
  },
}

/** Runs of blocks that lie one behind the other, here and on the device; checksums come between them. */
function extentsOf(image: Partclone, end: number): readonly Extent[] {
  const { blocks, used, bitmap, blockSize, perSum, sumSize, size } = image
  const extents: { at: number; length: number; from: number }[] = []
  let from = image.at
  for (let block = 0, count = 0; block < blocks && count < used; block++) {
    if (block % 8 === 0 && bitmap[block >>> 3] === 0) {
      block += 7
      continue
    }
    if ((((bitmap[block >>> 3] as number) >>> (block & 7)) & 1) === 0) continue
    const at = block * blockSize
    const length = Math.min(blockSize, size - at, end - from)
    if (length <= 0) break
    const last = extents.at(-1)
    if (last && last.at + last.length === at && last.from + last.length === from) last.length += length
    else if (extents.length >= MOST_EXTENTS)
      throw new FormatError('unsupported', 'its blocks lie in too many pieces')
    else extents.push({ at, length, from })
    count++
    from += blockSize + (perSum > 0 && count % perSum === 0 ? sumSize : 0)
  }
  return extents
}

/** Where they are CRC-32, and as far as the bytes go. */
function wrongSums(
  bytes: Bytes,
  { at, used, blockSize, perSum, sumSize, hasCrc, reseeds }: Partclone,
): number {
  if (!hasCrc || perSum === 0) return 0
  let [from, wrong, sum] = [at, 0, 0]
  for (let done = 0; done < used; done += perSum) {
    const length = Math.min(perSum, used - done) * blockSize
    if (from + length + sumSize > bytes.size) return wrong
    sum = crc32Of(bytes, from, length, reseeds ? 0 : sum)
    if (new Reader(bytes.view(from + length, sumSize), 'little').u32() !== ~sum >>> 0) wrong++
    from += length + sumSize
  }
  return wrong
}
