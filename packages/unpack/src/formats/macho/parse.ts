import { type Bytes, BytesError, type Endian, Reader } from '@messlatte/bytes'

/** The first four bytes of a program for one processor, by its byte order and its words. */
const MAGICS: ReadonlyMap<number, { readonly endian: Endian; readonly bits: 32 | 64 }> = new Map([
  [0xcefaedfe, { endian: 'little', bits: 32 }],
  [0xcffaedfe, { endian: 'little', bits: 64 }],
  [0xfeedface, { endian: 'big', bits: 32 }],
  [0xfeedfacf, { endian: 'big', bits: 64 }],
])

/** mach/machine.h. 0x0100_0000 stands for words of 64 bits, 0x0200_0000 for such processors with words of 32 bits. */
export const PROCESSORS: ReadonlyMap<number, string> = new Map([
  [6, 'm68k'],
  [7, 'i386'],
  [0x0100_0007, 'x86_64'],
  [12, 'arm'],
  [0x0100_000c, 'arm64'],
  [0x0200_000c, 'arm64_32'],
  [18, 'ppc'],
  [0x0100_0012, 'ppc64'],
])

const COMMAND = { segment: 1, symbols: 2, segment64: 0x19, required: 0x8000_0000 } as const
/** Commands of one layout: what the linker left, where, and how long it is. */
const LINK_DATA = new Set([0x1d, 0x1e, 0x26, 0x29, 0x2b, 0x2e, 0x33, 0x34])
/** The largest number of a file's kind. */
const LAST_KIND = 12
const MAX_COMMANDS = 10_000
const MAX_COMMAND_BYTES = 1024 * 1024

export interface MachO {
  readonly processor: string
  /** 1 object, 2 program, 6 library, 7 linker, 8 bundle, 10 debugging symbols, 11 extension of the kernel. */
  readonly kind: number
  /** Bytes from the start to behind the last thing that a command leads to; more than there are where it is cut off. */
  readonly size: number
}

/** Source: Apple, mach-o/loader.h. @returns undefined for what is none */
export function parseMachO(bytes: Bytes, at: number): MachO | undefined {
  try {
    return readMachO(bytes, at)
  } catch (error) {
    if (error instanceof BytesError) return undefined
    throw error
  }
}

function readMachO(bytes: Bytes, at: number): MachO | undefined {
  const variant = MAGICS.get(new Reader(bytes.view(at, 4), 'big').u32())
  if (!variant) return undefined
  const { endian, bits } = variant
  const headerSize = bits === 64 ? 32 : 28
  const header = new Reader(bytes.view(at, headerSize), endian, 4)
  const processor = PROCESSORS.get(header.u32())
  header.skip(4)
  const [kind, count, length] = [header.u32(), header.u32(), header.u32()]
  const holds =
    processor !== undefined &&
    kind > 0 &&
    kind <= LAST_KIND &&
    count > 0 &&
    count <= MAX_COMMANDS &&
    length <= MAX_COMMAND_BYTES
  if (!holds) return undefined
  const commands = new Reader(bytes.view(at + headerSize, length), endian)
  let size = headerSize + length
  for (let index = 0; index < count; index++) {
    const start = commands.at
    const [command, commandSize] = [commands.u32(), commands.u32()]
    if (commandSize < 8 || commandSize % 4 !== 0) return undefined
    commands.at = start
    const end = endOf(new Reader(commands.take(commandSize), endian, 8), command, bits)
    if (end === undefined) return undefined
    size = Math.max(size, end)
  }
  return commands.left === 0 ? { processor, kind, size } : undefined
}

/** Behind all that a command leads to; undefined for one that contradicts itself. */
function endOf(reader: Reader, command: number, bits: 32 | 64): number | undefined {
  const type = command % COMMAND.required
  if (type === COMMAND.segment || type === COMMAND.segment64)
    return type === COMMAND.segment64 ? endOfSegment(reader, 64) : endOfSegment(reader, 32)
  if (type === COMMAND.symbols) {
    const [symbols, count, texts, length] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
    return Math.max(symbols + count * (bits === 64 ? 16 : 12), texts + length)
  }
  if (!LINK_DATA.has(type)) return 0
  return reader.u32() + reader.u32()
}

function endOfSegment(reader: Reader, bits: 32 | 64): number | undefined {
  const word = bits === 64 ? () => reader.size64() : () => reader.u32()
  reader.skip(16)
  word()
  word()
  const [offset, length] = [word(), word()]
  reader.skip(8)
  const sections = reader.u32()
  reader.skip(4)
  if (reader.left !== sections * (bits === 64 ? 80 : 68)) return undefined
  let end = length === 0 ? 0 : offset + length
  for (let index = 0; index < sections; index++) {
    reader.skip(32)
    word()
    word()
    reader.skip(8)
    const [relocations, count] = [reader.u32(), reader.u32()]
    reader.skip(bits === 64 ? 16 : 12)
    if (count > 0) end = Math.max(end, relocations + count * 8)
  }
  return Number.isFinite(end) ? end : undefined
}
