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
import { decryptNvs, isNvsKey, nvsKeyIn } from '../esp-nvs/decrypt.ts'
import { copyStretch, inBatches, jsonText, type Stored, showText, whatIsThere, wrapped } from '../members.ts'
import { decryptFlash, type FlashScheme, schemesFor } from './decrypt.ts'
import { behindTable, holdsItsKind, isCovered, isNvs, isNvsKeys, looksPlain } from './flash.ts'
import { APP, type EspPartition, type EspPartitionTable, isErased, SECTOR } from './parse.ts'

/** A key for flash encryption by its place among those handed in: plans travel, and keys do not. */
export interface FlashKey {
  readonly key: number
  readonly scheme: FlashScheme
}

/** What decrypts a partition that flash encryption covers. */
interface FlashDecryption extends FlashKey {
  readonly kind: 'flash'
  /** Of the partition in the flash. */
  readonly address: number
}

/** What decrypts NVS: the partition with its keys, which flash encryption covers itself. */
interface NvsDecryption {
  readonly kind: 'nvs'
  readonly keysAt: number
  readonly covered: FlashDecryption | undefined
}

type Decryption = FlashDecryption | NvsDecryption

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
  /** What the boot loader and the table were read with, where they are encrypted. */
  readonly proven?: FlashKey
}

/** What stands in it. */
export interface EspFlashEncryption {
  readonly scheme: 'AES-XTS' | 'AES-256 of the ESP32'
  /** Whether the boot loader and the table are encrypted, as they are on a device. */
  readonly tableEncrypted: boolean
  /** Offsets and lengths in bytes, from the start of the region that holds the flash. */
  readonly tableAt: number
  readonly tableMd5Matches: boolean | null
  readonly partitions: readonly (EspPartition & {
    readonly at: number
    /** Flash encryption covers it, whether it is marked or not. */
    readonly covered: boolean
  })[]
}

/** Bytes: the smallest chips that boot from such a table. */
const LEAST_CHIP = 512 * 1024
const MOST_NAMED = 8
const TABLE = 'partition-table.json'
/** Of a member that is there where a key fitted; longer than the label of a partition can be. */
export const ESP_ENCRYPTION = 'flash-encryption.json'
const LOADER = 'bootloader'

/** The work of a format that shows a flash. */
export function flashMembers(
  flashOf: (bytes: Bytes, region: Region, keys: readonly KeyMaterial[]) => EspFlash,
): Pick<ContainerFormat<readonly EspMember[]>, 'open' | 'read' | 'parts'> {
  return {
    open: (bytes, region, problem, keys) =>
      inBatches(
        membersOf(bytes, region, flashOf(bytes, region, keys), problem, keys),
        ({ content }) => content.length,
      ),

    read(bytes, _region, plan, sink) {
      for (const { path, content, decryption } of plan) {
        if (typeof content === 'string') showText(path, content, sink)
        else if (!decryption) sink.slice(wrapped(path), content.at, content.length)
        else {
          sink.file(wrapped(path), content.length, (out) => {
            copyStretch(bytes, content.at, out)
            decrypt(bytes, decryption, out, sink.keys)
          })
        }
      }
    },

    *parts(bytes, region, keys = []) {
      const members = membersOf(bytes, region, flashOf(bytes, region, keys), () => {}, keys)
      for (const { path, content } of members)
        if (typeof content !== 'string' && content.length > 0)
          yield { name: path, start: content.at, end: content.at + content.length }
    },
  }
}

function decrypt(
  bytes: Bytes,
  decryption: Decryption,
  content: Uint8Array,
  keys: readonly KeyMaterial[],
): void {
  if (decryption.kind === 'nvs') {
    const key = storedNvsKey(bytes, decryption, keys)
    if (!key) throw new FormatError('unsupported', 'its key is not there')
    decryptNvs(key, content)
    return
  }
  const key = keys[decryption.key]
  if (!key) throw new FormatError('unsupported', 'its key is not there')
  decryptFlash(decryption.scheme, key.bytes, decryption.address, content)
}

function storedNvsKey(
  bytes: Bytes,
  { keysAt, covered }: NvsDecryption,
  keys: readonly KeyMaterial[],
): Uint8Array | undefined {
  if (keysAt + SECTOR > bytes.size) return undefined
  const stored = Buffer.from(bytes.view(keysAt, SECTOR))
  if (covered) decrypt(bytes, covered, stored, keys)
  return nvsKeyIn(stored)
}

