import { createHash } from 'node:crypto'
import { type Bytes, latin1 } from '@messlatte/bytes'
import { hashStretch, type Stored } from '../members.ts'

/** All images are filled up to this, big endian. */
export const LENGTH = '\0\x77\0\0'
export const LENGTH_AT = 30
const BYTES = 0x770000
const HEADER = 34
const DIGEST = 20
/** Of the devices. */
export const NUMBERS = [2, 4] as const
const VERSION = /^\d\.\d\d\.\d\d\0$/

/** OpenWrt firmware-utils, mkplanexfw.c. */
export interface Planex {
  /** SHA-1 in hex. */
  readonly digest: string
  readonly version: string
  readonly content: Stored
  readonly end: number
}

/** The header at `at`, or undefined for what is none. */
export function parsePlanex(bytes: Bytes, at: number): Planex | undefined {
  if (at + HEADER > bytes.size) return undefined
  const header = bytes.view(at, HEADER)
  const version = latin1(header.subarray(DIGEST, DIGEST + 8))
  if (!VERSION.test(version) || latin1(header.subarray(LENGTH_AT)) !== LENGTH) return undefined
  const content = { at: at + HEADER, length: BYTES }
  const digest = Buffer.from(header.subarray(0, DIGEST)).toString('hex')
  return { digest, version: version.slice(0, -1), content, end: content.at + BYTES }
}

/** @throws BytesError */
export function digestOf(bytes: Bytes, { at, length }: Stored, number: number): string {
  const hash = createHash('sha1').update(Uint8Array.of(0, 0, 0, number))
  return hashStretch(hash, bytes, at, length).digest('hex')
}
