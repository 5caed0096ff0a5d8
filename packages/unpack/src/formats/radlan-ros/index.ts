import { type Bytes, cString, type Endian, Reader } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { announced, distinctPaths, type Stored, type StoredMember, storedAsIs } from '../members.ts'

const MAGIC = 'RNTP'
/** Bytes of the header, by the version that stands behind the magic. */
const HEADERS: ReadonlyMap<string, number> = new Map([
  ['1.01', 48],
  ['2.00', 80],
])
const COUNT_AT = 32
const LEAST = 36
const ENTRY = 32
const NAME = 16
const MOST_PARTS = 100

export const radlanRos: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'radlan-ros',
  title: 'RADLAN switch firmware (ROS, RNTP: small switches of Linksys, Cisco, Dell, D-Link and others)',
  references: ['fact_extractor, plugins/unpacking/ros/code/ros.py and its sample'],
  limits: [
    'the checksum in the header is not compared: what it covers is not public',
    'headers of single parts (RNTP2.00 without a list) are not taken apart: LZMA behind them is found',
  ],
  recognisedOnly:
    'no tool that writes it is public: made by a script; tried on the sample in the tests of fact_extractor',
  magic: [...HEADERS.keys()].map((version) => ({ bytes: MAGIC + version, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const last = partsOf(bytes, at)?.at(-1)
    return last && { start: at, end: Math.min(last.at + last.length, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const distinct = distinctPaths()
    for (const { name, at, length } of partsOf(bytes, start) ?? [])
      yield announced(bytes, distinct(name, at - start), { at, length }, problem)
  }),
}

type Part = Stored & { readonly name: string }

/** The parts, one behind the other from the end of the list on; undefined where they are not. */
function partsOf(bytes: Bytes, at: number): readonly Part[] | undefined {
  if (at + LEAST > bytes.size) return undefined
  const head = new Reader(bytes.view(at, LEAST), 'little', MAGIC.length)
  const header = HEADERS.get(head.latin1(4))
  if (header === undefined) return undefined
  for (const endian of ['little', 'big'] as const) {
    const count = new Reader(bytes.view(at, LEAST), endian, COUNT_AT).u32()
    if (count >= 1 && count <= MOST_PARTS && at + header + count * ENTRY <= bytes.size)
      return listed(bytes, at, at + header, count, endian)
  }
  return undefined
}

function listed(
  bytes: Bytes,
  start: number,
  at: number,
  count: number,
  endian: Endian,
): readonly Part[] | undefined {
  const parts: Part[] = []
  let next = at + count * ENTRY
  for (let index = 0; index < count; index++) {
    const entry = new Reader(bytes.view(at + index * ENTRY, ENTRY), endian)
    const name = cString(entry.take(NAME))
    const [offset, length] = [entry.u32(), entry.u32()]
    if (!/^[\w.-]+$/.test(name) || start + offset !== next || length === 0) return undefined
    parts.push({ name, at: next, length })
    next += length
  }
  return parts
}
