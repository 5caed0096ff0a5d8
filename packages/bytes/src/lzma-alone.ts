import type { Bytes } from './bytes.ts'
import { LZMA_ALONE_HEADER, propertiesOf } from './lzma.ts'
import { lzmaStream } from './lzma-stream.ts'
import { DecodeError, type StreamEnd } from './stream-end.ts'

type Write = (chunk: Uint8Array) => void

/** A .lzma file (LZMA_Alone): 13 bytes of header, one LZMA1 stream, no check. `write` may throw to stop. */
export function lzmaAloneStream(source: Bytes, at: number, write: Write): StreamEnd {
  if (source.size - at < LZMA_ALONE_HEADER) {
    return {
      end: source.size,
      checksum: 'none',
      problem: { code: 'truncated', message: 'LZMA: the header is cut off' },
    }
  }
  try {
    return { end: decode(source, at, write), checksum: 'none' }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    const { code, message } = error
    return { end: at + LZMA_ALONE_HEADER, checksum: 'none', problem: { code, message } }
  }
}

/** @returns offset behind the stream @throws DecodeError */
function decode(source: Bytes, start: number, write: Write): number {
  const header = source.view(start, LZMA_ALONE_HEADER)
  const data = new DataView(header.buffer, header.byteOffset, LZMA_ALONE_HEADER)
  const stated = data.getBigUint64(5, true)
  const stream = {
    properties: propertiesOf(header[0] as number),
    dictionary: data.getUint32(1, true),
    size: stated === 0xffff_ffff_ffff_ffffn ? Number.POSITIVE_INFINITY : Number(stated),
  }
  return lzmaStream(source, start + LZMA_ALONE_HEADER, stream, write)
}
