import type { Bytes } from '@messlatte/bytes'
import { type ContainerFormat, FormatError } from '../../contract.ts'
import { encodePath } from '../../names.ts'
import { DiskMap, entriesOf } from '../disk-map.ts'
import { wrapped } from '../members.ts'
import { descriptorOf, MAGIC, parseVmdk, SECTOR, type Vmdk } from './parse.ts'
import { mapOfStream } from './stream.ts'

const DISK = 'disk.img'
const DESCRIPTOR = 'descriptor.txt'
/** An entry that tells zeros, where such are used. */
const ZERO = 1

export const vmdk: ContainerFormat<null> = {
  kind: 'container',
  name: 'vmdk',
  title: 'Disk image of VMware (VMDK, sparse and stream-optimised)',
  references: ['VMware, Virtual Disk Format 5.0', 'QEMU, block/vmdk.c'],
  limits: [
    'each file of a disk that lies in several is a disk by itself; flat ones have no header',
    'sparse files of old ESX (COWD) and of VMFS (SESparse) are not read',
    'of a difference to another image, what lies in that one is not sought there; it is zero here',
  ],
  magic: [1, 2, 3].map((version) => ({ bytes: `${MAGIC}${String.fromCharCode(version)}\0\0\0`, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const image = parseVmdk(bytes, at)
    if (!image) return undefined
    const end = Math.max(mapOf(bytes, at, image).end, at + image.overhead * SECTOR)
    return { start: at, end: Math.min(end, bytes.size) }
  },

  *open(bytes, { start }, problem) {
    const image = parseVmdk(bytes, start) as Vmdk
    const parent = descriptorOf(bytes, start, image)?.match(/parentFileNameHint="([^"\n]{1,255})"/)?.[1]
    if (parent !== undefined)
      problem(
        'unsupported',
        `what is not in this file lies in "${encodePath(parent)}", and is zero here`,
        DISK,
      )
    yield { cost: image.size, entries: 1, plan: null }
  },

  read(bytes, { start, end }, _plan, sink) {
    const image = parseVmdk(bytes, start) as Vmdk
    const text = descriptorOf(bytes, start, image)
    const at = start + image.descriptor.at * SECTOR
    if (text && at + text.length <= end) sink.slice(wrapped(DESCRIPTOR), at, text.length)
    mapOf(bytes, start, image).show(DISK, sink)
  },
}

/** Of a stream the grains tell themselves where they belong; else a directory leads to tables, and these to grains. */
function mapOf(bytes: Bytes, start: number, image: Vmdk): DiskMap {
  if (image.isStream) return mapOfStream(bytes, start, image)
  const { size, grain, perTable, directoryAt, isPacked, hasZeros } = image
  const map = new DiskMap(bytes, size)
  const tables = Math.ceil(size / grain / perTable)
  const used = new Set<number>()
  let next = 0
  for (const table of entriesOf(bytes, start + directoryAt * SECTOR, tables, 4, 'little', (reader) =>
    reader.u32(),
  )) {
    let at = next
    next += perTable * grain
    if (table === 0) continue
    // A table that stands twice would make work out of nothing.
    if (used.has(table)) throw new FormatError('structure', 'a table of grains stands twice')
    used.add(table)
    for (const sector of entriesOf(bytes, start + table * SECTOR, perTable, 4, 'little', (reader) =>
      reader.u32(),
    )) {
      if (sector !== 0 && !(hasZeros && sector === ZERO)) {
        if (isPacked) throw new FormatError('unsupported', 'packed grains without marks')
        map.add(at, grain, start + sector * SECTOR)
      }
      at += grain
    }
    map.lose(Math.max(0, Math.min(next, size) - at))
  }
  map.lose(Math.max(0, size - next))
  return map
}
