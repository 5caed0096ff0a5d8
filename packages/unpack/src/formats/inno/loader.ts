import { crc32 } from 'node:zlib'
import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { parsePe } from '../pe/parse.ts'
import { peResources } from '../pe/resources.ts'

/** Where an installer keeps what, in bytes from the start of its program: the table in its resources. */
export interface Loader {
  /** Behind all that belongs to it. */
  readonly end: number
  /** Of the header with the lists of files. */
  readonly headerAt: number
  /** Of the contents; undefined where they lie in files beside it. */
  readonly dataAt: number | undefined
}

/** The resource that holds the table, and how it begins: since 5.1.5. */
const RESOURCE = { type: 10, name: 11_111 } as const
const MAGICS = ['rDlPtS\xcd\xe6\xd7{\x0b*', 'nS5W7dT\x83\xaa\x1b\x0fj']
const REVISION = 1
/** Without the CRC-32 that ends it, in bytes. */
const TABLE = 40

/** The table of the program at `at`, or undefined where it is no installer. */
export function loaderOf(bytes: Bytes, at: number): Loader | undefined {
  const image = parsePe(bytes, at)
  if (!image) return undefined
  for (const { type, name, content } of peResources(bytes, image)) {
    if (type !== RESOURCE.type || name !== RESOURCE.name) continue
    if (content.length < TABLE + 4 || content.at + TABLE + 4 > bytes.size) return undefined
    return parseTable(bytes.view(content.at, TABLE + 4), at)
  }
  return undefined
}

function parseTable(table: Uint8Array, at: number): Loader | undefined {
  const reader = new Reader(table, 'little')
  const magic = latin1(reader.take(12))
  if (!MAGICS.includes(magic) || reader.u32() !== REVISION) return undefined
  const size = reader.u32()
  // The program that runs, packed, is not shown: its place, its size, and its CRC.
  reader.skip(12)
  const [header, data, crc] = [reader.u32(), reader.u32(), reader.u32()]
  if (crc32(table.subarray(0, TABLE)) !== crc || header >= size || data >= size) return undefined
  return { end: at + size, headerAt: at + header, dataAt: data === 0 ? undefined : at + data }
}
