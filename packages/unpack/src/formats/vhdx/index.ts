import type { Bytes, Reader } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { DiskMap, entriesOf } from '../disk-map.ts'
import { MAGIC, parseVhdx, type Vhdx } from './parse.ts'

const DISK = 'disk.img'
/** A block lies there: all of it, or what a bitmap tells. */
const [WHOLE, PART] = [6, 7] as const
const MIB = 2 ** 20

export const vhdx: ContainerFormat<null> = {
  kind: 'container',
  name: 'vhdx',
  title: 'Disk image of Hyper-V (VHDX)',
  references: ['Microsoft, [MS-VHDX]: Virtual Hard Disk v2 File Format'],
  limits: [
    'changes that lie in the log only are told and not made',
    'of a difference to another image, what lies in that one is not sought there; it is zero here',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseVhdx(bytes, at)
    if (!image) return undefined
    const end = Math.max(at + image.end, mapOf(bytes, at, image).end)
    return { start: at, end: Math.min(end, bytes.size) }
  },

  *open(bytes, { start }, problem) {
    const { size, hasParent, isLogged } = parseVhdx(bytes, start) as Vhdx
    if (hasParent)
      problem(
        'unsupported',
        'what is not in this file lies in the image it was made from, and is zero here',
        DISK,
      )
    if (isLogged)
      problem('unsupported', 'it was not closed: changes may lie in its log, which is not read', DISK)
    yield { cost: size, entries: 1, plan: null }
  },

  read(bytes, { start }, _plan, sink) {
    mapOf(bytes, start, parseVhdx(bytes, start) as Vhdx).show(DISK, sink)
  },
}

/** Behind so many entries as have bits in a bitmap of 1 MiB, the place of that bitmap stands in the table. */
function mapOf(bytes: Bytes, start: number, { blockTable, size, block, sector }: Vhdx): DiskMap {
  const map = new DiskMap(bytes, size)
  const perBitmap = (2 ** 23 * sector) / block
  const blocks = Math.ceil(size / block)
  const entries = blocks + Math.floor((blocks - 1) / perBitmap)
  const count = Math.min(entries, Math.floor(blockTable.length / 8))
  let [index, at] = [0, 0]
  for (const { state, from } of entriesOf(bytes, start + blockTable.at, count, 8, 'little', entryOf)) {
    if (index++ % (perBitmap + 1) === perBitmap) continue
    if (state === WHOLE || state === PART) map.add(at, block, start + from)
    at += block
  }
  map.lose(Math.max(0, size - at))
  return map
}

/** The state in the lowest three bits, and a place in MiB in the 44 upper ones. */
function entryOf(reader: Reader): { readonly state: number; readonly from: number } {
  const [low, high] = [reader.u32(), reader.u32()]
  return { state: low & 7, from: (high * 2 ** 12 + (low >>> 20)) * MIB }
}
