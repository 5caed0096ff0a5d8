import { brotliDecompressSync, constants } from 'node:zlib'
import {
  type Bytes,
  DecodeError,
  efiCompressionHeader,
  efiDecompress,
  lzmaAloneStream,
  memoryBytes,
  Reader,
  sliceBytes,
  unfilter,
} from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { Growing } from '../../growing.ts'
import { LimitError } from '../../limits.ts'
import { crc32Of } from '../members.ts'
import { parseSection, SECTION, type Section } from './sections.ts'

/** What comes out of one section at most, in bytes: more than any flash chip of a PC holds. */
const MOST = 128 * 1024 * 1024
/** What a compressed section has at most, in bytes. */
const MOST_COMPRESSED = 16 * 1024 * 1024
const X86_FILTER = { id: 0x04, properties: new Uint8Array(0) }
const BROTLI_HEADER = 16

const CRC32 = 'FC1BCDB0-7D31-49AA-936A-A4600D9DD083'

type Method = 'lzma' | 'lzma-x86' | 'tiano' | 'brotli'

/** GUIDs of edk2 (MdeModulePkg, IntelFrameworkModulePkg) and of HP. */
const METHODS: Readonly<Record<string, Method>> = {
  'EE4E5898-3914-4259-9D6E-DC7BD79403CF': 'lzma',
  '0ED85E23-F253-413F-A03C-901987B04397': 'lzma',
  'D42AE6BD-1352-4BFB-909A-CA72A6EAE889': 'lzma-x86',
  'A31280AD-481E-41B6-95E8-127F4C984779': 'tiano',
  '3D532050-5CDA-4FD0-879E-0F7F630D5AFB': 'brotli',
}

export interface Undone {
  readonly content: Uint8Array
  /** What ended it early. */
  readonly error: DecodeError | undefined
}

/** How a section's content is undone: `stored` where sections stand in it as they are, undefined where nobody knows. */
export function methodOf(section: Section): Method | 'stored' | undefined {
  switch (section.type) {
    case SECTION.disposable:
      return 'stored'
    case SECTION.compression:
      return (['stored', 'tiano', 'lzma'] as const)[section.method ?? -1]
    default: {
      const method = METHODS[section.guid ?? '']
      return method ?? (section.needsProcessing && section.guid !== CRC32 ? undefined : 'stored')
    }
  }
}

/** Whether a section's own CRC-32 differs from that of its content, which lies as a whole in `bytes`. */
export function crcDiffers(bytes: Bytes, { guid, extraAt, at, end }: Section): boolean {
  if (guid !== CRC32 || extraAt === undefined || at - extraAt < 4) return false
  const stored = Buffer.from(bytes.view(extraAt, 4)).readUInt32LE(0)
  return stored !== crc32Of(bytes, at, end - at)
}

/** What comes out of compressed bytes. @throws FormatError */
export function undo(method: Method, bytes: Bytes, at: number, end: number): Undone {
  if (end - at > MOST_COMPRESSED)
    throw new FormatError('unsupported', `${end - at} compressed bytes are over ${MOST_COMPRESSED}`)
  switch (method) {
    case 'lzma':
      return lzma(bytes, at, end)
    case 'lzma-x86': {
      const { content, error } = lzma(bytes, at, end)
      unfilter(X86_FILTER)(content)
      return { content, error }
    }
    case 'tiano':
      return efiOrTiano(bytes.view(at, end - at))
    case 'brotli':
      return brotli(bytes.view(at, end - at))
  }
}

function collect(inputSize: number, decode: (write: (chunk: Uint8Array) => void) => void): Undone {
  const growing = new Growing(MOST, inputSize, Number.POSITIVE_INFINITY)
  let error: DecodeError | undefined
  try {
    decode((chunk) => growing.write(chunk))
  } catch (caught) {
    if (caught instanceof LimitError)
      error = new DecodeError('unsupported', `more than ${MOST} bytes come out`)
    else if (caught instanceof DecodeError) error = caught
    else throw caught
  }
  return { content: growing.content(), error }
}

function lzma(bytes: Bytes, at: number, end: number): Undone {
  return collect(end - at, (write) => {
    const { problem } = lzmaAloneStream(sliceBytes(bytes, at, end - at), 0, write)
    if (problem) throw new DecodeError(problem.code, problem.message)
  })
}

/** Nothing tells the two apart but what comes out: a list of sections, of the size that is announced. */
function efiOrTiano(input: Uint8Array): Undone {
  const size = efiCompressionHeader(input)?.size
  let best: Undone | undefined
  let bestScore = -1
  for (const variant of ['efi', 'tiano'] as const) {
    const undone = collect(input.length, (write) => efiDecompress(input, variant, write))
    const whole = !undone.error && undone.content.length === size
    const score = (beginsWithSection(undone.content) ? 2 : 0) + (whole ? 1 : 0)
    if (score === 3) return undone
    if (score > bestScore) best = undone
    bestScore = Math.max(score, bestScore)
  }
  return best as Undone
}

function beginsWithSection(content: Uint8Array): boolean {
  return parseSection(memoryBytes(content), 0, content.length) !== undefined
}

/** Behind the size of what comes out and that of the scratch memory, both u64. */
function brotli(input: Uint8Array): Undone {
  const nothing = new Uint8Array(0)
  if (input.length < BROTLI_HEADER)
    return { content: nothing, error: new DecodeError('truncated', 'Brotli: the header is cut off') }
  const size = new Reader(input, 'little').size64()
  try {
    // With this flush, what comes before a cut comes out.
    const content = brotliDecompressSync(input.subarray(BROTLI_HEADER), {
      maxOutputLength: MOST,
      finishFlush: constants.BROTLI_OPERATION_FLUSH,
    })
    const whole = content.length >= size
    return { content, error: whole ? undefined : new DecodeError('truncated', 'Brotli: the data ends early') }
  } catch (cause) {
    return { content: nothing, error: new DecodeError('corrupt', 'Brotli: the data is damaged', cause) }
  }
}
