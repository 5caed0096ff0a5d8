import { latin1, Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { filetimeSeconds } from '../filetime.ts'
import { SHA1 } from './header.ts'

const FIXED = 102
const STREAM = 38
const ALIGNMENT = 8
export const ATTRIBUTE = { directory: 0x10, reparse: 0x400, encrypted: 0x4000 } as const
const NONE = '0'.repeat(2 * SHA1)
/** What wimlib keeps of a Unix file: owner, group, mode, device. */
const UNIX_DATA = 0x337d_d873

/** A name in an image, and what it stands for; little endian. */
export interface Dentry {
  /** Bytes, with its streams. */
  readonly length: number
  /** Byte string in UTF-8. */
  readonly name: string
  readonly attributes: number
  /** Where the names within it begin in the metadata; 0 where there are none. */
  readonly within: number
  /** Seconds since 1970, of the last change. */
  readonly mtime: number
  /** What names of one file share; 0 where it has but one. */
  readonly group: string
  readonly reparseTag: number
  /** SHA-1 of what it holds, in hex; undefined where that is nothing. */
  readonly content: string | undefined
  readonly reparse: string | undefined
  readonly streams: readonly { readonly name: string; readonly content: string | undefined }[]
  readonly unix:
    | { readonly uid: number; readonly gid: number; readonly mode: number; readonly device: number }
    | undefined
}

/** Undefined at the end of a directory. @throws FormatError, BytesError */
export function dentryAt(metadata: Uint8Array, at: number): Dentry | undefined {
  const reader = new Reader(metadata, 'little', at)
  const length = aligned(reader.size64())
  if (length <= ALIGNMENT) return undefined
  if (length < FIXED || at + length > metadata.length)
    throw new FormatError('structure', `an entry of ${length} bytes`)
  const attributes = reader.u32()
  reader.skip(4)
  const within = reader.size64()
  reader.skip(2 * 8 + 2 * 8)
  const mtime = filetimeSeconds(reader.u64())
  const main = hash(reader)
  reader.skip(4)
  const group = reader.u64()
  const isReparse = (attributes & ATTRIBUTE.reparse) !== 0
  const reparseTag = isReparse ? Number(group & 0xffff_ffffn) : 0
  const [streamCount, shortName, longName] = [reader.u16(), reader.u16(), reader.u16()]
  const namesEnd = FIXED + (longName && longName + 2) + (shortName && shortName + 2)
  if (namesEnd > aligned(length)) throw new FormatError('structure', 'a name that goes over its entry')
  const name = utf8(reader.take(longName))
  const unix = unixData(metadata.subarray(at + aligned(namesEnd), at + length))
  const streams: { name: string; content: string | undefined }[] = []
  let end = at + length
  for (let index = 0; index < streamCount; index++) {
    const fields = new Reader(metadata, 'little', end)
    const size = aligned(fields.size64())
    fields.skip(8)
    const content = hash(fields)
    const nameLength = fields.u16()
    if (size < STREAM + nameLength || end + size > metadata.length)
      throw new FormatError('structure', `a stream of ${size} bytes`)
    streams.push({ name: utf8(fields.take(nameLength)), content })
    end += size
  }
  const unnamed = [main, ...streams.filter((one) => one.name === '').map(({ content }) => content)].filter(
    (content) => content !== undefined,
  )
  return {
    ...{ length: end - at, name, attributes, within, mtime, reparseTag, unix },
    group: isReparse || group === 0n ? '' : group.toString(16),
    reparse: isReparse ? unnamed[0] : undefined,
    content: unnamed[isReparse ? 1 : 0],
    streams: streams.filter((one) => one.name !== ''),
  }
}

export function aligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT
}

function hash(reader: Reader): string | undefined {
  const hex = Buffer.from(reader.take(SHA1)).toString('hex')
  return hex === NONE ? undefined : hex
}

function utf8(units: Uint8Array): string {
  return latin1(Buffer.from(Buffer.from(units).toString('utf16le')))
}

/** Items with a tag each, behind the names. */
function unixData(items: Uint8Array): Dentry['unix'] {
  for (let at = 0; at + 8 <= items.length; ) {
    const reader = new Reader(items, 'little', at)
    const [tag, length] = [reader.u32(), reader.u32()]
    if (tag === UNIX_DATA && length >= 16 && reader.left >= 16)
      return { uid: reader.u32(), gid: reader.u32(), mode: reader.u32(), device: reader.u32() }
    at += 8 + aligned(length)
  }
  return undefined
}
