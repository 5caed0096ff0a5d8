import { createHash } from 'node:crypto'
import { type Bytes, latin1, Reader, sizeAt } from '@messlatte/bytes'
import type { BootHeader } from './header.ts'

const ELF = 64
const MAX_SEGMENTS = 64
const HASH_SEGMENT = 2
const MAX_CHAIN = 64 * 1024
const MAX_CERTIFICATES = 16
const DIGESTS = [32, 48] as const

/** Of the segment of digests; numbers of words, all little endian. */
interface Layout {
  readonly words: number
  readonly hashes: number
  /** In the order in which they stand, the table of digests among them. */
  readonly parts: readonly number[]
  readonly signature: number
  readonly certificates: number
  readonly total: number | undefined
}

/** qtestsign, mbn/hashseg.py; coreboot, util/qualcomm/mbn_tools.py. */
const LAYOUTS: Readonly<Record<number, Layout>> = {
  3: { words: 10, hashes: 5, parts: [5, 7, 9], signature: 7, certificates: 9, total: 4 },
  5: { words: 10, hashes: 5, parts: [5, 2, 3, 7, 9], signature: 7, certificates: 9, total: 4 },
  6: { words: 12, hashes: 5, parts: [10, 11, 5, 2, 3, 7, 9], signature: 7, certificates: 9, total: 4 },
  7: {
    words: 10,
    hashes: 5,
    parts: [2, 3, 4, 5, 6, 7, 8, 9],
    signature: 8,
    certificates: 9,
    total: undefined,
  },
}

interface Segment {
  readonly flags: number
  readonly at: number
  readonly length: number
}

/** An ELF file with a segment of digests, signature and certificates, as Qualcomm's boot loaders read it. */
export function readQualcomm(bytes: Bytes): BootHeader | undefined {
  const segments = segmentsOf(bytes)
  const segment = segments.find(({ flags }) => ((flags >>> 24) & 7) === HASH_SEGMENT)
  if (!segment || segment.length < 48 || segment.at + segment.length > bytes.size) return undefined
  const reader = new Reader(bytes.view(segment.at, 48), 'little')
  const words = Array.from({ length: 12 }, () => reader.u32())
  const version = words[1] as number
  const layout = LAYOUTS[version]
  if (!layout) return undefined
  const sizeOf = (word: number) => words[word] as number
  const sum = layout.parts.reduce((all, word) => all + sizeOf(word), 0)
  if (layout.words * 4 + sum > segment.length) return undefined
  if (layout.total !== undefined && sizeOf(layout.total) !== sum) return undefined
  const digest = sizeOf(layout.hashes) / segments.length
  if (!DIGESTS.some((size) => size === digest)) return undefined
  const [signatureLength, chainLength] = [sizeOf(layout.signature), sizeOf(layout.certificates)]
  const startOf = (wanted: number) =>
    layout.parts
      .slice(0, layout.parts.indexOf(wanted))
      .reduce((all, word) => all + sizeOf(word), segment.at + layout.words * 4)
  const signatureAt = startOf(layout.signature)
  const signed = signatureLength > 0 && !isFilling(bytes, signatureAt, signatureLength)
  const certificates = certificatesAt(bytes, startOf(layout.certificates), chainLength)
  return {
    name: { en: 'hash segment of Qualcomm (MBN)', de: 'Hash-Segment von Qualcomm (MBN)' },
    at: segment.at,
    length: segment.length,
    level: signed ? 'E3' : 'E2',
    fields: {
      version,
      segments: segments.length,
      digest: `SHA-${digest * 8}`,
      signatureAt,
      signatureLength,
      signature: signed ? 'present' : signatureLength === 0 ? 'none' : 'filled with one byte',
      certificatesLength: chainLength,
      certificatesSha256: certificates,
    },
    notVerified: [
      'digests of the segments',
      ...(signed ? ['signature', 'certificates', 'digest of the root certificate'] : []),
    ],
    repeat: `readelf -lW FILE; xxd -s ${segment.at} -l 48 FILE; the certificates with openssl x509 -inform DER; the last is the root, whose digest the fuses hold`,
  }
}

function segmentsOf(bytes: Bytes): readonly Segment[] {
  if (bytes.size < ELF) return []
  const head = bytes.view(0, ELF)
  if (latin1(head.subarray(0, 4)) !== '\x7fELF' || head[5] !== 1) return []
  const wide = head[4] === 2
  const reader = new Reader(head, 'little', wide ? 32 : 28)
  const at = wide ? reader.size64() : reader.u32()
  const counts = new Reader(head, 'little', wide ? 54 : 42)
  const [size, count] = [counts.u16(), counts.u16()]
  if (size !== (wide ? 56 : 32) || count > MAX_SEGMENTS || at + size * count > bytes.size) return []
  const table = bytes.view(at, size * count)
  return Array.from({ length: count }, (_, index) => readSegment(table, index * size, wide))
}

function readSegment(table: Uint8Array, at: number, wide: boolean): Segment {
  const reader = new Reader(table, 'little', at + 4)
  if (wide) {
    const [flags, offset] = [reader.u32(), reader.size64()]
    reader.skip(16)
    return { flags, at: offset, length: reader.size64() }
  }
  const offset = reader.u32()
  reader.skip(8)
  const length = reader.u32()
  reader.skip(4)
  return { flags: reader.u32(), at: offset, length }
}

/** What stands for a signature in images that are made for units without secure boot. */
function isFilling(bytes: Bytes, at: number, length: number): boolean {
  const start = bytes.view(at, Math.min(length, MAX_CHAIN))
  return start.every((byte) => byte === start[0])
}

/** SHA-256 (hex) of each certificate, leaf first. */
function certificatesAt(bytes: Bytes, start: number, length: number): readonly string[] {
  const chain = bytes.view(start, Math.min(length, MAX_CHAIN))
  const found: string[] = []
  for (let at = 0; at < chain.length && chain[at] === 0x30 && found.length < MAX_CERTIFICATES; ) {
    const size = sizeAt(chain, at)
    if (size === undefined || at + size > chain.length) break
    found.push(
      createHash('sha256')
        .update(chain.subarray(at, at + size))
        .digest('hex'),
    )
    at += size
  }
  return found
}
