import { type Bytes, BytesError, DecodeError, type StreamEnd } from '@messlatte/bytes'
import { type ContainerFormat, FormatError } from '../../contract.ts'
import { crc32Of, wrapped } from '../members.ts'
import { quietly } from '../telling.ts'
import { SECTOR, writeChunk, writeZeros } from './decode.ts'
import { chunksOf } from './list.ts'
import { seekImages, type Trailer, trailerOf } from './trailer.ts'

const CONTENT = 'disk.img'

export const udif: ContainerFormat<null> = {
  kind: 'container',
  name: 'udif',
  title: 'Apple disk image (UDIF, .dmg; stored, zlib, bzip2, ADC, LZFSE, xz)',
  references: [
    'Jonathan Levin, "Demystifying the DMG File Format" (2013)',
    'libdmg-hfsplus, includes/dmg/dmg.h',
    'lzfse (github.com/lzfse/lzfse), src/lzfse_internal.h',
  ],
  limits: [
    'images in several segments, encrypted ones (encrcdsa), and those without a property list are not recognised',
    'one with further bytes behind its trailer is not recognised where it begins a file',
    'checksums of single tables are not compared, that of all chunks is',
  ],
  magic: [],
  candidates: seekImages,
  // Its chunks are streams of their own, and only its end says what they are part of.
  spreads: true,
  carve: false,

  recognise(bytes, at) {
    const trailer = trailerOf(bytes, at)
    const chunks = trailer && quietly(() => chunksOf(bytes, trailer))
    return trailer && chunks && chunks.length > 0 ? { start: at, end: trailer.end } : undefined
  },

  *open(bytes, { start }, problem) {
    const { fork, crc, sectors } = trailerOf(bytes, start) as Trailer
    if (crc !== undefined && crc32Of(bytes, fork.at, fork.length) !== crc)
      problem('checksum', 'the CRC of the chunks differs', CONTENT)
    yield { cost: sectors * SECTOR, entries: 1, plan: null }
  },

  read(bytes, { start }, _plan, sink) {
    sink.stream(wrapped(CONTENT), (write) => writeDisk(bytes, trailerOf(bytes, start) as Trailer, write))
  },
}

/** The disk, to its end or to the first chunk that cannot be read; what no chunk tells is zero. */
function writeDisk(bytes: Bytes, trailer: Trailer, write: (chunk: Uint8Array) => void): StreamEnd {
  let next = 0
  try {
    for (const chunk of chunksOf(bytes, trailer)) {
      if (chunk.sector < next || chunk.sector + chunk.sectors > trailer.sectors)
        throw new FormatError('structure', 'chunks that lie over each other, or outside of the disk')
      writeZeros((chunk.sector - next) * SECTOR, write)
      writeChunk(bytes, chunk, write)
      next = chunk.sector + chunk.sectors
    }
    writeZeros((trailer.sectors - next) * SECTOR, write)
    return { end: 0, checksum: 'none' }
  } catch (error) {
    if (error instanceof DecodeError) return brokenBy(error.code, error.message)
    if (error instanceof FormatError) return brokenBy('corrupt', error.message)
    if (error instanceof BytesError) return brokenBy('truncated', error.message)
    throw error
  }
}

function brokenBy(code: DecodeError['code'], message: string): StreamEnd {
  return { end: 0, checksum: 'none', problem: { code, message } }
}
