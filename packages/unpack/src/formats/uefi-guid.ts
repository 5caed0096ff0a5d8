import { latin1 } from '@messlatte/bytes'

/** Bytes of a GUID. */
export const GUID_SIZE = 16

/** How the fields of a GUID lie: the first three are little endian numbers. */
const ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15] as const

/** A GUID as people write it, in capitals: `8C8CE578-8A3D-4F1C-9935-896185C32DD3`. */
export function guidText(bytes: Uint8Array): string {
  const digits = ORDER.map((at) => (bytes[at] ?? 0).toString(16).padStart(2, '0')).join('')
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-').toUpperCase()
}

/** A GUID as it lies in memory (byte string). */
export function guidMagic(text: string): string {
  const digits = Buffer.from(text.replaceAll('-', ''), 'hex')
  return latin1(Uint8Array.from(ORDER, (at) => digits[at] as number))
}

/** UTF-16 (little endian) up to the first NUL, as a byte string of UTF-8. */
export function utf16Name(bytes: Uint8Array): string {
  const even = Buffer.from(bytes.subarray(0, bytes.length & ~1))
  const [text = ''] = even.toString('utf16le').split('\0', 1)
  return latin1(Buffer.from(text))
}