function* membersOf(
  bytes: Bytes,
  region: Region,
  { start, loaderAt, tableAt, table, proven: known }: EspFlash,
  problem: Sink['problem'],
  keys: readonly KeyMaterial[],
): Generator<EspMember> {
  if (table.md5Matches === false) problem('checksum', 'the MD5 of the table differs', TABLE)
  if (!table.ended) problem('truncated', 'the table ends without an empty row', TABLE)
  const seen = new Set<string>([TABLE])
  if (loaderAt !== undefined) {
    yield* whatLiesBetween(bytes, region.start, loaderAt)
    seen.add(LOADER)
    const decryption = known && start !== undefined ? flashDecryption(known, loaderAt - start) : undefined
    yield { path: LOADER, content: { at: loaderAt, length: tableAt - loaderAt }, decryption }
  }
  yield { path: TABLE, content: jsonText(table.partitions) }
  if (start === undefined) return
  const proven = known ?? findKey(bytes, start, table, keys)
  if (proven) {
    const content = describeEncryption(proven, known !== undefined, table, {
      start: start - region.start,
      tableAt: tableAt - region.start,
    })
    yield { path: ESP_ENCRYPTION, content: jsonText(content) }
  }
  const nvs = nvsDecryption(bytes, start, table, proven)
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
      yield memberOf(bytes, at, partition, path, { proven, nvs, keys }, problem)
    }
  }
  yield* whatLiesBetween(bytes, done, region.end)
  // Images for flashing end behind what they write; dumps are as large as a chip.
  if (missing.length > 0 && (!clean || isChipSize(bytes.size - Math.min(start, 0))))
    problem('truncated', `the flash ends before ${missing.slice(0, MOST_NAMED).join(', ')}`)
}

/** What a key opened, for people and for checks, which see no key. */
function describeEncryption(
  { scheme }: FlashKey,
  tableEncrypted: boolean,
  table: EspPartitionTable,
  at: { readonly start: number; readonly tableAt: number },
): EspFlashEncryption {
  return {
    scheme: scheme === 'xts' ? 'AES-XTS' : 'AES-256 of the ESP32',
    tableEncrypted,
    tableAt: at.tableAt,
    tableMd5Matches: table.md5Matches ?? null,
    partitions: table.partitions.map((row) => ({
      ...row,
      at: at.start + row.offset,
      covered: isCovered(row),
    })),
  }
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

function flashDecryption(proven: FlashKey, address: number): FlashDecryption {
  return { kind: 'flash', ...proven, address }
}

/** The partition that holds the keys of NVS, in the clear or not. */
function nvsDecryption(
  bytes: Bytes,
  flash: number,
  table: EspPartitionTable,
  proven: FlashKey | undefined,
): NvsDecryption | undefined {
  const partition = table.partitions.find(isNvsKeys)
  if (!partition) return undefined
  const keysAt = flash + partition.offset
  const plain = keysAt + SECTOR <= bytes.size && holdsItsKind(bytes, keysAt, partition) === true
  const covered = plain || !proven ? undefined : flashDecryption(proven, partition.offset)
  return { kind: 'nvs', keysAt, covered }
}

/** What may decrypt a partition. */
interface Ways {
  readonly proven: FlashKey | undefined
  readonly nvs: NvsDecryption | undefined
  readonly keys: readonly KeyMaterial[]
}

function memberOf(
  bytes: Bytes,
  at: number,
  partition: EspPartition,
  path: string,
  ways: Ways,
  problem: Sink['problem'],
): EspMember {
  const content = at + partition.size <= bytes.size ? { at, length: partition.size } : whatIsThere(bytes, at)
  const first = bytes.view(content.at, Math.min(64, content.length))
  const plain =
    isErased(first) ||
    holdsItsKind(bytes, at, partition) === true ||
    looksPlain(bytes, content.at, content.length)
  if (isNvs(partition)) return { path, content, decryption: nvsOf(bytes, content, ways) }
  if (plain || !isCovered(partition)) return { path, content }
  if (ways.proven && content.length % 16 === 0)
    return { path, content, decryption: flashDecryption(ways.proven, partition.offset) }
  if (partition.encrypted) problem('unsupported', 'it is encrypted, and no key fits', path)
  return { path, content }
}

/** NVS is not covered by flash encryption: it has its own. */
function nvsOf(bytes: Bytes, { at, length }: Stored, { nvs, keys }: Ways): NvsDecryption | undefined {
  const key = nvs && storedNvsKey(bytes, nvs, keys)
  return key && isNvsKey(key, bytes, { start: at, end: at + length }) ? nvs : undefined
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
): FlashKey | undefined {
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
