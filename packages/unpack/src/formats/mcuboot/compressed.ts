import {
  type Bytes,
  createFilterChain,
  DecodeError,
  dictionaryBytes,
  lzma2Stream,
  type StreamEnd,
  unfilter,
} from '@messlatte/bytes'
import { FLAG_ARM_THUMB } from './parse.ts'

/** Size of the dictionary and, as LZMA has them, the properties of the first chunk, which repeats them itself. */
const HEADER = 2
const LARGEST_DICTIONARY = 40
const ARM_THUMB = 0x08

/**
 * Unpacks a body with LZMA2, as imgtool packs it (`--compression`). @throws DecodeError
 * @param expected bytes that have to come out, where a TLV tells it
 */
export function unpackBody(
  packed: Bytes,
  flags: number,
  expected: number | undefined,
  write: (chunk: Uint8Array) => void,
): StreamEnd {
  if (packed.size < HEADER) throw new DecodeError('truncated', 'the body ends within its header')
  const [bits] = packed.view(0, 1) as unknown as readonly [number]
  if (bits > LARGEST_DICTIONARY) throw new DecodeError('corrupt', 'a dictionary of an unknown size')
  let size = 0
  const count = (chunk: Uint8Array) => {
    size += chunk.length
    write(chunk)
  }
  const isFiltered = (flags & FLAG_ARM_THUMB) !== 0
  const filter = isFiltered ? [unfilter({ id: ARM_THUMB, properties: new Uint8Array(0) })] : []
  const chain = createFilterChain(filter, count)
  const end = lzma2Stream(packed, HEADER, dictionaryBytes(bits), (chunk) => chain.add(chunk))
  chain.end()
  if (expected === undefined || size === expected) return { end, checksum: 'none' }
  const message = `${size} bytes come out where ${expected} are told`
  return { end, checksum: 'none', problem: { code: 'corrupt', message } }
}
