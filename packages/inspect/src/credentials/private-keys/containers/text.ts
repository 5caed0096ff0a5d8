import { type Bytes, latin1 } from '@messlatte/bytes'

/** The byte string at an offset, as long as it goes and at most so long. */
export function textAt(bytes: Bytes, offset: number, most: number): string {
  return offset < 0 || offset >= bytes.size
    ? ''
    : latin1(bytes.view(offset, Math.min(most, bytes.size - offset)))
}

/** Base 64 that is written as it should be; undefined for other text. */
export function base64(text: string): Buffer | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}
