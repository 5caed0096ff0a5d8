import { type Bytes, forEachWindow } from '@messlatte/bytes'

/** Bytes of flash that share a CRC, and with it. */
export const DATA = 32
export const GROUP = 34
/** Groups at the start that are looked at, and how many of them have to be in use. */
const FIRST = 256
const LEAST = 16
/** Bytes of flash that these chips have at most. */
const MOST = 16 * 1024 * 1024
const WINDOW = GROUP * 4096

/**
 * Behind the last group of a dump that begins at `at`: groups whose CRC (CRC-16/CMS, big endian) holds, or that are
 * erased; undefined where too few begin it. Facts: ltchiptool, bk72xx.
 */
export function endOfGroups(bytes: Bytes, at: number): number | undefined {
  const most = Math.min(bytes.size, at + MOST)
  let used = 0
  let end = at
  let lastUsed = at
  forEachWindow(bytes, at, most, WINDOW, 0, (window, start) => {
    for (let from = 0; from + GROUP <= window.length; from += GROUP) {
      const kind = kindOf(window, from)
      if (kind === 'other') return false
      end = start + from + GROUP
      if (kind === 'sound') {
        used++
        lastUsed = end
      } else if (used < LEAST && end - at > FIRST * GROUP) return false
    }
    return true
  })
  return used >= LEAST ? lastUsed : undefined
}

function kindOf(window: Uint8Array, from: number): 'sound' | 'erased' | 'other' {
  let crc = 0xffff
  let erased = true
  for (let i = from; i < from + DATA; i++) {
    const byte = window[i] as number
    if (byte !== 0xff) erased = false
    crc = ((crc << 8) & 0xffff) ^ (TABLE[(crc >>> 8) ^ byte] as number)
  }
  const stored = ((window[from + DATA] as number) << 8) | (window[from + DATA + 1] as number)
  if (erased && stored === 0xffff) return 'erased'
  return stored === crc ? 'sound' : 'other'
}

const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x8005 : crc << 1
  return crc & 0xffff
})
