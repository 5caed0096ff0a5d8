import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { type ContainerFormat, FormatError } from '../../contract.ts'
import { encodePath } from '../../names.ts'
import { DiskMap, entriesOf } from '../disk-map.ts'
import { wrapped } from '../members.ts'
import { MAGIC } from '../qcow2/parse.ts'

const DISK = 'disk.img'
const HEADER = 48
const MOST_NAME = 1023
const MOST_TABLES = 0x0100_0000

/** Big endian; offsets are from the start of the image. */
interface Qcow {
  /** Bytes of the disk. */
  readonly size: number
  readonly clusterBits: number
  /** Bits of the number of entries that a table of the second level has. */
  readonly tableBits: number
  readonly tableAt: number
  readonly isEncrypted: boolean
  /** Name (escaped) of the file where all lies that is not in this one. */
  readonly backing: string | undefined
}

export const qcow: ContainerFormat<null> = {
  kind: 'container',
  name: 'qcow',
  title: 'Disk image of QEMU (QCOW, version 1)',
  references: ['Mark McLoughlin, The QCOW Image Format (2008)', 'QEMU, block/qcow.c'],
  limits: [
    'what lies in a backing file is not sought there; it is zero here',
    'encrypted disks are told and not decrypted',
  ],
  magic: [{ bytes: `${MAGIC}\0\0\0\x01`, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseQcow(bytes, at)
    if (!image) return undefined
    return { start: at, end: Math.min(mapOf(bytes, at, image).end, bytes.size) }
  },

  *open(bytes, { start }, problem) {
    const { size, isEncrypted, backing } = parseQcow(bytes, start) as Qcow
    if (backing !== undefined)
      problem(
        'unsupported',
        `what is not in this file lies in its backing file "${backing}", and is zero here`,
        DISK,
      )
    if (isEncrypted) problem('unsupported', 'encrypted (AES)', DISK)
    yield { cost: size, entries: 1, plan: null }
  },

  read(bytes, { start }, _plan, sink) {
    const image = parseQcow(bytes, start) as Qcow
    if (image.isEncrypted) sink.entry(wrapped(DISK))
    else mapOf(bytes, start, image).show(DISK, sink)
  },
}

/** @throws BytesError */
function parseQcow(bytes: Bytes, at: number): Qcow | undefined {
  const reader = new Reader(bytes.view(at, HEADER), 'big')
  if (reader.latin1(4) !== MAGIC || reader.u32() !== 1) return undefined
  const [backingAt, backingLength] = [reader.size64(), reader.u32()]
  reader.skip(4)
  const [size, clusterBits, tableBits] = [reader.size64(), reader.u8(), reader.u8()]
  reader.skip(2)
  const [crypt, tableAt] = [reader.u32(), reader.size64()]
  if (clusterBits < 9 || clusterBits > 16 || tableBits < 6 || tableBits > 13 || crypt > 1) return undefined
  if (!(size > 0) || size / 2 ** (clusterBits + tableBits) > MOST_TABLES || tableAt < HEADER) return undefined
  if (!Number.isFinite(tableAt) || backingLength > MOST_NAME) return undefined
  return {
    size,
    clusterBits,
    tableBits,
    tableAt,
    isEncrypted: crypt === 1,
    backing: backingAt > 0 ? encodePath(latin1(bytes.view(at + backingAt, backingLength))) : undefined,
  }
}

/** @throws FormatError */
function mapOf(bytes: Bytes, start: number, { size, clusterBits, tableBits, tableAt }: Qcow): DiskMap {
  const map = new DiskMap(bytes, size)
  const cluster = 2 ** clusterBits
  const perTable = 2 ** tableBits
  const tables = Math.ceil(size / (cluster * perTable))
  const used = new Set<number>()
  map.reach(start + tableAt + tables * 8)
  let next = 0
  for (const table of entriesOf(bytes, start + tableAt, tables, 8, 'big', (reader) => reader.size64())) {
    let at = next
    next += cluster * perTable
    if (table === 0) continue
    // A table that stands twice would make work out of nothing.
    if (used.has(table)) throw new FormatError('structure', 'a table of the second level stands twice')
    used.add(table)
    map.reach(Math.min(start + table + perTable * 8, bytes.size))
    for (const { isPacked, upper, lower } of entriesOf(bytes, start + table, perTable, 8, 'big', entryOf)) {
      if (isPacked) {
        // So many upper bits as a cluster has count the packed bytes.
        const placeBits = 63 - clusterBits - 32
        const from = (upper & ((1 << placeBits) - 1)) * 2 ** 32 + lower
        map.addPacked(at, {
          codec: 'deflate',
          from: start + from,
          length: upper >>> placeBits,
          size: cluster,
        })
      } else if (upper > 0 || lower > 0) map.add(at, cluster, start + upper * 2 ** 32 + lower)
      at += cluster
    }
    map.lose(Math.max(0, Math.min(next, size) - at))
  }
  map.lose(Math.max(0, size - next))
  return map
}

/** The uppermost bit tells a packed cluster; the others are for what is told of its place. */
function entryOf(reader: Reader): {
  readonly isPacked: boolean
  readonly upper: number
  readonly lower: number
} {
  const [upper, lower] = [reader.u32(), reader.u32()]
  return { isPacked: upper >>> 31 === 1, upper: upper & 0x7fff_ffff, lower }
}
