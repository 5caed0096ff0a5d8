import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { crc16 } from '../crc16.ts'
import { macName, macSeconds, type StuffitFork } from '../stuffit-forks.ts'

export const MAGIC = 'SIT!'
const [SECOND_MAGIC, SECOND_AT] = ['rLau', 10] as const
export const HEADER = 22
const [MEMBER, SUM_AT] = [112, 110] as const
const MOST_NAME = 63
/** In place of a method: a folder begins, a folder ends; bits tell a password, and a folder in which one is needed. */
const [FOLDER, FOLDER_END, ENCRYPTED, HOLDS_ENCRYPTED] = [32, 33, 0x80, 0x10] as const

/** Bytes of an archive as its header tells them; big endian. @throws BytesError */
export function parseHeader(bytes: Bytes, start: number): number | undefined {
  const reader = new Reader(bytes.view(start, HEADER), 'big')
  if (reader.latin1(4) !== MAGIC) return undefined
  reader.skip(2)
  const length = reader.u32()
  reader.at = SECOND_AT
  return reader.latin1(4) === SECOND_MAGIC && length >= HEADER + MEMBER ? length : undefined
}

export interface SitPart {
  readonly kind: 'file' | 'folder' | 'folder-end'
  readonly name: string
  /** Seconds since 1970. */
  readonly mtime: number
  readonly data: StuffitFork
  readonly resource: StuffitFork
  readonly end: number
}

/** The header of a file or folder at `at`; undefined for what its CRC does not vouch for. @throws BytesError */
export function partAt(bytes: Bytes, at: number): SitPart | undefined {
  const view = bytes.view(at, MEMBER)
  const reader = new Reader(view, 'big')
  if (crc16(view.subarray(0, SUM_AT)) !== new Reader(view, 'big', SUM_AT).u16()) return undefined
  const [resourceMethod, dataMethod, nameLength] = [reader.u8(), reader.u8(), reader.u8()]
  const name = macName(latin1(reader.take(Math.min(nameLength, MOST_NAME))))
  reader.at = 80
  const mtime = macSeconds(reader.u32())
  const [resourceSize, dataSize, resourcePacked, dataPacked] = [
    reader.u32(),
    reader.u32(),
    reader.u32(),
    reader.u32(),
  ]
  const [resourceCrc, dataCrc] = [reader.u16(), reader.u16()]
  const resourceAt = at + MEMBER
  const kind = kindOf(dataMethod, resourceMethod)
  const dataAt = resourceAt + resourcePacked
  return {
    kind,
    name,
    mtime,
    resource: forkOf(resourceMethod, resourceAt, resourcePacked, resourceSize, resourceCrc),
    data: forkOf(dataMethod, dataAt, dataPacked, dataSize, dataCrc),
    end: kind === 'file' ? dataAt + dataPacked : resourceAt,
  }
}

function kindOf(...methods: readonly number[]): SitPart['kind'] {
  const marks = methods.map((method) => method & ~(ENCRYPTED | HOLDS_ENCRYPTED))
  if (marks.includes(FOLDER)) return 'folder'
  return marks.includes(FOLDER_END) ? 'folder-end' : 'file'
}

function forkOf(method: number, at: number, packed: number, size: number, crc: number): StuffitFork {
  return {
    content: { at, packed, size },
    method: method & 15,
    isEncrypted: (method & ENCRYPTED) !== 0,
    crc,
  }
}
