import { cString, type Endian, Reader } from '@messlatte/bytes'
import { deviceOfNumber } from '../members.ts'

export const HEADER_BYTES = 512
const NAME_BYTES = 256
const ALIAS_BYTES = 160

export type YaffsType = 'file' | 'symlink' | 'directory' | 'hardlink' | 'special'

/** By their numbers, from 1 on. */
const TYPES: readonly YaffsType[] = ['file', 'symlink', 'directory', 'hardlink', 'special']

/** Yaffs 2, core/yaffs_guts.h (`yaffs_obj_hdr`). */
export interface ObjectHeader {
  readonly type: YaffsType
  readonly parent: number
  /** Byte strings. */
  readonly name: string
  readonly alias: string
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Seconds since 1970. */
  readonly mtime: number
  /** Bytes. */
  readonly size: number
  /** The object that a hard link leads to. */
  readonly equivalent: number
  readonly device: { readonly major: number; readonly minor: number }
}

/** Undefined for what is no header. */
export function parseHeader(view: Uint8Array, endian: Endian): ObjectHeader | undefined {
  const reader = new Reader(view, endian)
  const [type, parent] = [TYPES[reader.u32() - 1], reader.u32()]
  reader.skip(2)
  const name = cString(reader.take(NAME_BYTES))
  reader.skip(2)
  const [mode, uid, gid] = [reader.u32(), reader.u32(), reader.u32()]
  reader.skip(4)
  const mtime = reader.u32()
  reader.skip(4)
  const [low, equivalent] = [reader.u32(), reader.u32()]
  const alias = cString(reader.take(ALIAS_BYTES))
  const device = reader.u32()
  reader.skip(6 * 4 + 2 * 4)
  const high = reader.u32()
  if (!type || parent === 0) return undefined
  return {
    type,
    parent,
    name,
    alias,
    mode,
    uid,
    gid,
    mtime,
    size: low + (high === 0xffff_ffff ? 0 : high * 2 ** 32),
    equivalent,
    device: deviceOfNumber(device),
  }
}
