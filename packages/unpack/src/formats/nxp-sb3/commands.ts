import { type Bytes, Reader } from '@messlatte/bytes'
import { CHUNK, type Sb3 } from './parse.ts'
import { chunkAt, type Sb3Cipher } from './plain.ts'

const HEAD = 16
const MAGIC = 0x55aaaa55
const LZMA = Buffer.from('LZMA').readUInt32LE(0)
const MAX_COMMANDS = 100_000

interface Kind {
  readonly name: string
  /** Bytes of words behind the head, and of what follows the content. */
  readonly words: number
  readonly behind: number
  /** Bytes of content, by the length that the head tells. */
  readonly content: 0 | 1 | 4
}

const KINDS: Readonly<Record<number, Kind>> = {
  1: kind('erase', 16),
  2: kind('load', 16, 1),
  3: kind('execute', 0),
  4: kind('call', 0),
  5: kind('program-fuses', 0, 4),
  6: kind('program-ifr', 0, 1),
  7: kind('load-cmac', 16, 1),
  8: kind('copy', 16),
  9: kind('load-hash-locking', 16, 1, 64),
  10: kind('load-key-blob', 0, 1),
  11: kind('configure-memory', 0),
  12: kind('fill-memory', 16),
  13: kind('check-firmware-version', 0),
  14: kind('reset', 0),
  15: kind('check-lifecycle', 0),
  16: kind('write-ifr', 16, 1),
}

function kind(name: string, words: number, content: Kind['content'] = 0, behind = 0): Kind {
  return { name, words, content, behind }
}

/** spsdk, sbfile/sb31/commands.py. What the numbers mean differs from command to command. */
export interface Sb3Command {
  readonly name: string
  readonly address: number
  readonly length: number
  /** Those behind the head: of a load, first the memory. */
  readonly words: readonly number[]
  /** From the start of the commands in clear, in bytes; what of it is there. */
  readonly content: { readonly at: number; readonly length: number; readonly packed: boolean } | undefined
}

export interface Sb3Commands {
  readonly commands: readonly Sb3Command[]
  /** What is wrong where they stop too early: `content` is that of the last one, which is cut off. */
  readonly problem: 'truncated' | 'content' | 'command' | 'many' | undefined
}

/** The commands of a file, in clear. */
export class Sb3Plain {
  readonly #bytes: Bytes
  readonly #file: Sb3
  readonly #cipher: Sb3Cipher
  #chunk: { readonly index: number; readonly content: Uint8Array } | undefined

  constructor(bytes: Bytes, file: Sb3, cipher: Sb3Cipher) {
    this.#bytes = bytes
    this.#file = file
    this.#cipher = cipher
  }

  /** Whole blocks that are there, in bytes. */
  get size(): number {
    const { blocks, blocksAt, blockLength } = this.#file
    return Math.min(blocks, Math.floor((this.#bytes.size - blocksAt) / blockLength)) * CHUNK
  }

  /** @throws BytesError where it is cut off */
  copy(at: number, out: Uint8Array): void {
    for (let done = 0; done < out.length; ) {
      const index = Math.floor((at + done) / CHUNK)
      if (this.#chunk?.index !== index)
        this.#chunk = { index, content: chunkAt(this.#bytes, this.#file, this.#cipher, index) }
      const from = (at + done) % CHUNK
      const piece = this.#chunk.content.subarray(from, from + out.length - done)
      out.set(piece, done)
      done += piece.length
    }
  }
}

/** The commands of the one section that files have. */
export function sb3Commands(plain: Sb3Plain, { blocks }: Sb3): Sb3Commands {
  const commands: Sb3Command[] = []
  const end = HEAD + readerAt(plain, 8, 4).u32()
  if (end > blocks * CHUNK) return { commands, problem: 'command' }
  for (let at = HEAD; at < end; ) {
    if (at + HEAD > plain.size) return { commands, problem: 'truncated' }
    if (commands.length >= MAX_COMMANDS) return { commands, problem: 'many' }
    const head = readerAt(plain, at, HEAD)
    const [magic, address, length, known] = [head.u32(), head.u32(), head.u32(), KINDS[head.u32()]]
    if (magic !== MAGIC || !known) return { commands, problem: 'command' }
    const contentAt = at + HEAD + known.words
    const contentLength = known.content * length
    const behind = contentAt + Math.ceil(contentLength / HEAD) * HEAD + known.behind
    if (behind > end) return { commands, problem: 'command' }
    if (contentAt > plain.size) return { commands, problem: 'truncated' }
    const behindHead = readerAt(plain, at + HEAD, known.words)
    const words = Array.from({ length: known.words / 4 }, () => behindHead.u32())
    const packed = known.name === 'load' && words[1] === LZMA
    const there = Math.min(contentLength, plain.size - contentAt)
    const content = known.content > 0 ? { at: contentAt, length: there, packed } : undefined
    commands.push({ name: known.name, address, length, words, content })
    if (there < contentLength) return { commands, problem: 'content' }
    at = behind
  }
  return { commands, problem: undefined }
}

function readerAt(plain: Sb3Plain, at: number, length: number): Reader {
  const out = new Uint8Array(length)
  plain.copy(at, out)
  return new Reader(out, 'little')
}
