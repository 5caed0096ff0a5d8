import type { Bytes } from '@messlatte/bytes'
import { memoryBytes } from '@messlatte/bytes'
import {
  type ContainerFormat,
  FormatError,
  type KeyMaterial,
  type Region,
  type Sink,
} from '../../contract.ts'
import { parseEspImage } from '../esp-image/parse.ts'
import { copyStretch, inBatches, jsonText, type Stored, showText, whatIsThere, wrapped } from '../members.ts'
import { decryptFlash, type FlashScheme, schemesFor } from './decrypt.ts'
import { behindTable, findFlashStart, holdsItsKind } from './flash.ts'
import {
  APP,
  type EspPartition,
  type EspPartitionTable,
  isErased,
  parsePartitionTable,
  SECTOR,
} from './parse.ts'

/** What decrypts a partition: the key by its place among those handed in, because plans travel and keys do not. */
interface Decryption {
  readonly key: number
  readonly scheme: FlashScheme
  /** Of the partition in the flash. */
  readonly address: number
}

interface EspMember {
  readonly path: string
  readonly content: string | Stored
  readonly decryption?: Decryption | undefined
}

const TABLE = 'partition-table.json'

export const espPartitionTable: ContainerFormat<readonly EspMember[]> = {
  kind: 'container',
  name: 'esp-partition-table',
  title: 'ESP-IDF partition table, with the flash behind it',
  references: [
    'ESP-IDF documentation, Partition Tables',
    'ESP-IDF, components/partition_table/gen_esp32part.py',
    'ESP-IDF documentation, Flash Encryption',
  ],
  limits: [
    'where the table is encrypted itself, the flash is not recognised, also not with a key',
    'partitions before the table (boot loaders) are left to what is found there',
    'of encrypted partitions, applications prove that a key fits; data is decrypted with a key that an application proved',
  ],
  magic: ['\0', '\x01', '\x02', '\x03'].map((type) => ({ bytes: `\xaa\x50${type}`, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const table = parsePartitionTable(bytes, at)
    if (!table) return undefined
    const flash = findFlashStart(bytes, at, table)
    const ends =
      flash === undefined ? [] : behindTable(table).map(({ offset, size }) => flash + offset + size)
    return { start: at, end: Math.min(Math.max(table.end, ...ends), bytes.size) }
  },

  open: (bytes, region, problem, keys) =>
    inBatches(membersOf(bytes, region, problem, keys), ({ content }) => content.length),

  read(bytes, _region, plan, sink) {
    for (const { path, content, decryption } of plan) {
      if (typeof content === 'string') showText(path, content, sink)
      else if (!decryption) sink.slice(wrapped(path), content.at, content.length)
      else {
        sink.file(wrapped(path), content.length, (out) => {
          const key = sink.keys[decryption.key]
          if (!key) throw new FormatError('unsupported', 'its key is not there')
          copyStretch(bytes, content.at, out)
          decryptFlash(decryption.scheme, key.bytes, decryption.address, out)
        })
      }
    }
  },
}

function* membersOf(
  bytes: Bytes,
  region: Region,
  problem: Sink['problem'],
  keys: readonly KeyMaterial[],
): Generator<EspMember> {
  const table = parsePartitionTable(bytes, region.start) as EspPartitionTable
  if (table.md5Matches === false) problem('checksum', 'the MD5 of the table differs', TABLE)
  if (!table.ended) problem('truncated', 'the table ends without an empty row', TABLE)
  yield { path: TABLE, content: jsonText(table.partitions) }
  const flash = findFlashStart(bytes, region.start, table)
  if (flash === undefined) return
  const proven = findKey(bytes, flash, table, keys)
  const seen = new Set<string>([TABLE])
  let done = table.end
  for (const partition of [...behindTable(table)].sort((a, b) => a.offset - b.offset)) {
    const at = flash + partition.offset
    yield* whatLiesBetween(bytes, done, at)
    if (at < done) problem('structure', 'it overlaps another one', partition.label)
    done = Math.max(done, at + partition.size)
    yield memberOf(bytes, at, partition, nameOf(partition, table, seen), proven, problem)
  }
}

/** No table names these bytes, but they are in the region. */
function* whatLiesBetween(bytes: Bytes, from: number, to: number): Generator<EspMember> {
  const end = Math.min(to, bytes.size)
  if (end <= from) return
  for (let at = from; at < end; at += SECTOR) {
    if (isErased(bytes.view(at, Math.min(SECTOR, end - at)))) continue
    yield { path: `unnamed-at-0x${at.toString(16)}`, content: { at, length: end - at } }
    return
  }
}

function memberOf(
  bytes: Bytes,
  at: number,
  partition: EspPartition,
  path: string,
  proven: Omit<Decryption, 'address'> | undefined,
  problem: Sink['problem'],
): EspMember {
  const whole = at + partition.size <= bytes.size
  if (!whole) problem('truncated', 'the flash ends within this partition', path)
  const content = whole ? { at, length: partition.size } : whatIsThere(bytes, at)
  const first = bytes.view(content.at, Math.min(64, content.length))
  const plain = isErased(first) || holdsItsKind(bytes, at, partition) === true
  if (plain || !(partition.encrypted || partition.type === APP)) return { path, content }
  if (proven && content.length % 16 === 0)
    return { path, content, decryption: { ...proven, address: partition.offset } }
  if (partition.encrypted) problem('unsupported', 'it is encrypted, and no key fits', path)
  return { path, content }
}

function nameOf({ label }: EspPartition, { partitions }: EspPartitionTable, seen: Set<string>): string {
  const usable = label !== '' && label !== '.' && label !== '..' && !label.includes('/')
  let name = usable ? label : `partition-${seen.size - 1}`
  for (let index = 2; seen.has(name); index++) name = `${usable ? label : 'partition'}-${index}`
  seen.add(name)
  return partitions.length > 0 ? name : label
}

/** The key with which an application of the table is one. */
function findKey(
  bytes: Bytes,
  flash: number,
  table: EspPartitionTable,
  keys: readonly KeyMaterial[],
): Omit<Decryption, 'address'> | undefined {
  const apps = table.partitions.filter(
    ({ type, offset }) => type === APP && flash + offset + SECTOR <= bytes.size,
  )
  for (const [key, { bytes: material }] of keys.entries()) {
    for (const scheme of schemesFor(material)) {
      for (const { offset } of apps) {
        const head = Buffer.from(bytes.view(flash + offset, SECTOR))
        decryptFlash(scheme, material, offset, head)
        if (parseEspImage(memoryBytes(head), 0)) return { key, scheme }
      }
    }
  }
  return undefined
}
