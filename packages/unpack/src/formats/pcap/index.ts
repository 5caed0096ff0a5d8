import { type Bytes, type Endian, Reader } from '@messlatte/bytes'
import { inlay } from '../inlay.ts'

/** Microseconds, then nanoseconds; each as both byte orders have it. */
const CLASSIC: Readonly<Record<string, { readonly endian: Endian; readonly fraction: number }>> = {
  '\xd4\xc3\xb2\xa1': { endian: 'little', fraction: 1e6 },
  '\xa1\xb2\xc3\xd4': { endian: 'big', fraction: 1e6 },
  '\x4d\x3c\xb2\xa1': { endian: 'little', fraction: 1e9 },
  '\xa1\xb2\x3c\x4d': { endian: 'big', fraction: 1e9 },
}
const SECTION = '\x0a\x0d\x0d\x0a'
const ORDER = 0x1a2b_3c4d
const HEADER = 24
const RECORD = 16
const LEAST_BLOCK = 12
const MOST_PACKET = 256 * 1024
const MOST_RECORDS = 10_000_000

export const pcap = inlay(
  {
    name: 'pcap',
    title: 'pcap and pcapng (captured network traffic)',
    references: ['Internet-Draft draft-ietf-opsawg-pcap', 'Internet-Draft draft-ietf-opsawg-pcapng'],
    limits: ['it ends behind the last packet that is whole: how many there are is not told'],
    magic: [...Object.keys(CLASSIC), SECTION].map((bytes) => ({ bytes, at: 0 })),
    carve: true,
  },
  (bytes, at) => {
    const magic = new Reader(bytes.view(at, 4), 'big').latin1(4)
    const classic = CLASSIC[magic]
    return classic ? classicEnd(bytes, at, classic.endian, classic.fraction) : blocksEnd(bytes, at)
  },
)

function classicEnd(bytes: Bytes, at: number, endian: Endian, fraction: number): number | undefined {
  const header = new Reader(bytes.view(at, HEADER), endian, 4)
  if (header.u16() !== 2 || header.u16() !== 4) return undefined
  let end = at + HEADER
  for (let count = 0; count < MOST_RECORDS && end + RECORD <= bytes.size; count++) {
    const record = new Reader(bytes.view(end, RECORD), endian, 4)
    const [part, length, original] = [record.u32(), record.u32(), record.u32()]
    if (part >= fraction || length < 1 || length > MOST_PACKET || original < length) break
    if (end + RECORD + length > bytes.size) break
    end += RECORD + length
  }
  return end > at + HEADER ? end : undefined
}

/** Blocks tell their length before and behind what they hold. */
function blocksEnd(bytes: Bytes, at: number): number | undefined {
  const order = bytes.view(at + 8, 4)
  const endian = new Reader(order, 'little').u32() === ORDER ? 'little' : 'big'
  if (new Reader(order, endian).u32() !== ORDER) return undefined
  let end = at
  for (let count = 0; count < MOST_RECORDS && end + LEAST_BLOCK <= bytes.size; count++) {
    const length = new Reader(bytes.view(end + 4, 4), endian).u32()
    if (length < LEAST_BLOCK || length % 4 > 0 || end + length > bytes.size) break
    if (new Reader(bytes.view(end + length - 4, 4), endian).u32() !== length) break
    end += length
  }
  return end > at ? end : undefined
}
