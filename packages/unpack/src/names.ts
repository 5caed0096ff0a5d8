const PLAIN = /^[\x20-\x24\x26-\x7e]*$/
/** Components of printable characters, none of them empty or dots alone. */
const PLAIN_PATH = /^(?!\.{0,2}(?:\/|$))(?:[\x20-\x24\x26-\x2e\x30-\x7e]+(?:$|\/(?!\.{0,2}(?:\/|$))))+$/
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}%]/u

/**
 * A name of an image as it stands in a nest path: bytes that are not printable UTF-8, and `%`, become %XX.
 * Empty and `.` components go; `..` becomes %2E%2E, so that no path ever leads upwards.
 * @param byteString one character per byte
 */
export function encodePath(byteString: string): string {
  if (PLAIN_PATH.test(byteString)) return byteString
  return byteString
    .split('/')
    .filter((component) => component !== '' && component !== '.')
    .map(encodeComponent)
    .join('/')
}

/** The nest path of what a format holds at a place of its holder. @param at bytes */
export function stepPath(holder: string, at: number, format: string): string {
  return `${holder}@0x${at.toString(16)}:${format}`
}

function encodeComponent(component: string): string {
  if (component === '..') return '%2E%2E'
  return encodeText(component)
}

/** Any byte string, e.g. a link's target, with what is not printable escaped; slashes and dots stay. */
export function encodeText(byteString: string): string {
  if (PLAIN.test(byteString)) return byteString
  const bytes = Buffer.from(byteString, 'latin1')
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const length = utf8Length(bytes, at)
    const character = length > 0 ? bytes.toString('utf8', at, at + length) : undefined
    if (character !== undefined && !UNPRINTABLE.test(character)) {
      text += character
      at += length
    } else {
      text += escapeBytes(bytes.subarray(at, at + Math.max(length, 1)))
      at += Math.max(length, 1)
    }
  }
  return text
}

/** The bytes of an escaped name. */
export function decodeName(text: string): Buffer {
  const parts = text.match(/%[0-9A-F]{2}|[^%]+|%/g) ?? []
  return Buffer.concat(
    parts.map((part) =>
      /^%[0-9A-F]{2}$/.test(part) ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part, 'utf8'),
    ),
  )
}

function escapeBytes(bytes: Uint8Array): string {
  return [...bytes].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}

/** How long the well-formed UTF-8 character at `at` is, in bytes; 0 where there is none. */
function utf8Length(bytes: Buffer, at: number): number {
  const first = bytes[at] as number
  const length =
    first < 0x80
      ? 1
      : first >= 0xc2 && first < 0xe0
        ? 2
        : first >= 0xe0 && first < 0xf0
          ? 3
          : first >= 0xf0 && first < 0xf5
            ? 4
            : 0
  if (length === 0 || at + length > bytes.length) return 0
  for (let i = 1; i < length; i++) if (((bytes[at + i] as number) & 0xc0) !== 0x80) return 0
  // Overlong forms and surrogates decode to something else than what is stored.
  const stored = bytes.subarray(at, at + length)
  return Buffer.from(stored.toString('utf8'), 'utf8').equals(stored) ? length : 0
}
