import { type Bytes, Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { DiskMap, entriesOf } from '../disk-map.ts'
import type { L1Table, Qcow2 } from './parse.ts'

/** Parts of a cluster that are told one by one. */
const SUBCLUSTERS = 32
const SECTOR = 512

/** Where the disk lies that a first table leads to. @throws FormatError, BytesError */
export function mapOf(
  bytes: Bytes,
  start: number,
  image: Qcow2,
  { at, entries }: L1Table,
  size: number,
): DiskMap {
  const map = new DiskMap(bytes, size)
  const entry = image.hasSubclusters ? 16 : 8
  const perTable = image.cluster / entry
  const used = new Set<number>()
  let next = 0
  for (const table of entriesOf(bytes, start + at, entries, 8, 'big', offsetOf)) {
    const disk = next
    next += perTable * image.cluster
    if (disk >= size) break
    if (table === 0) continue
    // A table that stands twice would make work out of nothing.
    if (used.has(table)) throw new FormatError('structure', 'a table of the second level stands twice')
    used.add(table)
    if (start + table + image.cluster > bytes.size) map.lose(Math.min(next, size) - disk)
    else addTable(map, bytes, start, image, table, disk)
  }
  map.lose(Math.max(0, size - next))
  return map
}

function addTable(
  map: DiskMap,
  bytes: Bytes,
  start: number,
  image: Qcow2,
  table: number,
  disk: number,
): void {
  const { cluster, clusterBits, codec, hasSubclusters, version } = image
  const view = bytes.view(start + table, cluster)
  const data = new DataView(view.buffer, view.byteOffset, view.byteLength)
  const step = hasSubclusters ? 16 : 8
  // Of a packed cluster: so many bits of the upper word belong to its offset, the others count its sectors.
  const upperBits = 70 - clusterBits - 32
  for (let place = 0, at = disk; place < cluster && at < map.size; place += step, at += cluster) {
    const [high, low] = [data.getUint32(place), data.getUint32(place + 4)]
    if ((high & 0x4000_0000) !== 0) {
      const from = (high & ((1 << upperBits) - 1)) * 2 ** 32 + low
      const length = (((high & 0x3fff_ffff) >>> upperBits) + 1) * SECTOR - (from % SECTOR)
      if (!codec) throw new FormatError('unsupported', 'its compression is not known')
      map.addPacked(at, { codec, from: start + from, length, size: cluster })
      continue
    }
    const from = (high & 0x00ff_ffff) * 2 ** 32 + ((low & 0xffff_fe00) >>> 0)
    if (from === 0) continue
    if (hasSubclusters)
      addSubclusters(map, start + from, at, cluster / SUBCLUSTERS, data.getUint32(place + 12))
    else if (version === 2 || (low & 1) === 0) map.add(at, cluster, start + from)
  }
}

/** @param told one bit for each that lies there */
function addSubclusters(map: DiskMap, from: number, at: number, length: number, told: number): void {
  for (let index = 0; index < SUBCLUSTERS; index++)
    if (((told >>> index) & 1) === 1) map.add(at + index * length, length, from + index * length)
}

function offsetOf(reader: Reader): number {
  const [high, low] = [reader.u32(), reader.u32()]
  return (high & 0x00ff_ffff) * 2 ** 32 + ((low & 0xffff_fe00) >>> 0)
}

/** Offset behind the last cluster that is counted as used, from the start of the image. @throws BytesError */
export function endByRefcounts(bytes: Bytes, start: number, { refcounts, cluster }: Qcow2): number {
  const { at, clusters, bits } = refcounts
  const perBlock = (cluster * 8) / bits
  const seen = new Set<number>()
  const entries = Math.floor(Math.min(clusters * cluster, bytes.size - start - at) / 8)
  for (let index = entries - 1; index >= 0; index--) {
    const block = offsetOf(new Reader(bytes.view(start + at + index * 8, 8), 'big'))
    if (block === 0 || seen.has(block) || start + block >= bytes.size) continue
    seen.add(block)
    const view = bytes.view(start + block, Math.min(cluster, bytes.size - start - block))
    const last = view.findLastIndex((byte) => byte !== 0)
    if (last < 0) continue
    // Of counts of less than a byte, the lowest bits come first.
    const within = bits >= 8 ? 0 : Math.floor((31 - Math.clz32(view[last] as number)) / bits)
    const count = Math.floor((last * 8) / bits) + within
    return (index * perBlock + count + 1) * cluster
  }
  return 0
}
