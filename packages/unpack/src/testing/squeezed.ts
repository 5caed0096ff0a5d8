import { type Bytes, mappedBytes, Reader } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../contract.ts'
import { copyStretch } from '../formats/members.ts'
import { type HostileCase, hostileSuite } from './hostile.ts'

const MAGIC = 'SQUEEZED'
const SECTOR = 512
const HEADER = MAGIC.length + 8

/** A large image that is mostly empty, as the sectors that hold something, behind a table of where they stand. */
export function squeeze(image: Buffer): Buffer {
  const empty = Buffer.alloc(SECTOR)
  const kept = Array.from({ length: Math.ceil(image.length / SECTOR) }, (_, index) => index).filter(
    (index) => !empty.subarray(0, image.length - index * SECTOR).equals(sectorOf(image, index)),
  )
  const header = Buffer.alloc(HEADER + 4 * kept.length)
  header.write(MAGIC, 'latin1')
  header.writeUInt32LE(image.length / SECTOR, MAGIC.length)
  header.writeUInt32LE(kept.length, MAGIC.length + 4)
  for (const [index, sector] of kept.entries()) header.writeUInt32LE(sector, HEADER + 4 * index)
  return Buffer.concat([header, ...kept.map((sector) => sectorOf(image, sector))])
}

function sectorOf(image: Buffer, index: number): Buffer {
  return image.subarray(index * SECTOR, (index + 1) * SECTOR)
}

/**
 * A reader of squeezed images: what tries a reader with damage at each place then costs what such an image holds, and not
 * how long it is. Where a squeezed image is cut, the image is.
 */
export function squeezed<Plan>(format: ContainerFormat<Plan>): ContainerFormat<Plan> {
  return {
    ...format,
    magic: [{ bytes: MAGIC, at: 0 }],
    recognise(bytes, at) {
      const image = released(bytes, at)
      return image && format.recognise(image, 0) ? { start: at, end: bytes.size } : undefined
    },
    *open(bytes, region, problem, keys) {
      const { image, whole } = within(format, bytes, region)
      yield* format.open(image, whole, problem, keys)
    },
    read(bytes, region, plan, sink) {
      const { image, whole } = within(format, bytes, region)
      format.read(image, whole, plan, copying(image, whole, sink))
    },
  }
}

/**
 * The hostile suite for a file system whose image is large and mostly empty: its front for what recognises it, and what it
 * holds without the room between for all else.
 * @param front bytes that the recogniser needs at first
 */
export function hostileImageSuite(
  format: ContainerFormat,
  image: Buffer,
  { front, ...rest }: Pick<HostileCase, 'needsItsEnd'> & { readonly front: number },
): void {
  const { name, title, references, limits, magic, carve } = format
  hostileSuite({
    format: { kind: 'leaf', name, title, references, limits, magic, carve, recognise: format.recognise },
    fixture: image.subarray(0, front),
  })
  hostileSuite({ format: squeezed(format), fixture: squeeze(image), ...rest })
}

function within<Plan>(
  format: ContainerFormat<Plan>,
  bytes: Bytes,
  region: Region,
): { readonly image: Bytes; readonly whole: Region } {
  const image = released(bytes, region.start) as Bytes
  return { image, whole: format.recognise(image, 0) as Region }
}

/** The image; undefined where the table is none. */
function released(bytes: Bytes, start: number): Bytes | undefined {
  const head = new Reader(bytes.view(start, HEADER), 'little')
  if (head.latin1(MAGIC.length) !== MAGIC) return undefined
  const [total, count] = [head.u32(), head.u32()]
  const first = start + HEADER + 4 * count
  if (first > bytes.size) return undefined
  const table = new Reader(bytes.view(start + HEADER, 4 * count), 'little')
  const extents: { at: number; length: number; from: number }[] = []
  for (let from = first, next = 0; table.left > 0; from += SECTOR) {
    const sector = table.u32()
    if (sector < next || sector >= total) return undefined
    next = sector + 1
    const length = Math.min(SECTOR, bytes.size - from)
    if (length > 0) extents.push({ at: sector * SECTOR, length, from })
    if (length < SECTOR) return mappedBytes(bytes, sector * SECTOR + Math.max(0, length), extents)
  }
  return mappedBytes(bytes, total * SECTOR, extents)
}

/** Contents that lie in the image as they are do not lie so in what is squeezed. */
function copying(image: Bytes, region: Region, sink: Sink): Sink {
  return {
    ...sink,
    slice(meta, at, length) {
      if (at < region.start || at + length > region.end) throw new Error(`${meta.path} lies outside`)
      sink.file(meta, length, (out) => copyStretch(image, at, out))
    },
    mapped(meta, size, extents) {
      sink.file(meta, size, (out) => copyStretch(mappedBytes(image, size, extents), 0, out))
    },
  }
}
