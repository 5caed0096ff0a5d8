import { type Bytes, bzip2Stream, DecodeError, inflateStream, type StreamEnd } from '@messlatte/bytes'
import type { StreamFormat } from '../../contract.ts'
import { zlibStream } from '../zlib/decode.ts'

/** A packet of compressed data in the old format, whose length is not told. */
const TAG = '\xa3'
const ALGORITHMS = { zip: 1, zlib: 2, bzip2: 3 } as const
const HEADER = 2
/** What such a packet holds: a signature, the announcement of one, or the message itself. */
const INNER: ReadonlySet<number> = new Set([2, 4, 11])

export const openpgpPacked: StreamFormat = {
  kind: 'stream',
  name: 'openpgp-packed',
  title: 'OpenPGP message, compressed (gpg --sign)',
  references: ['RFC 9580, sections 4.2 and 5.6', 'binwalk 3, src/signatures/gpg.rs'],
  limits: [
    'found at the start of a file or content only',
    'packets whose length is told (the new format) are not recognised',
  ],
  magic: Object.values(ALGORITHMS).map((algorithm) => ({
    bytes: TAG + String.fromCharCode(algorithm),
    at: 0,
  })),
  carve: false,
  onlyWhole: true,

  recognise: (bytes, at) => bytes.size - at > HEADER && algorithmAt(bytes, at) !== undefined,

  decode(bytes, at, write) {
    let looked = false
    return unpack(bytes, at, (chunk) => {
      if (!looked && !INNER.has(tagOf(chunk[0] as number)))
        throw new DecodeError('corrupt', 'OpenPGP: no packet comes out')
      looked = true
      write(chunk)
    })
  },
}

function algorithmAt(bytes: Bytes, at: number): number | undefined {
  const [tag, algorithm] = bytes.view(at, HEADER)
  const known = Object.values<number | undefined>(ALGORITHMS).includes(algorithm)
  return tag === TAG.charCodeAt(0) && known ? algorithm : undefined
}

function unpack(bytes: Bytes, at: number, write: (chunk: Uint8Array) => void): StreamEnd {
  switch (algorithmAt(bytes, at)) {
    case ALGORITHMS.zip:
      return { end: inflateStream(bytes, at + HEADER, write), checksum: 'none' }
    case ALGORITHMS.zlib:
      return zlibStream(bytes, at + HEADER, write)
    default:
      return bzip2Stream(bytes, at + HEADER, write)
  }
}

/** In the old format of packets and in the new one. */
function tagOf(first: number): number {
  if (first < 0x80) return -1
  return (first & 0x40) !== 0 ? first & 0x3f : (first >> 2) & 0xf
}
