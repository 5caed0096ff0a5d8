import { type Bytes, cString, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = '\x64\x80\x19\x40'
const TEXT = 32
const MODEL_AT = 4
const BOARD_AT = 0x24
const MD5_AT = 0x4c
/** A kind and a length, which the MD5 covers, too. */
export const DATA_AT = 0x6c
const HEADER = 0x74
const DATA = 1

/** binwalk 3, src/structures/dlink_tlv.rs: little endian. */
export interface DlinkTlv {
  /** In hex; not always there. */
  readonly md5: string | undefined
  readonly content: Stored
}

/** The header at `at`, or undefined. */
export function parseDlinkTlv(bytes: Bytes, at: number): DlinkTlv | undefined {
  if (at + HEADER >= bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  if (new Reader(header, 'little').latin1(MAGIC.length) !== MAGIC) return undefined
  const [model, board, md5] = [MODEL_AT, BOARD_AT, MD5_AT].map((place) =>
    cString(header.subarray(place, place + TEXT)),
  ) as [string, string, string]
  const data = new Reader(header, 'little', DATA_AT)
  const [kind, length] = [data.u32(), data.u32()]
  if (kind !== DATA || length === 0 || ![model, board].every((it) => /^[\x20-\x7e]+$/.test(it)))
    return undefined
  if (md5 !== '' && !/^[0-9a-f]{32}$/.test(md5)) return undefined
  return { md5: md5 === '' ? undefined : md5, content: { at: at + HEADER, length } }
}
