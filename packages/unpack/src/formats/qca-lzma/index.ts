import { type Bytes, DecodeError, lzmaRaw, Reader } from '@messlatte/bytes'
import type { StreamFormat } from '../../contract.ts'

/** Literal context bits, position bits and the dictionary: these only are known. */
const MAGIC = '\x03\0\x02\0\0\x10\0\0'
const PROPERTIES = { lc: 3, lp: 0, pb: 2 } as const
const HEADER = 16
/** A powerline adapter has less memory by far. */
const MOST = 16 * 1024 * 1024
/** No LZMA makes more of a byte, in what is a program. */
const MOST_RATIO = 1024

interface Sizes {
  /** Bytes. */
  readonly packed: number
  readonly plain: number
}

/** unblob, handlers/compression/qca_lzma.py: little endian. */
function sizesAt(bytes: Bytes, at: number): Sizes | undefined {
  if (at + HEADER >= bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const [packed, plain] = [reader.u32(), reader.u32()]
  return packed > 0 && plain >= packed && plain <= MOST && plain <= packed * MOST_RATIO
    ? { packed, plain }
    : undefined
}

export const qcaLzma: StreamFormat = {
  kind: 'stream',
  name: 'qca-lzma',
  title: 'LZMA of Qualcomm Atheros (powerline adapters)',
  references: ['unblob, handlers/compression/qca_lzma.py', 'open-plc-utils (github.com/qca/open-plc-utils)'],
  limits: [
    'found with the properties of the known images only: a dictionary of 4 KiB',
    'there is no checksum, and up to 16 MiB are read',
  ],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise: (bytes, at) => sizesAt(bytes, at) !== undefined,

  decode(bytes, at, write) {
    const { packed, plain } = sizesAt(bytes, at) as Sizes
    const there = Math.min(packed, bytes.size - at - HEADER)
    const end = at + HEADER + there
    if (there < packed)
      return { end, checksum: 'none', problem: { code: 'truncated', message: 'LZMA: the data ends early' } }
    try {
      const output = new Uint8Array(plain)
      lzmaRaw(bytes.view(at + HEADER, packed), output, PROPERTIES)
      write(output)
      return { end, checksum: 'none' }
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      return { end, checksum: 'none', problem: { code: error.code, message: error.message } }
    }
  },
}
