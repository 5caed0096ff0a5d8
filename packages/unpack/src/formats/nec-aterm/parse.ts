import { type Bytes, forEachWindow, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = 'USB ATERMWL3050\0\xff\xff\xff\xff'
const HEADER = 32
const BLOCK = 24
/** Text that ends the image. */
const TEXT = 32
const TEXT_END = ' File END \r\n'
const MOST_BLOCKS = 16
const MOST = 64 * 1024 * 1024
const WINDOW = 256 * 1024

/** OpenWrt firmware-utils, nec-usbatermfw.c: big endian, its sums little endian. */
export interface NecAterm {
  readonly blocks: readonly AtermBlock[]
  readonly end: number
}

interface AtermBlock {
  readonly at: number
  readonly content: Stored
}

/** The image at `at`, or undefined without a block. */
export function parseNecAterm(bytes: Bytes, at: number): NecAterm | undefined {
  if (at + HEADER > bytes.size || latin1(bytes.view(at, MAGIC.length)) !== MAGIC) return undefined
  const blocks: AtermBlock[] = []
  let place = at + HEADER
  while (blocks.length < MOST_BLOCKS && place + BLOCK <= bytes.size) {
    const reader = new Reader(bytes.view(place, BLOCK), 'big')
    const [flags, inverted, length, header] = [reader.u16(), reader.u16(), reader.u32(), reader.u32()]
    if ((flags ^ inverted) !== 0xffff || header !== BLOCK || length < BLOCK || length > MOST) break
    blocks.push({ at: place, content: { at: place + BLOCK, length: length - BLOCK } })
    place += BLOCK + Math.ceil((length - BLOCK) / 4) * 4
  }
  const texted = place + TEXT <= bytes.size && latin1(bytes.view(place, TEXT)).endsWith(TEXT_END)
  return blocks.length > 0 ? { blocks, end: place + (texted ? TEXT : 0) } : undefined
}

/** Words of 16 bits, little endian, of the header behind its first four bytes and of the content: a multiple of 0xffff with the sum. @throws BytesError */
export function sumHolds(bytes: Bytes, { at, content }: AtermBlock): boolean {
  const header = Buffer.from(bytes.view(at, BLOCK))
  const told = header.readUInt32LE(12)
  header.fill(0, 12, 16)
  let sum = 0
  const add = (window: Buffer) => {
    for (let place = 0; place < window.length; place += 2)
      sum = (sum + ((window[place] as number) | ((window[place + 1] ?? 0) << 8))) >>> 0
    return true
  }
  add(header.subarray(4))
  forEachWindow(bytes, content.at, content.at + content.length, WINDOW, 0, add)
  // The tool takes a last odd byte for a number with a sign.
  const last = content.length % 2 === 1 ? (bytes.view(content.at + content.length - 1, 1)[0] as number) : 0
  return [sum, last >= 0x80 ? (sum + 0xff00) >>> 0 : sum].some((one) => (0xffff ^ (one % 0xffff)) === told)
}
