import type { KeyMaterial } from '../contract.ts'

/** A passphrase is short, in bytes; what is longer is another kind of key. */
const MOST = 8 * 1024 * 1024

/** What a file means that holds a passphrase: its content, and without the line end with which it mostly ends. */
export function passphrasesOf({ bytes }: KeyMaterial): readonly Uint8Array[] {
  if (bytes.length === 0 || bytes.length > MOST) return []
  const ended = /\r?\n$/.exec(Buffer.from(bytes.subarray(-2)).toString('latin1'))?.[0].length ?? 0
  return ended > 0 && bytes.length > ended ? [bytes, bytes.subarray(0, -ended)] : [bytes]
}

/** A passphrase with the bytes that were handed in, by which is known what was derived from it. */
export interface Passphrase {
  readonly secret: Uint8Array
  readonly text: Uint8Array
}

export function secretsOf(key: KeyMaterial): readonly Passphrase[] {
  return passphrasesOf(key).map((text) => ({ secret: key.bytes, text }))
}
