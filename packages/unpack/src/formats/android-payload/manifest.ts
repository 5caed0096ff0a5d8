import { latin1 } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import type { BlockExtent } from '../block-extents.ts'
import { fieldsOf } from '../protobuf.ts'

/** By their numbers. Those that are not in `FULL` need the old image. */
const OPERATIONS = [
  'REPLACE',
  'REPLACE_BZ',
  'MOVE',
  'BSDIFF',
  'SOURCE_COPY',
  'SOURCE_BSDIFF',
  'ZERO',
  'DISCARD',
  'REPLACE_XZ',
  'PUFFDIFF',
  'BROTLI_BSDIFF',
  'ZUCCHINI',
  'LZ4DIFF_BSDIFF',
  'LZ4DIFF_PUFFDIFF',
  'REPLACE_ZSTD',
] as const
export type FullOperation = 'REPLACE' | 'REPLACE_BZ' | 'REPLACE_XZ' | 'REPLACE_ZSTD' | 'ZERO' | 'DISCARD'
const FULL: readonly string[] = ['REPLACE', 'REPLACE_BZ', 'REPLACE_XZ', 'REPLACE_ZSTD', 'ZERO', 'DISCARD']

export interface Operation {
  /** `TYPE-15` for one that nobody described. */
  readonly type: (typeof OPERATIONS)[number] | `TYPE-${number}`
  /** From the start of the blobs, in bytes. */
  readonly dataAt: number
  readonly dataLength: number
  readonly to: readonly BlockExtent[]
  /** SHA-256 of the data; empty where it is not told. */
  readonly digest: Uint8Array
}

/** The state of a partition after the update. */
export interface PartitionUpdate {
  /** Byte string. */
  readonly name: string
  /** Bytes; undefined where it is not told. */
  readonly size?: number
  /** SHA-256; empty where it is not told. */
  readonly digest: Uint8Array
  /** Of the maker, to tell a downgrade. */
  readonly version: string
  readonly operations: readonly Operation[]
}

export interface Manifest {
  /** Bytes of a block. */
  readonly block: number
  /** Where the signatures of the payload lie, from the start of the blobs, in bytes. */
  readonly signatures?: { readonly at: number; readonly length: number }
  /** 0 says that no old image is needed. */
  readonly minorVersion: number
  /** Seconds since 1970: a device that is younger refuses the update. */
  readonly maxTimestamp?: number
  readonly partial: boolean
  /** Byte string, as `2026-01-05`. */
  readonly securityPatchLevel?: string
  readonly groups: readonly {
    readonly name: string
    readonly size: number
    readonly partitions: readonly string[]
  }[]
  readonly apexes: readonly { readonly name: string; readonly version: number }[]
  /** Messages of their own, by their offsets in the manifest. */
  readonly partitions: readonly { readonly at: number; readonly length: number }[]
}

/** DeltaArchiveManifest, without what the partitions say. @throws FormatError, BytesError */
export function parseManifest(message: Uint8Array): Manifest {
  const numbers = new Map<number, number>()
  const partitions: { at: number; length: number }[] = []
  const groups: Manifest['groups'][number][] = []
  const apexes: Manifest['apexes'][number][] = []
  let securityPatchLevel: string | undefined
  for (const field of fieldsOf(message)) {
    if (field.type === 'number') numbers.set(field.number, field.value)
    else if (field.number === 13) partitions.push({ at: field.at, length: field.bytes.length })
    else if (field.number === 15) groups.push(...groupsOf(field.bytes))
    else if (field.number === 17) apexes.push(apexOf(field.bytes))
    else if (field.number === 18) securityPatchLevel = latin1(field.bytes)
  }
  const [at, length] = [numbers.get(4), numbers.get(5)]
  const maxTimestamp = numbers.get(14)
  return {
    block: numbers.get(3) ?? 4096,
    ...(at !== undefined && length !== undefined && { signatures: { at, length } }),
    minorVersion: numbers.get(12) ?? 0,
    ...(maxTimestamp !== undefined && { maxTimestamp }),
    partial: (numbers.get(16) ?? 0) !== 0,
    ...(securityPatchLevel !== undefined && { securityPatchLevel }),
    groups,
    apexes,
    partitions,
  }
}

/** PartitionUpdate. @throws FormatError, BytesError */
export function parsePartition(message: Uint8Array): PartitionUpdate {
  let [name, version] = ['', '']
  let info: { size?: number; digest: Uint8Array } = { digest: new Uint8Array(0) }
  const operations: Operation[] = []
  for (const field of fieldsOf(message)) {
    if (field.type === 'number') continue
    if (field.number === 1) name = latin1(field.bytes)
    else if (field.number === 7) info = infoOf(field.bytes)
    else if (field.number === 8) operations.push(operationOf(field.bytes))
    else if (field.number === 17) version = latin1(field.bytes)
  }
  if (name === '') throw new FormatError('structure', 'a partition without a name')
  return { name, version, ...info, operations }
}

/** Whether it can be done without the old image. */
export function isFull(type: Operation['type']): type is FullOperation {
  return FULL.includes(type)
}

function infoOf(message: Uint8Array) {
  let size: number | undefined
  let digest = new Uint8Array(0)
  for (const field of fieldsOf(message)) {
    if (field.type === 'number' && field.number === 1) size = field.value
    else if (field.type === 'bytes' && field.number === 2) digest = new Uint8Array(field.bytes)
  }
  return { ...(size !== undefined && { size }), digest }
}

function operationOf(message: Uint8Array): Operation {
  let [type, dataAt, dataLength] = [0, 0, 0]
  let digest: Uint8Array = new Uint8Array(0)
  const to: BlockExtent[] = []
  for (const field of fieldsOf(message)) {
    if (field.type === 'bytes') {
      if (field.number === 6) to.push(extentOf(field.bytes))
      else if (field.number === 8) digest = field.bytes
    } else if (field.number === 1) type = field.value
    else if (field.number === 2) dataAt = field.value
    else if (field.number === 3) dataLength = field.value
  }
  return { type: OPERATIONS[type] ?? `TYPE-${type}`, dataAt, dataLength, to, digest }
}

function extentOf(message: Uint8Array): BlockExtent {
  let [start, count] = [0, 0]
  for (const field of fieldsOf(message)) {
    if (field.type === 'number' && field.number === 1) start = field.value
    else if (field.type === 'number' && field.number === 2) count = field.value
  }
  return { start, count }
}

/** The groups of DynamicPartitionMetadata. */
function groupsOf(message: Uint8Array): Manifest['groups'] {
  const groups: Manifest['groups'][number][] = []
  for (const field of fieldsOf(message)) {
    if (field.type !== 'bytes' || field.number !== 1) continue
    let [name, size] = ['', 0]
    const partitions: string[] = []
    for (const inner of fieldsOf(field.bytes)) {
      if (inner.type === 'number') size = inner.number === 2 ? inner.value : size
      else if (inner.number === 1) name = latin1(inner.bytes)
      else if (inner.number === 3) partitions.push(latin1(inner.bytes))
    }
    groups.push({ name, size, partitions })
  }
  return groups
}

function apexOf(message: Uint8Array): Manifest['apexes'][number] {
  let [name, version] = ['', 0]
  for (const field of fieldsOf(message)) {
    if (field.type === 'bytes' && field.number === 1) name = latin1(field.bytes)
    else if (field.type === 'number' && field.number === 2) version = field.value
  }
  return { name, version }
}
