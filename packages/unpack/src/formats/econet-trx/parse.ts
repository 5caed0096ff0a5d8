import { type Bytes, cString, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

/** With the upper bytes of the header's own length. */
export const MAGIC = '2RDH\0\0\x01'
/** That of EcoNet, and that of Zyxel, which has chip and board behind it. */
const HEADERS: ReadonlySet<number> = new Set([0x100, 0x174])
const COMMON = 128

/** What DrayTek puts behind an image: this, an MD5 in 32 digits, and one byte that ends it. */
const FOOTER = 'DrayTekImageMD5\n'
const FOOTER_SIZE = FOOTER.length + 33

/** trx.h: numbers in big endian, texts in places of 32 bytes. */
export interface EconetTrx {
  /** CRC-32 of all behind the header, without its last step. */
  readonly crc: number
  readonly body: Stored
  readonly parts: readonly (Stored & { readonly name: string })[]
  /** Behind a footer, where there is one. */
  readonly end: number
}

/** The image at `at`; undefined where its lengths do not fit together. */
export function parseEconetTrx(bytes: Bytes, at: number): EconetTrx | undefined {
  if (at + COMMON > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, COMMON), 'big', 4)
  const [header, total, crc] = [reader.u32(), reader.u32(), reader.u32()]
  const texts = [reader.take(32), reader.take(32)]
  const [kernel, rootfs, romfile] = [reader.u32(), reader.u32(), reader.u32()]
  texts.push(reader.take(32))
  if (!HEADERS.has(header) || !texts.every(isText)) return undefined
  if (kernel + rootfs === 0 || header + kernel + rootfs > total) return undefined
  const rest = total - header - kernel - rootfs
  const hasFooter = (place: number) =>
    place + FOOTER_SIZE <= bytes.size && latin1(bytes.view(place, FOOTER.length)) === FOOTER
  const behind = at + header + kernel + rootfs
  const parts = [
    { name: 'kernel', at: at + header, length: kernel },
    { name: 'rootfs', at: at + header + kernel, length: rootfs },
    { name: rest === romfile ? 'romfile' : 'rest', at: behind, length: hasFooter(behind) ? 0 : rest },
  ]
  const end = at + total
  return {
    crc,
    body: { at: at + header, length: total - header },
    parts: parts.filter(({ length }) => length > 0),
    end: hasFooter(end) ? end + FOOTER_SIZE : end,
  }
}

/** What the writer takes out of a text file ends with its line. */
function isText(place: Uint8Array): boolean {
  return /^[\x20-\x7e]*\n?$/.test(cString(place))
}
