import { latin1, Reader } from '@messlatte/bytes'
import { filetimeSeconds } from '../filetime.ts'

const MAGIC = 'FILE'
const STRIDE = 512
const NO_MORE = 0xffff_ffff
const FLAG = { inUse: 1, directory: 2 } as const
export const KIND = { standard: 0x10, name: 0x30, data: 0x80, reparse: 0xc0 } as const
export const DATA = { compressed: 0x0001, encrypted: 0x4000 } as const

/** A record of the table of files; attributes that do not fit into it are in others, which name it as their base. */
export interface FileRecord {
  readonly isDirectory: boolean
  /** Record that this one goes on; 0 where it is one of its own. */
  readonly base: number
  readonly attributes: readonly Attribute[]
}

export interface Attribute {
  readonly kind: number
  /** Byte string in UTF-8; empty for the main one. */
  readonly name: string
  readonly flags: number
  /** The content where it stands in the record itself. */
  readonly resident: Uint8Array | undefined
  readonly stored: Stored | undefined
}

/** Where a content lies that does not stand in the record. */
export interface Stored {
  /** First cluster within the content. */
  readonly first: number
  /** Clusters that are compressed together, as a power of two; 0 where none are. */
  readonly unit: number
  /** Bytes: of the content, and of what was ever written of it. Told by the first part only. */
  readonly size: number
  readonly written: number
  readonly runs: readonly ClusterRun[]
}

/** Clusters one behind the other; without a place they are a hole. */
export interface ClusterRun {
  readonly length: number
  readonly cluster: number | undefined
}

/** A record with its sectors made whole, or undefined: what is free, damaged or none. */
export function parseRecord(raw: Uint8Array): FileRecord | undefined {
  const view = mended(raw)
  if (!view) return undefined
  const reader = new Reader(view, 'little', 0x14)
  const [first, flags] = [reader.u16(), reader.u16()]
  if ((flags & FLAG.inUse) === 0) return undefined
  const base = new Reader(view, 'little', 0x20)
  const attributes: Attribute[] = []
  for (let at = first; at + 8 <= view.length; ) {
    const [kind, length] = [new Reader(view, 'little', at).u32(), new Reader(view, 'little', at + 4).u32()]
    if (kind === NO_MORE || length < 24 || at + length > view.length) break
    const attribute = parseAttribute(view.subarray(at, at + length), kind)
    if (attribute) attributes.push(attribute)
    at += length
  }
  return { isDirectory: (flags & FLAG.directory) !== 0, base: base.u32() + base.u16() * 2 ** 32, attributes }
}

/** The last two bytes of each sector stand elsewhere; in their place a number, by which a write that broke off shows. */
function mended(raw: Uint8Array): Uint8Array | undefined {
  if (latin1(raw.subarray(0, 4)) !== MAGIC) return undefined
  const reader = new Reader(raw, 'little', 4)
  const [at, count] = [reader.u16(), reader.u16()]
  if (count < 2 || at + count * 2 > raw.length || (count - 1) * STRIDE > raw.length) return undefined
  const view = Uint8Array.from(raw)
  for (let sector = 1; sector < count; sector++) {
    const last = sector * STRIDE - 2
    if (raw[last] !== raw[at] || raw[last + 1] !== raw[at + 1]) return undefined
    view[last] = raw[at + sector * 2] as number
    view[last + 1] = raw[at + sector * 2 + 1] as number
  }
  return view
}

function parseAttribute(view: Uint8Array, kind: number): Attribute | undefined {
  const reader = new Reader(view, 'little', 8)
  const [elsewhere, nameLength, nameAt, flags] = [reader.u8(), reader.u8(), reader.u16(), reader.u16()]
  if (nameAt + nameLength * 2 > view.length) return undefined
  const name = utf8(view.subarray(nameAt, nameAt + nameLength * 2))
  if (elsewhere === 0) {
    const [length, at] = [new Reader(view, 'little', 0x10).u32(), new Reader(view, 'little', 0x14).u16()]
    if (at + length > view.length) return undefined
    return { kind, name, flags, resident: view.subarray(at, at + length), stored: undefined }
  }
  if (view.length < 0x40) return undefined
  const fields = new Reader(view, 'little', 0x10)
  const first = fields.size64()
  fields.skip(8)
  const [runsAt, unit] = [fields.u16(), fields.u16()]
  fields.skip(12)
  const [size, written] = [fields.size64(), fields.size64()]
  const runs = parseRuns(view.subarray(Math.min(runsAt, view.length)))
  return runs && { kind, name, flags, resident: undefined, stored: { first, unit, size, written, runs } }
}

/** Each run: how many bytes its length and its place take, the length, and the place relative to the last one. */
function parseRuns(view: Uint8Array): readonly ClusterRun[] | undefined {
  const runs: ClusterRun[] = []
  let cluster = 0
  for (let at = 0; at < view.length && view[at] !== 0; ) {
    const [lengthBytes, placeBytes] = [(view[at] as number) & 15, (view[at] as number) >>> 4]
    if (
      lengthBytes === 0 ||
      lengthBytes > 6 ||
      placeBytes > 6 ||
      at + 1 + lengthBytes + placeBytes > view.length
    )
      return undefined
    const buffer = Buffer.from(view.buffer, view.byteOffset + at + 1, lengthBytes + placeBytes)
    const length = buffer.readUIntLE(0, lengthBytes)
    if (placeBytes > 0) cluster += buffer.readIntLE(lengthBytes, placeBytes)
    if (cluster < 0) return undefined
    runs.push({ length, cluster: placeBytes > 0 ? cluster : undefined })
    at += 1 + lengthBytes + placeBytes
  }
  return runs
}

const DOS_NAME = 2

/** Where a name stands, and the name; undefined for the short names of DOS, which stand beside long ones. */
export function parseName(
  content: Uint8Array,
): { readonly parent: number; readonly name: string } | undefined {
  if (content.length < 0x42) return undefined
  const reader = new Reader(content, 'little')
  const parent = reader.u32() + reader.u16() * 2 ** 32
  const [length, space] = [content[0x40] as number, content[0x41]]
  if (space === DOS_NAME || 0x42 + length * 2 > content.length) return undefined
  return { parent, name: utf8(content.subarray(0x42, 0x42 + length * 2)) }
}

function utf8(units: Uint8Array): string {
  return latin1(Buffer.from(Buffer.from(units).toString('utf16le')))
}

/** Of the last change. */
export function changedSeconds(standard: Uint8Array): number | undefined {
  if (standard.length < 16) return undefined
  return filetimeSeconds(new Reader(standard, 'little', 8).u64())
}
