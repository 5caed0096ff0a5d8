import { createHash } from 'node:crypto'
import { type Bytes, cString, latin1, Reader } from '@messlatte/bytes'
import type { ContainerFormat, Region } from '../../contract.ts'
import { hashStretch, jsonText, showText } from '../members.ts'

const MAGIC = 'PAR2\0PKT'
const HEADER = 64
/** What the packet's digest is over begins here. */
const DIGESTED = 32
const FILE = 'PAR 2.0\0FileDesc'
const FILE_FIELDS = 56
const MAIN = 'PAR 2.0\0Main\0\0\0\0'
const MOST_NAME = 4096
const MOST_PACKETS = 1_000_000
const MOST_FILES = 10_000
const LIST = 'files.json'

interface Packet {
  readonly at: number
  readonly end: number
  readonly digest: string
  readonly type: string
}

export const par2: ContainerFormat<null> = {
  kind: 'container',
  name: 'par2',
  title: 'PAR2 recovery data (names, sizes and digests of the files it is for)',
  references: ['Parity Volume Set Specification 2.0'],
  limits: [
    'recovery slices are not used: what they are for lies elsewhere',
    'a packet that is cut off is not part of it',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const first = packetAt(bytes, at)
    if (!first || !holds(bytes, first)) return undefined
    return { start: at, end: lastOf(bytes, at) }
  },

  *open(bytes, region, problem) {
    let wrong = 0
    for (const packet of packetsOf(bytes, region)) if (!holds(bytes, packet)) wrong++
    if (wrong > 0) problem('checksum', `${wrong} packets have another digest`)
    yield { cost: 0, entries: 1, plan: null }
  },

  read(bytes, region, _plan, sink) {
    const files = new Map<string, { name: string; size: number; md5: string }>()
    let announced: number | undefined
    for (const packet of packetsOf(bytes, region)) {
      if (packet.type === MAIN) announced = countOf(bytes, packet)
      const file = packet.type === FILE ? fileOf(bytes, packet) : undefined
      if (file && files.size < MOST_FILES)
        files.set(file.id, { name: file.name, size: file.size, md5: file.md5 })
    }
    if (announced !== files.size)
      sink.problem(
        'truncated',
        `${files.size} of ${announced ?? 'an unknown number of'} files are named`,
        LIST,
      )
    showText(LIST, jsonText([...files.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))), sink)
  },
}

/** Little endian: length, MD5, the set that it belongs to, type. */
function packetAt(bytes: Bytes, at: number): Packet | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const length = reader.size64()
  if (length < HEADER || length % 4 > 0 || !(at + length <= bytes.size)) return undefined
  const digest = Buffer.from(reader.take(16)).toString('hex')
  reader.skip(16)
  return { at, end: at + length, digest, type: reader.latin1(16) }
}

function* packetsOf(bytes: Bytes, { start, end }: Region): Generator<Packet> {
  let at = start
  for (let count = 0; count < MOST_PACKETS && at < end; count++) {
    const packet = packetAt(bytes, at)
    if (!packet) return
    yield packet
    at = packet.end
  }
}

function lastOf(bytes: Bytes, start: number): number {
  let end = start
  for (const packet of packetsOf(bytes, { start, end: bytes.size })) end = packet.end
  return end
}

function holds(bytes: Bytes, { at, end, digest }: Packet): boolean {
  return hashStretch(createHash('md5'), bytes, at + DIGESTED, end - at - DIGESTED).digest('hex') === digest
}

/** A number of the file, MD5 of all of it and of its first 16 KiB, its size, and its name up to a NUL. */
function fileOf(bytes: Bytes, { at, end }: Packet) {
  const length = end - at - HEADER
  if (length < FILE_FIELDS || length > FILE_FIELDS + MOST_NAME) return undefined
  const reader = new Reader(bytes.view(at + HEADER, length), 'little')
  const id = latin1(reader.take(16))
  const md5 = Buffer.from(reader.take(16)).toString('hex')
  reader.skip(16)
  return {
    id,
    md5,
    size: reader.size64(),
    name: Buffer.from(cString(reader.bytes.subarray(FILE_FIELDS)), 'latin1').toString(),
  }
}

/** Of the files in the set: behind the size of a slice. */
function countOf(bytes: Bytes, { at, end }: Packet): number | undefined {
  return end - at < HEADER + 12 ? undefined : new Reader(bytes.view(at + HEADER + 8, 4), 'little').u32()
}
