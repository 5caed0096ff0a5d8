import { type Bytes, memoryBytes } from '@messlatte/bytes'
import { BRAND } from '../buffalo-tag/parse.ts'
import { copyStretch } from '../members.ts'

/** OpenWrt firmware-utils, buffalo-tftp.c: what stands for each letter and digit. */
const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const EXCHANGED = 'XYZ0123hijklmnopqABCDEFGHrstuvabcdefgwxyzIJKLMSTUVW456789NOPQR'
/** Bytes at the start in which they are exchanged. */
const LENGTH = 512

const BACK = Uint8Array.from({ length: 256 }, (_, byte) => {
  const place = EXCHANGED.indexOf(String.fromCharCode(byte))
  return place < 0 ? byte : PLAIN.charCodeAt(place)
})

/** The brand, exchanged. */
export const MAGIC = BRAND.replace(/./g, (letter) => EXCHANGED[PLAIN.indexOf(letter)] ?? letter)

/** Puts the letters of the first bytes back, in place. */
export function exchanged(content: Uint8Array): void {
  for (let at = 0; at < Math.min(LENGTH, content.length); at++)
    content[at] = BACK[content[at] as number] as number
}

/** The first bytes as they were; undefined where there are fewer. */
export function plainBytes(bytes: Bytes, at: number): Bytes | undefined {
  if (at + LENGTH > bytes.size) return undefined
  const start = Buffer.alloc(LENGTH)
  copyStretch(bytes, at, start)
  exchanged(start)
  return memoryBytes(start)
}
