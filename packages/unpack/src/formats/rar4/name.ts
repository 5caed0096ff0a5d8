import { latin1 } from '@messlatte/bytes'

/**
 * A name that is kept twice: in the archiver's 8-bit set, and behind a NUL as what has to change for UTF-16. Two bits for each
 * character say how: a byte, a byte of the common upper half, two bytes, or a run out of the 8-bit name.
 * @returns a byte string of UTF-8
 */
export function nameOf(field: Uint8Array, isUnicode: boolean): string {
  const end = field.indexOf(0)
  if (!isUnicode || end < 0) return latin1(end < 0 ? field : field.subarray(0, end))
  return latin1(Buffer.from(decode(field.subarray(0, end), field.subarray(end + 1))))
}

const MOST = 4096

function decode(plain: Uint8Array, encoded: Uint8Array): string {
  const upper = (encoded[0] ?? 0) << 8
  const units: number[] = []
  let at = 1
  const next = () => encoded[at++] ?? 0
  for (let flags = 0, left = 0; at < encoded.length && units.length < MOST; flags <<= 2, left--) {
    if (left === 0) {
      flags = next()
      left = 4
    }
    switch ((flags >>> 6) & 3) {
      case 0:
        units.push(next())
        break
      case 1:
        units.push(upper + next())
        break
      case 2:
        units.push(next() + (next() << 8))
        break
      default: {
        const length = next()
        const isShifted = (length & 0x80) !== 0
        const shift = isShifted ? next() : 0
        for (let count = (length & 0x7f) + 2; count > 0; count--) {
          const byte = plain[units.length] ?? 0
          units.push(isShifted ? ((byte + shift) & 0xff) + upper : byte)
        }
      }
    }
  }
  return String.fromCharCode(...units)
}
