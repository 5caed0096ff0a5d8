import {
  type Bytes,
  BytesError,
  DecodeError,
  type StreamEnd,
  xzBlock,
  zlibBlock,
  zstdBlock,
} from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { wrapped } from '../members.ts'
import { type Cloop, MAGICS, offsetOf, parseCloop } from './parse.ts'

const CONTENT = 'contents'
const DECODERS = { zlib: zlibBlock, xz: xzBlock, zstd: zstdBlock } as const

export const cloop: ContainerFormat<null> = {
  kind: 'container',
  name: 'cloop',
  title: 'Compressed block device (cloop 2 of Linux, uzip of FreeBSD; zlib, LZMA, Zstandard)',
  references: ['cloop 3.14, cloop.h and README', 'FreeBSD, sys/geom/uzip/g_uzip_cloop.h and mkuzip(8)'],
  limits: [
    'images with LZMA or Zstandard, and those for FreeBSD, were tried on ones made by a script only',
    'images whose blocks share their bytes (mkuzip -d) are not recognised, nor those of cloop 3 and on with the table at their end',
    'blocks of over 16 MiB are not read',
  ],
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const image = parseCloop(bytes, at)
    return image && { start: at, end: Math.min(at + offsetOf(image, image.blocks), bytes.size) }
  },

  *open(bytes, { start }, problem) {
    const image = parseCloop(bytes, start) as Cloop
    if (start + offsetOf(image, image.blocks) > bytes.size)
      problem('truncated', 'the image ends within its blocks', CONTENT)
    yield { cost: image.blocks * image.blockSize, entries: 1, plan: null }
  },

  read(bytes, { start }, _plan, sink) {
    const image = parseCloop(bytes, start) as Cloop
    sink.stream(wrapped(CONTENT), (write): StreamEnd => {
      const block = new Uint8Array(image.blockSize)
      let damaged = 0
      for (let index = 0; index < image.blocks; index++) {
        if (start + offsetOf(image, index) > bytes.size) return ended(damaged)
        const written = unpackBlock(bytes, start, image, index, block)
        if (written === undefined) damaged++
        write(block.subarray(0, written ?? image.blockSize))
      }
      return ended(damaged)
    })
  },
}

function ended(damaged: number): StreamEnd {
  if (damaged === 0) return { end: 0, checksum: 'none' }
  const message = `${damaged} blocks are damaged and shown as zeros`
  return { end: 0, checksum: 'none', problem: { code: 'corrupt', message } }
}

/** A block without bytes is zero. @returns bytes written; undefined for a damaged one, which is zero then */
function unpackBlock(
  bytes: Bytes,
  start: number,
  image: Cloop,
  index: number,
  block: Uint8Array,
): number | undefined {
  const at = offsetOf(image, index)
  const length = offsetOf(image, index + 1) - at
  if (length === 0) {
    block.fill(0)
    return block.length
  }
  try {
    return DECODERS[image.codec](bytes.view(start + at, length), block)
  } catch (error) {
    if (!(error instanceof DecodeError || error instanceof BytesError)) throw error
    block.fill(0)
    return undefined
  }
}
