import { type Bytes, Reader } from '@messlatte/bytes'
import { DiskMap } from '../disk-map.ts'
import { SECTOR, type Vmdk } from './parse.ts'

/** Of a mark without what follows it: a number of sectors, and the bytes of a packed grain or zero. */
const MARK = 12
const END = 0
const LAST_KIND = 3

/** Marks follow each other up to the one that ends them; with a size it is a grain, without one a table. */
export function mapOfStream(bytes: Bytes, start: number, { size, grain, overhead }: Vmdk): DiskMap {
  const map = new DiskMap(bytes, size)
  let at = start + overhead * SECTOR
  let next = 0
  for (;;) {
    if (at + MARK + 4 > bytes.size) break
    const reader = new Reader(bytes.view(at, MARK + 4), 'little')
    const [value, length, kind] = [reader.size64(), reader.u32(), reader.u32()]
    if (length > 0) {
      const disk = value * SECTOR
      if (!(disk >= next && disk < size) || disk % grain !== 0 || length > 2 * grain) break
      map.addPacked(disk, { codec: 'zlib', from: at + MARK, length, size: grain })
      next = disk + grain
      at += Math.ceil((MARK + length) / SECTOR) * SECTOR
    } else {
      if (kind > LAST_KIND || !Number.isFinite(value)) break
      at += SECTOR + (kind === END ? 0 : value * SECTOR)
      if (kind === END) {
        map.reach(at)
        return map
      }
    }
  }
  map.reach(at)
  map.lose(size - next)
  return map
}
