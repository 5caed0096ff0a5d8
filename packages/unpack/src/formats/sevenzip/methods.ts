import {
  type Bytes,
  bzip2Stream,
  createFilterChain,
  DecodeError,
  dictionaryBytes,
  forEachWindow,
  inflateStream,
  lzma2Stream,
  lzmaStream,
  ppmdStream,
  propertiesOf,
  unfilter,
} from '@messlatte/bytes'
import type { Coder } from './folder.ts'

type Write = (chunk: Uint8Array) => void

/** A stream out of packed bytes, which are all of `source`. @throws DecodeError */
type Unpack = (source: Bytes, properties: Uint8Array, size: number, write: Write) => void

const COPY = 0

const UNPACKERS: ReadonlyMap<number, Unpack> = new Map<number, Unpack>([
  [COPY, copy],
  [0x21, lzma2],
  [0x030101, lzma],
  [0x030401, ppmd],
  [0x040108, (source, _properties, _size, write) => void inflateStream(source, 0, write)],
  [0x040202, bzip2],
])

/** Branch filters have numbers of their own in old archives; new ones, and Delta, have those of .xz. */
const OLD_FILTERS: ReadonlyMap<number, number> = new Map([
  [0x03030103, 0x04],
  [0x03030205, 0x05],
  [0x03030401, 0x06],
  [0x03030501, 0x07],
  [0x03030701, 0x08],
  [0x03030805, 0x09],
])

/** Methods that are named, not undone. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [0x06f10701, 'AES-256: encrypted'],
  [0x0303011b, 'BCJ2'],
  [0x040109, 'Deflate64'],
  [0x0b, 'the filter for RISC-V'],
])

function filterOf(method: number): number | undefined {
  return OLD_FILTERS.get(method) ?? (method >= 0x03 && method <= 0x0a ? method : undefined)
}

/** What of a folder cannot be undone, in words; undefined where all can. */
export function unsupportedOf(folder: {
  readonly coders: readonly Coder[]
  readonly chain: readonly Coder[] | undefined
}): string | undefined {
  const known = ({ method }: Coder) => UNPACKERS.has(method) || filterOf(method) !== undefined
  const unknown = folder.coders.filter((coder) => NAMES.has(coder.method) || !known(coder))
  if (unknown.length > 0)
    return unknown.map(({ method }) => NAMES.get(method) ?? `the method ${method.toString(16)}`).join(', ')
  if (!folder.chain) return 'coders that make no simple chain'
  const [first, ...others] = folder.chain
  if (first === undefined || !UNPACKERS.has(first.method)) return 'a filter without a compression'
  return others.some(({ method }) => method !== COPY && filterOf(method) === undefined)
    ? 'two compressions one behind the other'
    : undefined
}

/** Whether the content lies there as it is. */
export function isStored({ chain }: { readonly chain: readonly Coder[] | undefined }): boolean {
  return chain?.every(({ method }) => method === COPY) ?? false
}

/**
 * Undoes a chain that `unsupportedOf` has nothing against.
 * @param sizes bytes that come out of each coder
 * @throws DecodeError, after what came before the damage has been delivered
 */
export function undo(
  source: Bytes,
  chain: readonly (Coder & { readonly output: number })[],
  sizes: readonly number[],
  write: Write,
): void {
  const [first, ...others] = chain
  if (first === undefined) throw new DecodeError('corrupt', '7z: no coder')
  const filters = others
    .filter(({ method }) => method !== COPY)
    .map(({ method, properties }) => unfilter({ id: filterOf(method) as number, properties }))
  const pending = filters.length > 0 ? createFilterChain(filters, write) : undefined
  const unpack = UNPACKERS.get(first.method) as Unpack
  unpack(
    source,
    first.properties,
    sizes[first.output] as number,
    pending ? (chunk) => pending.add(chunk) : write,
  )
  pending?.end()
}

function copy(source: Bytes, _properties: Uint8Array, _size: number, write: Write): void {
  forEachWindow(source, 0, source.size, 256 * 1024, 0, (window) => {
    write(window)
    return true
  })
}

function lzma(source: Bytes, properties: Uint8Array, size: number, write: Write): void {
  if (properties.length !== 5) throw new DecodeError('corrupt', '7z: bad properties of LZMA')
  const dictionary = new DataView(properties.buffer, properties.byteOffset, 5).getUint32(1, true)
  lzmaStream(source, 0, { properties: propertiesOf(properties[0] as number, 12), dictionary, size }, write)
}

function lzma2(source: Bytes, properties: Uint8Array, size: number, write: Write): void {
  const [bits = 41] = properties
  if (bits > 40) throw new DecodeError('corrupt', '7z: bad properties of LZMA2')
  lzma2Stream(source, 0, Math.min(dictionaryBytes(bits), size), write)
}

function ppmd(source: Bytes, properties: Uint8Array, size: number, write: Write): void {
  if (properties.length !== 5) throw new DecodeError('corrupt', '7z: bad properties of PPMd')
  const memory = new DataView(properties.buffer, properties.byteOffset, 5).getUint32(1, true)
  ppmdStream(source, properties[0] as number, memory, size, write)
}

function bzip2(source: Bytes, _properties: Uint8Array, _size: number, write: Write): void {
  const { problem } = bzip2Stream(source, 0, write)
  if (problem) throw new DecodeError(problem.code, problem.message)
}
