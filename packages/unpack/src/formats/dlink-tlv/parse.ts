import { createDecipheriv, createHmac, type Decipheriv } from 'node:crypto'
import { type Bytes, cString, latin1, Reader } from '@messlatte/bytes'
import { paddingOf } from '../decipher.ts'
import type { Stored } from '../members.ts'
import { SALTED, SALTED_HEADER, saltedSecret } from '../openssl-salted.ts'

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
  /** Of what openssl encrypted: a digest of model and board is the password. */
  readonly password: string
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
  const password = createHmac('sha1', board).update(model).digest('hex')
  return { md5: md5 === '' ? undefined : md5, content: { at: at + HEADER, length }, password }
}

const BLOCK = 16
const KEY = 32

/** Where cipher blocks lie, and what deciphers them; undefined where the content is not encrypted, or not with this password. */
export function encryptedIn(
  bytes: Bytes,
  { content, password }: DlinkTlv,
): (Stored & { decipher(): Decipheriv }) | undefined {
  const at = content.at + SALTED_HEADER
  const length = content.length - SALTED_HEADER
  if (length < BLOCK || length % BLOCK !== 0 || at + length > bytes.size) return undefined
  const header = bytes.view(content.at, SALTED_HEADER)
  if (latin1(header.subarray(0, SALTED.length)) !== SALTED) return undefined
  const secret = saltedSecret(password, header.subarray(SALTED.length), 'md5', KEY + BLOCK)
  const [key, vector] = [secret.subarray(0, KEY), secret.subarray(KEY)]
  // The last block alone shows whether the password fits: each one needs the one before only.
  const end = at + length
  const before = length > BLOCK ? bytes.view(end - 2 * BLOCK, BLOCK) : vector
  const last = createDecipheriv('aes-256-cbc', key, before).setAutoPadding(false)
  if (paddingOf(last.update(bytes.view(end - BLOCK, BLOCK))) === 0) return undefined
  return { at, length, decipher: () => createDecipheriv('aes-256-cbc', key, vector) }
}
