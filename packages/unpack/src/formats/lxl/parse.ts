import { type Bytes, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = 'LXL#'
/** Bytes of the fields that each version has. */
const FIELDS = [12, 32, 36, 44] as const
const BLOB = 'D#'
const BLOB_HEADER = 8
const BLOBS: Readonly<Record<number, string>> = { 1: 'certificate', 2: 'signature' }
const MOST_HEADER = 1024 * 1024
const MOST_BLOBS = 16

/** OpenWrt firmware-utils, lxlfw.c: little endian. */
export interface Lxl {
  /** Of what lies between the fields and the image. */
  readonly blobs: readonly LxlBlob[]
  readonly end: number
}

export interface LxlBlob extends Stored {
  readonly name: string
}

/** The header at `at`, or undefined for what is none: it ends where the image begins. */
export function parseLxl(bytes: Bytes, at: number): Lxl | undefined {
  if (at + FIELDS[0] > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, FIELDS[0]), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const [version, header] = [reader.u32(), reader.u32()]
  const fields = FIELDS[version]
  if (fields === undefined || header < fields || header > MOST_HEADER || at + header > bytes.size)
    return undefined
  if (version < 3) return header === fields ? { blobs: [], end: at + header } : undefined
  const places = new Reader(bytes.view(at, fields), 'little', fields - 8)
  const [offset, length] = [places.u32(), places.u32()]
  const blobs = length === 0 ? [] : blobsOf(bytes, at + offset, at + offset + length)
  return blobs && offset + length <= header ? { blobs, end: at + header } : undefined
}

function blobsOf(bytes: Bytes, start: number, end: number): readonly LxlBlob[] | undefined {
  const blobs: LxlBlob[] = []
  let place = start
  while (place < end && blobs.length < MOST_BLOBS) {
    if (place + BLOB_HEADER > Math.min(end, bytes.size)) return undefined
    const reader = new Reader(bytes.view(place, BLOB_HEADER), 'little')
    if (reader.latin1(BLOB.length) !== BLOB) return undefined
    const [kind, length] = [reader.u16(), reader.u32()]
    blobs.push({ name: BLOBS[kind] ?? `blob-${kind}`, at: place + BLOB_HEADER, length })
    place += BLOB_HEADER + length
  }
  return place === end ? blobs : undefined
}
