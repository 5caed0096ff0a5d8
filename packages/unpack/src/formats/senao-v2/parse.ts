import { type Bytes, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

/** Its lower half is the key, too. */
const MAGIC = 0x30471688
export const MAGIC_BYTES = '\x30\x47\x16\x88'
/** Where it stands in the shorter and in the longer header; the content follows it. */
export const MAGIC_PLACES = [0x7c, 0xb4] as const
/** Of the shorter header: the bytes of the content, which have to fit. */
const LENGTH_AT = 0x3e

/** No flash of such a device is larger: a longer length is something else. */
const MOST = 64 * 1024 * 1024

/** FACT extractor, senao.py: big endian. The content, which may be cut off; undefined where no such header stands at `at`. */
export function parseSenaoV2(bytes: Bytes, at: number): Stored | undefined {
  for (const place of MAGIC_PLACES) {
    const from = at + place + 4
    if (from >= bytes.size || new Reader(bytes.view(at + place, 4), 'big').u32() !== MAGIC) continue
    // A header begins with a small number, and has zeros in front of that.
    const [zero, kind] = [0, 4].map((it) => new Reader(bytes.view(at + it, 4), 'big').u32()) as [
      number,
      number,
    ]
    if (zero !== 0 || kind === 0 || kind > 0xffff) continue
    const told = place === MAGIC_PLACES[0] ? new Reader(bytes.view(at + LENGTH_AT, 4), 'big').u32() : 0
    return { at: from, length: told > 0 && told <= MOST ? told : bytes.size - from }
  }
  return undefined
}

/** The key stream repeats: the magic, shifted by one more bit with each of eight bytes. */
export const KEY_STREAM = Uint8Array.from({ length: 8 }, (_, index) => (MAGIC >>> index) & 0xff)
