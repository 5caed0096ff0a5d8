import { Reader } from '@messlatte/bytes'
import type { EntryMeta } from '../../contract.ts'
import { typeOfMode } from '../members.ts'
import { type CentralHeader, extraField, type ZipHeader } from './records.ts'

const UNIX = 3
const MACOS = 19
const DOS_DIRECTORY = 0x10

/** Extra fields of Info-ZIP. */
const UNIX_OWNER = 0x7875
const TIMES = 0x5455

/** What a header tells of a member; rights only where it was made on Unix. */
export function metaOf(header: ZipHeader | CentralHeader): EntryMeta {
  const unix =
    'system' in header && (header.system === UNIX || header.system === MACOS) ? header.attributes >>> 16 : 0
  const folder =
    header.name.endsWith('/') || ('attributes' in header && (header.attributes & DOS_DIRECTORY) !== 0)
  const type = (unix & 0o170000 ? typeOfMode(unix) : undefined) ?? (folder ? 'directory' : 'file')
  return {
    path: header.name,
    type,
    ...(unix !== 0 && { mode: unix & 0o7777 }),
    ...ownerOf(header),
    mtime: timeOf(header),
  }
}

/** Version 1: u8 length and number, for the user and for the group. */
function ownerOf({ extra }: ZipHeader): { readonly uid?: number; readonly gid?: number } {
  const field = extraField(extra, UNIX_OWNER)
  if (field?.[0] !== 1) return {}
  const uidLength = field[1] ?? 0
  const gidLength = field[2 + uidLength] ?? 0
  if (3 + uidLength + gidLength > field.length) return {}
  return {
    uid: numberOf(field.subarray(2, 2 + uidLength)),
    gid: numberOf(field.subarray(3 + uidLength, 3 + uidLength + gidLength)),
  }
}

/** Little endian. */
function numberOf(bytes: Uint8Array): number {
  return bytes.length > 6 ? 0 : bytes.reduceRight((value, byte) => value * 256 + byte, 0)
}

function timeOf({ extra, dosTime }: ZipHeader): number {
  const field = extraField(extra, TIMES)
  if (field && field.length >= 5 && (field[0] as number) & 1) return new Reader(field, 'little', 1).i32()
  const date = dosTime >>> 16
  const utc = Date.UTC(
    1980 + (date >>> 9),
    ((date >>> 5) & 15) - 1,
    date & 31,
    (dosTime >>> 11) & 31,
    (dosTime >>> 5) & 63,
    (dosTime & 31) * 2,
  )
  return Math.floor(utc / 1000)
}
