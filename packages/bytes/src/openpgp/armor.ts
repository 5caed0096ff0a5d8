import { latin1 } from '../reader.ts'
import { textBetween } from '../text-blocks.ts'

/** Of all blocks of a text. */
const MOST_BLOCKS = 64

/** What is armoured under a label, decoded; bytes that are no text come out as they are. RFC 9580, section 6. */
export function armoredBlocks(
  bytes: Uint8Array,
  label: 'PUBLIC KEY BLOCK' | 'SIGNATURE',
): readonly Uint8Array[] {
  if ((bytes[0] ?? 0) >= 0x80) return [bytes]
  const [begin, end] = [`-----BEGIN PGP ${label}-----`, `-----END PGP ${label}-----`]
  return textBetween(latin1(bytes), begin, end, MOST_BLOCKS).map(decoded)
}

/** Headers end with an empty line; the checksum in the last line is for accidents, and optional. */
function decoded(block: string): Uint8Array {
  const lines = block.split('\n').map((line) => line.trim())
  const empty = lines.indexOf('', 1)
  const body = lines.slice(empty < 0 ? 1 : empty + 1).filter((line) => !line.startsWith('='))
  return Buffer.from(body.join(''), 'base64')
}

export interface ClearSigned {
  /** As it is hashed: lines end with CR and LF, but for the last one, and have no white space at their ends. */
  readonly message: Buffer
  /** As people read it. */
  readonly text: string
  /** Binary, all of them. */
  readonly signatures: Uint8Array
  /** Bytes stand before or behind what is signed. */
  readonly more: boolean
}

const MESSAGE = '-----BEGIN PGP SIGNED MESSAGE-----'
const SIGNATURE = '-----BEGIN PGP SIGNATURE-----'
const END = '-----END PGP SIGNATURE-----'

/** A text with its signature around it; undefined for what is none. RFC 9580, section 7. */
export function clearSigned(bytes: Uint8Array): ClearSigned | undefined {
  const all = latin1(bytes)
  const begin = all.indexOf(MESSAGE)
  const signature = all.indexOf(`\n${SIGNATURE}`, begin)
  const end = all.indexOf(END, signature)
  if (begin < 0 || signature < 0 || end < 0) return undefined
  const lines = all.slice(begin + MESSAGE.length + 1, signature).split('\n')
  const empty = lines.findIndex((line) => line.trim() === '')
  if (empty < 0) return undefined
  const text = lines.slice(empty + 1).map((line) => (line.startsWith('- ') ? line.slice(2) : line))
  const signatures = armoredBlocks(
    Buffer.from(all.slice(signature + 1, end + END.length), 'latin1'),
    'SIGNATURE',
  )
  return {
    message: Buffer.from(text.map((line) => line.replace(/[ \t\r]+$/, '')).join('\r\n'), 'latin1'),
    text: text.join('\n'),
    signatures: Buffer.concat(signatures),
    more: begin > 0 || all.slice(end + END.length).trim() !== '',
  }
}
