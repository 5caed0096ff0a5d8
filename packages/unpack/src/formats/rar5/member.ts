import { cString, Reader } from '@messlatte/bytes'
import type { EntryMeta } from '../../contract.ts'
import { filetimeSeconds } from '../filetime.ts'
import { typeOfMode } from '../members.ts'
import { varint } from '../protobuf.ts'
import type { RarMember } from '../rar-jobs.ts'
import type { Rar5Block } from './blocks.ts'
import { encryptionOf, type Rar5Keys } from './keys.ts'

const FLAG = { directory: 0x01, time: 0x02, crc: 0x04, unknownSize: 0x08 } as const
const UNIX = 1
const SMALLEST_DICTIONARY = 128 * 1024
const EXTRA = { encryption: 1, hash: 2, time: 3, redirection: 5, owner: 6 } as const
/** What a redirection is, by its number. */
const LINKS = ['symlink', 'symlink', 'symlink', 'hardlink', 'hardlink'] as const

/** What the records of the extra area tell of a member. */
interface Extra {
  encryption?: ReturnType<typeof encryptionOf> | 'unknown'
  mtime?: number
  link?: { readonly type: 'symlink' | 'hardlink'; readonly target: string }
  owner?: { readonly uid?: number; readonly gid?: number }
}

/** @throws FormatError | BytesError */
export function memberOf(
  { fields, extra, at, size: packed, continued, continues }: Rar5Block,
  keys: Rar5Keys,
): RarMember {
  const flags = varint(fields)
  const unpacked = varint(fields)
  const attributes = varint(fields)
  const time = (flags & FLAG.time) !== 0 ? fields.u32() : undefined
  const crc = (flags & FLAG.crc) !== 0 ? fields.u32() : undefined
  const compression = varint(fields)
  const isUnix = varint(fields) === UNIX
  const path = cString(fields.take(varint(fields)))
  const more = extraOf(extra)
  const isDirectory = (flags & FLAG.directory) !== 0
  const size = more.link || isDirectory ? 0 : unpacked
  const shut = shutBy(more, keys)
  return {
    meta: metaOf(path, isDirectory, isUnix ? attributes : undefined, {
      ...(time !== undefined && { mtime: time }),
      ...more,
    }),
    at,
    packed,
    size,
    crc,
    ...shut,
    isStored: ((compression >>> 7) & 7) === 0,
    isSolid: (compression & 0x40) !== 0,
    dictionary: SMALLEST_DICTIONARY * 2 ** ((compression >>> 10) & 15),
    continued,
    continues,
    unsupported:
      size === 0 ? undefined : more.encryption && !shut.cipher ? whyShut(keys) : whyNot(flags, compression),
  }
}

function whyShut({ areThere }: Rar5Keys): string {
  return areThere ? 'encrypted, and no key fits' : 'encrypted'
}

function whyNot(flags: number, compression: number): string | undefined {
  const [version, method] = [compression & 0x3f, (compression >>> 7) & 7]
  if ((flags & FLAG.unknownSize) !== 0) return 'its size is not told'
  if (method > 0 && (version > 0 || method > 5))
    return `its compression (version ${version}, method ${method}) is not read`
  return undefined
}

function shutBy({ encryption }: Extra, keys: Rar5Keys): Pick<RarMember, 'cipher' | 'sumKey'> {
  const found = encryption === 'unknown' ? undefined : encryption
  const known = found && keys.keyFor(found.encryption)
  if (!known) return { cipher: undefined }
  const vector = Buffer.from(found.vector).toString('hex')
  return { cipher: { algorithm: 'aes-256-cbc', key: known.key, vector }, sumKey: known.sumKey }
}

function metaOf(
  path: string,
  isDirectory: boolean,
  mode: number | undefined,
  { mtime, link, owner }: Extra,
): EntryMeta {
  return {
    path,
    type: link?.type ?? (isDirectory ? 'directory' : (typeOfMode(mode ?? 0) ?? 'file')),
    ...(mode !== undefined && { mode: mode & 0o7777 }),
    ...owner,
    ...(mtime !== undefined && { mtime }),
    ...(link && { target: link.target }),
  }
}

/** Records of a size, a type, and what belongs to it. */
function extraOf(area: Uint8Array): Extra {
  const found: Extra = {}
  const reader = new Reader(area, 'little')
  while (reader.left > 0) {
    const record = new Reader(reader.take(varint(reader)), 'little')
    const type = varint(record)
    if (type === EXTRA.encryption) found.encryption = encryptionOf(record, true) ?? 'unknown'
    else if (type === EXTRA.time) readTime(record, found)
    else if (type === EXTRA.redirection) readLink(record, found)
    else if (type === EXTRA.owner) readOwner(record, found)
  }
  return found
}

/** Flags: 1 seconds since 1970 and not FILETIME, 2 there is a time of change, which comes first. */
function readTime(record: Reader, found: Extra): void {
  const flags = varint(record)
  if ((flags & 2) !== 0) found.mtime = (flags & 1) !== 0 ? record.u32() : filetimeSeconds(record.u64())
}

function readLink(record: Reader, found: Extra): void {
  const type = LINKS[varint(record) - 1]
  varint(record)
  const target = cString(record.take(varint(record)))
  if (type) found.link = { type, target }
}

/** Flags: 1 and 2 the names of owner and group, 4 and 8 their numbers. */
function readOwner(record: Reader, found: Extra): void {
  const flags = varint(record)
  for (const bit of [1, 2]) if ((flags & bit) !== 0) record.skip(varint(record))
  const uid = (flags & 4) !== 0 ? varint(record) : undefined
  const gid = (flags & 8) !== 0 ? varint(record) : undefined
  found.owner = { ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }) }
}
