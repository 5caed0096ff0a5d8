import {
  type Bytes,
  bzip2Stream,
  createFilterChain,
  DecodeError,
  dictionaryBytes,
  forEachWindow,
  inflate64Stream,
  inflateStream,
  lzma2Stream,
  lzmaStream,
  ppmdStream,
  propertiesOf,
  type StreamEnd,
  type Unfilter,
  unfilter,
  zstdStream,
} from '@messlatte/bytes'
import { decryptedBytes } from './aes.ts'
import { createBcj2 } from './bcj2.ts'
import type { Coder, Step } from './folder.ts'

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
  [0x040109, (source, _properties, _size, write) => void inflate64Stream(source, 0, write)],
  [0x040202, checked(bzip2Stream)],
  [0x04f71101, checked(zstdStream)],
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

const AES = 0x06f10701
const BCJ2 = 0x0303011b
const SWAP2 = 0x020302
const SWAP4 = 0x020304
/** Targets and choices of BCJ2 that are more are not held, in bytes. */
const MOST_HELD = 128 * 1024 * 1024

/** Methods of other programs than 7-Zip that are named, not undone. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [0x04f71102, 'Brotli'],
  [0x04f71104, 'LZ4'],
  [0x04f71105, 'LZ5'],
  [0x04f71106, 'Lizard'],
])

/** What undoes a filter that works on what comes out of another coder. @throws DecodeError */
function filterOf({ method, properties }: Coder): (() => Unfilter) | undefined {
  const id = OLD_FILTERS.get(method) ?? (method >= 0x03 && method <= 0x0b ? method : undefined)
  if (id !== undefined) return () => unfilter({ id, properties })
  if (method === SWAP2) return () => swapped(2)
  return method === SWAP4 ? () => swapped(4) : undefined
}

/** Words the other way round; what is left at the end stays as it is. */
function swapped(size: 2 | 4): Unfilter {
  return (data) => {
    const final = data.length - (data.length % size)
    const words = Buffer.from(data.buffer, data.byteOffset, final)
    if (size === 2) words.swap16()
    else words.swap32()
    return final
  }
}

/** What of a folder cannot be undone, in words; undefined where all can. */
export function unsupportedOf(folder: {
  readonly coders: readonly Coder[]
  readonly tree: Step | undefined
}): string | undefined {
  const known = (coder: Coder) =>
    UNPACKERS.has(coder.method) || coder.method === AES || coder.method === BCJ2 || filterOf(coder)
  const unknown = folder.coders.filter((coder) => NAMES.has(coder.method) || !known(coder))
  if (unknown.length > 0) {
    const names = unknown.map(({ method }) => NAMES.get(method) ?? `0x${method.toString(16)}`)
    return `packed with ${names.join(', ')}, which is not read`
  }
  return folder.tree ? unsupportedIn(folder.tree) : 'coders that make no tree'
}

function unsupportedIn({ method, inputs }: Step): string | undefined {
  if (inputs.length !== (method === BCJ2 ? 4 : 1))
    return 'a coder with a number of inputs that it cannot have'
  for (const input of inputs) {
    if (typeof input === 'number') continue
    const reads = method === AES || (UNPACKERS.has(method) && method !== COPY)
    if (reads && input.method !== AES && input.method !== COPY) return 'two compressions one behind the other'
    const below = unsupportedIn(input)
    if (below) return below
  }
  return undefined
}

/** Whether the content lies there as it is. */
export function isStored({ tree }: { readonly tree: Step | undefined }): boolean {
  const stored = (step: Step): boolean =>
    step.method === COPY && step.inputs.every((input) => typeof input === 'number' || stored(input))
  return tree !== undefined && stored(tree)
}

export function isEncrypted({ coders }: { readonly coders: readonly Coder[] }): boolean {
  return coders.some(({ method }) => method === AES)
}

/** What a folder is undone from. */
export interface Undoing {
  /** Packed streams, in the order of the folder. */
  readonly packed: readonly Bytes[]
  /** Bytes that come out of each coder. */
  readonly sizes: readonly number[]
  /** Where it is encrypted, in UTF-8. */
  readonly password: Uint8Array | undefined
}

/**
 * Undoes coders that `unsupportedOf` has nothing against.
 * @throws DecodeError, after what came before the damage has been delivered
 */
export function undo(step: Step, from: Undoing, write: Write): void {
  const { method, properties, inputs, output } = step
  const [main] = inputs as readonly [Step | number]
  const filter = filterOf(step)
  if (filter) {
    const chain = createFilterChain([filter()], write)
    through(main, from, (chunk) => chain.add(chunk))
    chain.end()
  } else if (method === BCJ2) {
    const [, calls, jumps, choices] = inputs as unknown as Four
    const sides = { calls: held(calls, from), jumps: held(jumps, from), choices: held(choices, from) }
    const bcj2 = createBcj2(sides, write)
    through(main, from, (chunk) => bcj2.add(chunk))
  } else if (method === AES) copy(bytesOf(step, from), properties, 0, write)
  else if (method === COPY) through(main, from, write)
  else {
    const unpack = UNPACKERS.get(method) as Unpack
    unpack(bytesOf(main, from), properties, from.sizes[output] as number, write)
  }
}

type Four = readonly [Step | number, Step | number, Step | number, Step | number]

function through(input: Step | number, from: Undoing, write: Write): void {
  if (typeof input === 'number') copy(bytesOf(input, from), new Uint8Array(0), 0, write)
  else undo(input, from, write)
}

function held(input: Step | number, from: Undoing): Uint8Array {
  const pieces: Buffer[] = []
  let size = 0
  through(input, from, (chunk) => {
    size += chunk.length
    if (size > MOST_HELD)
      throw new DecodeError('unsupported', `7z: over ${MOST_HELD} bytes beside the code of BCJ2`)
    pieces.push(Buffer.from(chunk))
  })
  return Buffer.concat(pieces)
}

/** What can be read at any place: packed bytes, decrypted where they are encrypted. */
function bytesOf(input: Step | number, from: Undoing): Bytes {
  if (typeof input === 'number') {
    const packed = from.packed[input]
    if (!packed) throw new DecodeError('corrupt', '7z: a packed stream is missing')
    return packed
  }
  const below = bytesOf(input.inputs[0] as Step | number, from)
  if (input.method !== AES) return below
  if (!from.password) throw new DecodeError('unsupported', '7z: its key is not there')
  return decryptedBytes(below, input.properties, from.password, from.sizes[input.output] as number)
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

/** What is a stream by itself, with sizes and sums of its own. */
function checked(decode: (source: Bytes, at: number, write: Write) => StreamEnd): Unpack {
  return (source, _properties, _size, write) => {
    const { problem } = decode(source, 0, write)
    if (problem) throw new DecodeError(problem.code, problem.message)
  }
}
