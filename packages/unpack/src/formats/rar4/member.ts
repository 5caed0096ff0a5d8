import type { EntryMeta } from '../../contract.ts'
import { dosSeconds } from '../dos-time.ts'
import { typeOfMode } from '../members.ts'
import type { RarMember } from '../rar-jobs.ts'
import type { Rar4Block } from './blocks.ts'
import type { Password, Rar4Keys } from './keys.ts'
import { nameOf } from './name.ts'

const FLAG = {
  before: 0x01,
  after: 0x02,
  encrypted: 0x04,
  solid: 0x10,
  large: 0x100,
  unicode: 0x200,
  salt: 0x400,
  times: 0x1000,
} as const
/** Bytes. */
const SALT = 8
const UNIX = 3
/** Of the size of the dictionary; the largest number marks a directory. */
const DIRECTORY = 7
const SMALLEST_DICTIONARY = 64 * 1024
const STORED = 0x30
/** 29 is RAR 3 and on; 36 differs from it in how keys are made only. */
const VERSIONS: readonly number[] = [29, 36]
const DOS_DIRECTORY = 0x10

/** A member with the salt of its encryption, if it is encrypted. */
export interface Rar4Member extends RarMember {
  readonly salt: Uint8Array | undefined
}

/** @throws BytesError where the header ends within a field */
export function memberOf({ flags, fields, at, size: packed }: Rar4Block): Rar4Member {
  fields.skip(4)
  const low = fields.u32()
  const host = fields.u8()
  const crc = fields.u32()
  const time = fields.u32()
  const [version, method] = [fields.u8(), fields.u8()]
  const nameSize = fields.u16()
  const attributes = fields.u32()
  const isLarge = (flags & FLAG.large) !== 0
  if (isLarge) fields.skip(4)
  const high = isLarge ? fields.u32() : 0
  const name = nameOf(fields.take(nameSize), (flags & FLAG.unicode) !== 0)
  const salt = Uint8Array.from(fields.take((flags & FLAG.salt) !== 0 ? SALT : 0))
  const seconds = (flags & FLAG.times) !== 0 && fields.left >= 2 ? oddSecond(fields.u16()) : 0
  const window = (flags >>> 5) & 7
  const isUnix = host === UNIX
  const isDirectory = window === DIRECTORY || (!isUnix && (attributes & DOS_DIRECTORY) !== 0)
  const size = isDirectory ? 0 : low + (high % 2 ** 20) * 2 ** 32
  const isStored = method === STORED
  return {
    meta: metaOf(
      name.replaceAll('\\', '/'),
      isDirectory,
      isUnix ? attributes : undefined,
      dosSeconds(time),
      seconds,
    ),
    at,
    packed,
    size,
    crc,
    cipher: undefined,
    salt: (flags & FLAG.encrypted) !== 0 ? salt : undefined,
    isStored,
    isSolid: (flags & FLAG.solid) !== 0,
    dictionary: SMALLEST_DICTIONARY << (window % DIRECTORY),
    continued: (flags & FLAG.before) !== 0,
    continues: (flags & FLAG.after) !== 0,
    unsupported: size > 0 ? whyNot(version, method) : undefined,
  }
}

/** With the key of its encryption, or why it is not read. */
export function unlocked(member: Rar4Member, keys: Rar4Keys, password: Password | undefined): RarMember {
  const { salt, size, continued, continues } = member
  if (!salt || size === 0 || member.unsupported !== undefined) return member
  const cipher = password && keys.cipherFor(password, salt)
  if (cipher && !continued && !continues) return { ...member, cipher }
  if (cipher) return { ...member, unsupported: 'encrypted, and cut into volumes' }
  return { ...member, unsupported: keys.passwords.length > 0 ? 'encrypted, and no key fits' : 'encrypted' }
}

function whyNot(version: number, method: number): string | undefined {
  if (method === STORED) return undefined
  if (!VERSIONS.includes(version) || method < STORED || method > STORED + 5)
    return `its compression (version ${version}, method ${method}) is not read`
  return undefined
}

/** Times of MS-DOS are even; the upper four bits of what follows them tell of the time of change whether a second is to be added. */
function oddSecond(times: number): number {
  const bits = times >>> 12
  return (bits & 8) !== 0 && (bits & 4) !== 0 ? 1 : 0
}

function metaOf(
  path: string,
  isDirectory: boolean,
  mode: number | undefined,
  time: number | undefined,
  seconds: number,
): EntryMeta {
  return {
    path,
    type: isDirectory ? 'directory' : (typeOfMode(mode ?? 0) ?? 'file'),
    ...(mode !== undefined && { mode: mode & 0o7777 }),
    ...(time !== undefined && { mtime: time + seconds }),
  }
}
