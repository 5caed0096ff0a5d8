import { crc32 } from 'node:zlib'
import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'
import type { Stored } from '../members.ts'
import { type FlashLayout, type FlashStore, nodeState } from './layout.ts'

/** What is kept under a name. */
export interface FlashNode {
  readonly name: string
  readonly value: Stored
  readonly at: number
  /** One that is leaving was to be deleted when the next one of its name was written. */
  readonly state: 'current' | 'leaving' | 'old'
  readonly sound: boolean
}

/** In between, it is to be deleted. */
const WRITTEN = 2
const DELETED = 4

/** All nodes of a store, in the order in which they lie in the flash; those that were never finished are left out. */
export function* nodesOf(bytes: Bytes, { start }: Region, store: FlashStore): Generator<FlashNode> {
  for (let at = start; at < store.end; at += store.sector) {
    const sector = Buffer.from(bytes.view(at, Math.min(store.sector, store.end - at)))
    yield* nodesOfSector(sector, at, store)
  }
}

function* nodesOfSector(sector: Buffer, sectorAt: number, store: FlashStore): Generator<FlashNode> {
  const { nodeMagicAt, nodeHeader, sectorHeader } = store.layout
  let free = sectorHeader
  // What a damaged length passes over is looked at again, but not again and again.
  let spare = 4 * store.sector
  for (;;) {
    const at = sector.indexOf(store.nodeMagic, free + nodeMagicAt, 'latin1') - nodeMagicAt
    if (at < 0) return
    const node = nodeAt(sector, at, store.layout)
    if (node && !node.sound) spare -= node.length
    free = at + (node && (node.sound || spare < 0) ? node.length : nodeHeader)
    if (!node) continue
    const { name, value, state, sound } = node
    if (state < WRITTEN || state > DELETED) continue
    yield {
      name,
      value: { at: sectorAt + value.at, length: value.length },
      at: sectorAt + at,
      state: state === WRITTEN ? 'current' : state === DELETED ? 'old' : 'leaving',
      sound,
    }
  }
}

/** The node at `at`, where its lengths agree; for its layout see `kv_hdr_data`. */
function nodeAt(sector: Buffer, at: number, layout: FlashLayout) {
  const { nodeMagicAt, nodeHeader, bits } = layout
  if (at + nodeHeader > sector.length) return undefined
  const reader = new Reader(sector, 'little', at + nodeMagicAt + 4)
  const [length, sum] = [reader.u32(), reader.u32()]
  const summedAt = reader.at
  const nameLength = reader.u8()
  reader.skip(3)
  const valueLength = reader.u32()
  const nameAt = at + nodeHeader
  const valueAt = nameAt + aligned(nameLength, bits)
  const end = at + length
  if (end > sector.length || valueAt + aligned(valueLength, bits) !== end) return undefined
  // EasyFlash sums up what fills the header, too.
  const sums = [reader.at, nameAt].map((to) =>
    crc32(sector.subarray(nameAt, end), crc32(sector.subarray(summedAt, to))),
  )
  return {
    name: latin1(sector.subarray(nameAt, nameAt + nameLength)),
    value: { at: valueAt, length: valueLength },
    state: nodeState(sector.subarray(at), layout),
    length,
    sound: sums.includes(sum),
  }
}

function aligned(length: number, bits: number): number {
  const unit = Math.ceil(bits / 8)
  return Math.ceil(length / unit) * unit
}
