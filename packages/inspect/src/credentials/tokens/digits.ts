import { crc32 } from 'node:zlib'
import { entropyOf } from '../clear/value.ts'

const BASE_62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** The check digits that GitHub and npm put behind a token: CRC-32 of it in base 62, six digits. */
export function crcDigits(random: string): string {
  let [rest, digits] = [crc32(Buffer.from(random, 'latin1')), '']
  for (; rest > 0; rest = Math.floor(rest / 62)) digits = BASE_62[rest % 62] + digits
  return digits.padStart(6, '0')
}

/** Whether a value can be base64 of so many bytes. */
export function isBase64Of(value: string, bytes: number): boolean {
  const decoded = Buffer.from(value, 'base64')
  return decoded.length === bytes && decoded.toString('base64') === value && new Set(decoded).size > bytes / 4
}

/** Whether characters are mixed as in a drawn value: no words, no rows, no x’s. */
export function isDrawn(value: string, leastEntropy: number): boolean {
  return (
    entropyOf(value) >= leastEntropy &&
    !/(.)\1{4}|x{4}|X{4}|0123456789|1234567890|abcdefgh|EXAMPLE|example|SAMPLE|sample|your|YOUR/.test(value)
  )
}
