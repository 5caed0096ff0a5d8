const ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** The value (0 to 63) of a character of crypt(3)'s base 64; -1 for any other. */
export function fromItoa64(character: string): number {
  return character.length === 1 ? ALPHABET.indexOf(character) : -1
}

/** The lowest `6 * characters` bits of a number, least significant six first. */
export function itoa64(value: number, characters: number): string {
  let text = ''
  let left = value
  for (let at = 0; at < characters; at++) {
    text += ALPHABET[left & 63]
    left >>>= 6
  }
  return text
}

/**
 * A digest in the order of crypt(3): groups of three byte indices, the first one most significant; a shorter group
 * gives fewer characters.
 */
export function itoa64Groups(digest: Uint8Array, groups: readonly (readonly number[])[]): string {
  return groups
    .map((group) =>
      itoa64(
        group.reduce((value, index) => (value << 8) | (digest[index] ?? 0), 0),
        group.length + 1,
      ),
    )
    .join('')
}

/** Bytes out of groups of four characters, least significant six bits first; undefined for other characters. */
export function bytesOfItoa64(text: string): Buffer | undefined {
  const bytes: number[] = []
  for (let from = 0; from < text.length; from += 4) {
    const values = [...text.slice(from, from + 4)].map(fromItoa64)
    if (values.includes(-1) || values.length === 1) return undefined
    const group = values.reduce((sum, value, at) => sum + value * 2 ** (6 * at), 0)
    for (let at = 0; at < values.length - 1; at++) bytes.push((group >>> (8 * at)) & 255)
    if (group >= 2 ** (8 * (values.length - 1))) return undefined
  }
  return Buffer.from(bytes)
}
