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
import { behindTable, holdsItsKind } from './flash.ts'
import { APP, type EspPartition, type EspPartitionTable, isErased, SECTOR } from './parse.ts'

/** What decrypts a partition: the key by its place among those handed in, because plans travel and keys do not. */
interface Decryption {
  readonly key: number
  readonly scheme: FlashScheme
  /** Of the partition in the flash. */
  readonly address: number
}

export interface EspMember {
  readonly path: string
  readonly content: string | Stored
  readonly decryption?: Decryption | undefined
}

/** A flash, or a table alone, where `start` is undefined. */
export interface EspFlash {
  /** Where the flash begins; negative where the bytes begin behind that. */
  readonly start: number | undefined
  /** Where its boot loader begins, if that is to be shown. */
  readonly loaderAt?: number
  readonly tableAt: number
  readonly table: EspPartitionTable
}

/** Bytes: the smallest chips that boot from such a table. */
const LEAST_CHIP = 512 * 1024
const MOST_NAMED = 8
const TABLE = 'partition-table.json'
const LOADER = 'bootloader'

/** The work of a format that shows a flash. */
export function flashMembers(
  flashOf: (bytes: Bytes, region: Region) => EspFlash,
): Pick<ContainerFormat<readonly EspMember[]>, 'open' | 'read' | 'parts'> {
  return {
    open: (bytes, region, problem, keys) =>
      inBatches(
        membersOf(bytes, region, flashOf(bytes, region), problem, keys),
        ({ content }) => content.length,
      ),

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

    *parts(bytes, region) {
      const members = membersOf(bytes, region, flashOf(bytes, region), () => {}, [])
      for (const { path, content } of members)
        if (typeof content !== 'string' && content.length > 0)
          yield { name: path, start: content.at, end: content.at + content.length }
    },
  }
}

function* membersOf(
  bytes: Bytes,
  region: Region,
  { start, loaderAt, tableAt, table }: EspFlash,
  problem: Sink['problem'],
  keys: readonly KeyMaterial[],
): Generator<EspMember> {
  if (table.md5Matches === false) problem('checksum', 'the MD5 of the table differs', TABLE)
  if (!table.ended) problem('truncated', 'the table ends without an empty row', TABLE)
  const seen = new Set<string>([TABLE])
  if (loaderAt !== undefined) {
    yield* whatLiesBetween(bytes, region.start, loaderAt)
    seen.add(LOADER)
    yield { path: LOADER, content: { at: loaderAt, length: tableAt - loaderAt } }
  }
  yield { path: TABLE, content: jsonText(table.partitions) }
  if (start === undefined) return
  const proven = findKey(bytes, start, table, keys)
  const missing: string[] = []
  let done = table.end
  let clean = true
  for (const partition of [...behindTable(table)].sort((a, b) => a.offset - b.offset)) {
    const at = start + partition.offset
    const path = nameOf(partition, table, seen)
    yield* whatLiesBetween(bytes, done, at)
    if (at < done) problem('structure', 'it overlaps another one', partition.label)
    done = Math.max(done, at + partition.size)
    if (at >= bytes.size) missing.push(path)
    else {
      clean &&= done <= bytes.size || endsWhole(bytes, at, partition)
      if (!clean) problem('truncated', 'the flash ends within this partition', path)
      yield memberOf(bytes, at, partition, path, proven, problem)
    }
  }
  yield* whatLiesBetween(bytes, done, region.end)
  // Images for flashing end behind what they write; dumps are as large as a chip.
  if (missing.length > 0 && (!clean || isChipSize(bytes.size - Math.min(start, 0))))
    problem('truncated', `the flash ends before ${missing.slice(0, MOST_NAMED).join(', ')}`)
}

/** An application that is there to its end, in a partition whose erased rest is not. */
function endsWhole(bytes: Bytes, at: number, { type }: EspPartition): boolean {
  return type === APP && parseEspImage(bytes, at)?.cut === false
}

function isChipSize(size: number): boolean {
  return size >= LEAST_CHIP && Number.isInteger(Math.log2(size))
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
  const content = at + partition.size <= bytes.size ? { at, length: partition.size } : whatIsThere(bytes, at)
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
