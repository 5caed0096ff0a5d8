import {
  type Bytes,
  bzip2Stream,
  DecodeError,
  explode,
  forEachWindow,
  inflate64Stream,
  inflateStream,
  lzmaStream,
  propertiesOf,
  Reader,
  type StreamEnd,
  unshrink,
  xzStream,
  zstdStream,
} from '@messlatte/bytes'

export const STORED = 0
export const DEFLATED = 8

type Write = (chunk: Uint8Array) => void

/** Writes what comes out of `source`, `size` bytes where all is well. @param flags of the member @throws DecodeError */
export type UnpackMember = (source: Bytes, size: number, write: Write, flags: number) => void

/** What is stored, where it cannot be shown as it lies. */
export const asStored: UnpackMember = (source, _size, write) => {
  forEachWindow(source, 0, source.size, 256 * 1024, 0, (window) => {
    write(window)
    return true
  })
}

/** Methods by their number (APPNOTE.TXT, section 4.4.5), but for what is stored. */
export const METHODS: ReadonlyMap<number, UnpackMember> = new Map<number, UnpackMember>([
  [DEFLATED, (source, _size, write) => void inflateStream(source, 0, write)],
  [1, unshrink],
  [6, imploded],
  [9, (source, _size, write) => void inflate64Stream(source, 0, write)],
  [12, (source, _size, write) => check(bzip2Stream(source, 0, write))],
  [14, lzma],
  [20, (source, _size, write) => check(zstdStream(source, 0, write))],
  [93, (source, _size, write) => check(zstdStream(source, 0, write))],
  [95, (source, _size, write) => check(xzStream(source, 0, write))],
])

function check({ problem }: StreamEnd): void {
  if (problem) throw new DecodeError(problem.code === 'checksum' ? 'corrupt' : problem.code, problem.message)
}

/** APPNOTE.TXT, section 4.4.4: two flags tell of history and literals. */
function imploded(source: Bytes, size: number, write: Write, flags: number): void {
  explode(source, { large: (flags & 2) !== 0, literals: (flags & 4) !== 0 }, size, write)
}

/** APPNOTE.TXT, section 5.8: version, size of the properties, properties, stream. */
function lzma(source: Bytes, size: number, write: Write): void {
  const head = 9
  if (source.size < head) throw new DecodeError('truncated', 'LZMA: it ends within its header')
  const reader = new Reader(source.view(0, head), 'little', 2)
  if (reader.u16() !== 5) throw new DecodeError('corrupt', 'LZMA: properties of an unknown size')
  const [packed, dictionary] = [reader.u8(), reader.u32()]
  lzmaStream(source, head, { properties: propertiesOf(packed, 12), dictionary, size }, write)
}
